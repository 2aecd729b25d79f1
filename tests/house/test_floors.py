"""Imports go down only, learning libraries stay with matching, and the web process never loads them."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.code import PACKAGES, ROOT, python_files, short

HEAVY = ("torch", "sentence_transformers", "sklearn", "transformers", "scipy")
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "data", "misc", "process"}


def test_every_contract_between_the_floors_holds():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Contracts:" in done.stdout
    assert "0 broken" in done.stdout


def test_the_web_process_never_loads_the_learning_libraries():
    script = (
        "import pkgutil, importlib, sys, web\n"
        "for found in pkgutil.walk_packages(web.__path__, 'web.'):\n"
        "    importlib.import_module(found.name)\n"
        "import talent.cli, talent.serving\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("package", PACKAGES)
def test_init_files_are_empty(package):
    filled = [short(file) for file in python_files(package) if file.name == "__init__.py" and file.stat().st_size]
    assert [name for name in filled if name != "web/routes/__init__.py"] == []


def test_no_module_has_a_name_that_says_nothing():
    found = [short(file) for file in python_files(*PACKAGES) if file.stem in NAMES_THAT_SAY_NOTHING]
    assert found == []
