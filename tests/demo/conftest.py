"""The demonstration, loaded once for all tests of a file and gone after them."""

import pytest
from sqlalchemy.orm import Session

from talent.demo.load import load_demo
from talent.foundation.row_context import KEPT, SystemContext, of_system
from talent.foundation.settings import Settings
from talent.taxonomy.loading import load_release
from talent.taxonomy.starter_release import read_starter


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    return Settings(_env_file=None, var_dir=tmp_path_factory.mktemp("var"), secret_key="s" * 40)


@pytest.fixture(scope="module")
def demo(engine, settings):
    """A session in which the demonstration is loaded."""
    with engine.connect() as connection:
        outer = connection.begin()
        operator = {KEPT: of_system(SystemContext.OPERATOR)}
        with Session(
            connection, expire_on_commit=False, join_transaction_mode="create_savepoint", info=operator
        ) as made:
            load_release(made, read_starter())
            assert load_demo(made, settings) == (240, 60)
            yield made
        outer.rollback()
