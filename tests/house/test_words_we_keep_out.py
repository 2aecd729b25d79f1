"""The firewall: nothing here knows readmission, return, asylum or irregular stay, and matching sees no person.

Talent data and data about return belong to different authorities. The test reads names – columns, fields, addresses,
identifiers – because that is where a link between the two would have to begin.
"""

import dataclasses
import re
from itertools import pairwise
from typing import get_args, get_type_hints

import pytest
import yaml
from fastapi.routing import APIRoute
from pydantic import BaseModel

from talent.matching import views
from talent.registry import METADATA
from talent.training.register import COLUMNS as REGISTER_COLUMNS
from talent.vacancies.columns import COLUMNS as VACANCY_COLUMNS
from tests.house.code import ROOT, name_words, names, python_files, short
from web.routes import ROUTERS

DENIED_WORDS = frozenset(
    [
        "readmission",
        "readmit",
        "readmitted",
        "asylum",
        "deport",
        "deported",
        "deportation",
        "deportee",
        "eurodac",
        "rcms",
        "refoulement",
        "overstay",
        "overstayer",
        "undocumented",
        "expulsion",
        "expelled",
        "sis",
        "smuggling",
        "refugee",
    ]
)
DENIED_PAIRS = frozenset(
    {
        ("irregular", "stay"),
        ("irregular", "migrant"),
        ("irregular", "migration"),
        ("illegal", "stay"),
        ("illegal", "migrant"),
        ("return", "decision"),
        ("return", "order"),
        ("return", "case"),
        ("forced", "return"),
        ("removal", "order"),
        ("visa", "refusal"),
        ("visa", "refused"),
    }
)
MATCHING_NEVER_SEES = frozenset(
    [
        "name",
        "surname",
        "sex",
        "gender",
        "age",
        "birth",
        "born",
        "birthday",
        "dob",
        "religion",
        "sect",
        "caste",
        "ethnicity",
        "race",
        "photo",
        "picture",
        "image",
        "family",
        "married",
        "marital",
        "children",
        "spouse",
        "province",
        "district",
        "city",
        "address",
        "nationality",
        "citizenship",
        "passport",
        "cnic",
        "identity",
        "phone",
        "email",
        "login",
        "health",
        "disability",
        "pregnancy",
        "account",
    ]
)


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def denied(name: str) -> bool:
    """Whether a name holds a word, or two words side by side, that are kept out."""
    words = name_words(name)
    return bool(DENIED_WORDS & set(words)) or any(pair in DENIED_PAIRS for pair in pairwise(words))


@pytest.mark.parametrize("name", ["readmission_case", "ReturnDecision", "asylum_status", "rcmsId", "sis_alert"])
def test_the_reader_of_names_finds_what_it_must(name):
    assert denied(name)


@pytest.mark.parametrize("name", ["analysis", "return_address", "basis", "decision", "assist", "removal_of_rust"])
def test_the_reader_of_names_leaves_ordinary_words_alone(name):
    assert not denied(name)


def test_no_table_and_no_column_knows_them():
    found = [str(column) for table in METADATA.tables.values() for column in table.columns if denied(str(column))]
    assert len(METADATA.tables) > 15
    assert found == []


def test_no_identifier_of_the_code_knows_them():
    found = {f"{short(file)}: {name}" for file in python_files("talent", "web") for name in names(file) if denied(name)}
    assert found == set()


def test_no_migration_knows_them():
    text = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "alembic" / "versions").glob("*.py"))
    assert text
    assert [word for word in re.findall(r"\w+", text) if denied(word)] == []


def test_no_file_is_named_after_them():
    folders = ("talent", "web", "alembic", "benchmarks")
    files = [file for folder in folders for file in (ROOT / folder).rglob("*") if file.is_file()]
    assert [short(file) for file in files if denied(file.stem.replace("-", "_"))] == []


def test_no_form_field_knows_them():
    fields = {
        f"{model.__module__}.{model.__name__}.{field}"
        for model in all_models(BaseModel)
        if model.__module__.startswith(("talent.", "web."))
        for field in model.model_fields
    }
    assert fields
    assert {field for field in fields if denied(field.rpartition(".")[2])} == set()


def all_models(base):
    """Every class that derives from this one."""
    for model in base.__subclasses__():
        yield model
        yield from all_models(model)


def test_no_input_of_a_template_knows_them():
    inputs = [
        (short(file), name.replace("-", "_"))
        for file in (ROOT / "web" / "templates").rglob("*.html")
        for name in re.findall(r"""name\s*=\s*["']([\w-]+)["']""", file.read_text(encoding="utf-8"))
    ]
    assert inputs
    assert [pair for pair in inputs if denied(pair[1])] == []


def test_no_address_knows_them():
    paths = [route.path for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    assert paths
    assert [path for path in paths if denied(re.sub(r"\W+", "_", path))] == []


def test_no_column_of_an_import_knows_them():
    columns = [column.name for kind in REGISTER_COLUMNS.values() for column in kind]
    columns += [column.name for column in VACANCY_COLUMNS]
    assert len(columns) > 20
    assert [name for name in columns if denied(name)] == []


def keys_of(node):
    """Every name in what a data file says, however deep."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield str(key.value)
            yield from keys_of(value)
    elif isinstance(node, yaml.SequenceNode):
        for inner in node.value:
            yield from keys_of(inner)


def test_no_field_of_a_data_file_knows_them():
    files = {file: yaml.compose(file.read_text(encoding="utf-8"), LOADER) for file in (ROOT / "talent").rglob("*.yaml")}
    fields = {(short(file), key) for file, node in files.items() for key in keys_of(node)}
    assert len(fields) > 100
    assert {pair for pair in fields if denied(re.sub(r"\W+", "_", pair[1]))} == set()


def nested_fields(view):
    """Every field of a view and of the views inside it, by name."""
    hints = get_type_hints(view)
    for field in dataclasses.fields(view):
        yield field.name
        for inner in get_args(hints[field.name]):
            if dataclasses.is_dataclass(inner):
                yield from nested_fields(inner)


@pytest.mark.parametrize("view", [views.CandidateView, views.VacancyView])
def test_matching_has_no_field_that_could_hold_a_person(view):
    found = {name for name in nested_fields(view) if MATCHING_NEVER_SEES & set(name_words(name))}
    assert found == set()


def test_matching_sees_exactly_these_fields_of_a_candidate():
    assert {field.name for field in dataclasses.fields(views.CandidateView)} == {
        "profile_id",
        "occupation_ids",
        "experience_months",
        "skills",
        "languages",
        "qualifications",
        "licences",
        "answered_licences",
        "countries",
        "available_from",
        "text",
        "recognitions",
        "first_countries",
        "least_pay_euros",
    }


def test_a_profile_has_no_column_that_names_its_person():
    columns = {column.name for column in METADATA.tables["profile"].columns} - {"account_id"}
    assert {name for name in columns if MATCHING_NEVER_SEES & set(name_words(name))} == set()
