"""What a form may say: the fields that its page offers, and nothing that the service decides itself."""

import importlib
import pkgutil

import pytest
from pydantic import BaseModel

import talent

DECIDED_BY_THE_SERVICE = {
    *("id", "created_at", "changed_at", "published_at", "account_id", "owner_id", "actor_id", "noted_by"),
    *("organisation_role", "is_admin", "password_hash", "answered_by", "confirmed_by", "approved_by"),
}
"""Columns that no form of the service fills in, whatever it is sent; it may say which version it was made from."""


def every_schema():
    for found in pkgutil.walk_packages(talent.__path__, "talent."):
        if found.name.rpartition(".")[2].endswith("schemas"):
            module = importlib.import_module(found.name)
            for name, kind in vars(module).items():
                if isinstance(kind, type) and issubclass(kind, BaseModel) and kind.__module__ == found.name:
                    yield pytest.param(kind, id=f"{found.name}.{name}")


SCHEMAS = list(every_schema())


def test_there_are_many_forms():
    assert len(SCHEMAS) > 60


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_form_takes_no_field_that_it_does_not_name(schema):
    assert schema.model_config.get("extra") in {None, "ignore", "forbid"}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_form_names_nothing_that_the_service_decides(schema):
    assert set(schema.model_fields) & DECIDED_BY_THE_SERVICE == set()
