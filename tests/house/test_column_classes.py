"""Each column says how much harm it could do, and what names a person is not readable in the database."""

import pytest
from sqlalchemy import Column

from talent.column_classes import CLASSES, P0, P2, P3, ColumnClass, class_of, columns_of
from talent.column_secrets import HASHED, IN_CLEAR
from talent.registry import METADATA

COLUMNS = [column for table in METADATA.sorted_tables for column in table.columns]


def named(column: Column) -> str:
    return f"{column.table.name}.{column.name}"


@pytest.mark.parametrize("column", COLUMNS, ids=named)
def test_every_column_has_one_class(column):
    holding = [names for names in CLASSES[column.table.name].values() if column.name in names.split()]
    assert len(holding) == 1, f"write {named(column)} into talent/column_classes.py"


def test_the_table_names_no_column_that_does_not_exist():
    written = {
        f"{table}.{name}" for table, classes in CLASSES.items() for names in classes.values() for name in names.split()
    }
    assert written == {named(column) for column in COLUMNS}


@pytest.mark.parametrize(
    "column", [column for column in COLUMNS if class_of(column.table.name, column.name) is P3], ids=named
)
def test_what_names_a_person_is_sealed_or_hashed_or_stands_in_clear_for_a_written_reason(column):
    ways = [column.info.get("sealed", False), named(column) in HASHED, named(column) in IN_CLEAR]
    assert ways.count(True) == 1


def test_every_exception_is_a_column_of_the_highest_class():
    for name in (*HASHED, *IN_CLEAR):
        assert class_of(*name.split(".")) is P3


def test_what_is_sealed_is_of_the_highest_class():
    sealed = {named(column) for column in COLUMNS if column.info.get("sealed")}
    assert sealed
    assert {name for name in sealed if class_of(*name.split(".")) is not P3} == set()


def test_a_public_column_never_hangs_on_a_person():
    people = {"profile", "account", "identity", "identity_paper", "cv_fact", "work_period", "qualification", "consent"}
    assert [table for table in people if columns_of(table, P0)] == []


def test_columns_come_in_the_order_of_the_table():
    assert columns_of("identity", P3) == ("full_name_sealed", "email_sealed", "phone_sealed")
    assert columns_of("qualification", P2)[0] == "kind"
    assert columns_of("label", *ColumnClass) == tuple(METADATA.tables["label"].columns.keys())
