"""The papers say what the code does: generated ones are current, cited ones exist, and commands can be typed."""

import re
import tomllib

import pytest

from talent.casework.take import STATE_WORDS
from talent.cli import app
from talent.foundation.settings import Settings
from talent.papers import PAPERS, stale_papers
from talent.registry import WORKFLOWS
from talent.taxonomy.countries import COUNTRY_CODES
from tests.house.code import ROOT, python_files, short

SOURCE = re.compile(r"\bS-(?:[A-Z]+-\d+|[A-Z]{2,}\b)")
MAKE = re.compile(r"\bmake ([a-z]+)\b")
TALENT = re.compile(r"`?\btalent ([a-z]+(?:-[a-z]+)*)")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
ACRONYM = re.compile(r"\b[A-Z]{2,}[A-Z0-9]*(?:-[A-Z0-9]+)*\b")
ORDINARY = {"OK", "UTC", "TP", *COUNTRY_CODES}
MSGID = re.compile(r'^msgid(?:_plural)? ((?:".*"\n?)+)', re.MULTILINE)
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_generated_papers_are_current():
    assert stale_papers() == [], "run make docs"


def test_every_workflow_is_drawn_and_listed():
    drawn = PAPERS["workflows.md"]()
    for workflow in WORKFLOWS:
        assert f"## {workflow.name.replace('_', ' ').capitalize()}" in drawn
        assert all(f"| {step.source} | {step.action} | {step.target} |" in drawn for step in workflow.steps)


def test_every_state_can_be_said_inside_a_sentence():
    states = {state.value.replace("_", " ") for workflow in WORKFLOWS for state in type(workflow.initial)}
    assert states == STATE_WORDS


def test_every_cited_source_is_in_the_list():
    listed = set(re.findall(r"^\| (S-[A-Z0-9-]+) \|", (ROOT / "docs/sources.md").read_text(encoding="utf-8"), re.M))
    files = [*python_files("talent", "web"), *sorted((ROOT / "talent").rglob("*.yaml"))]
    files += [*sorted((ROOT / "web" / "templates").rglob("*.html")), *PAGES]
    cited = {(short(file), source) for file in files for source in SOURCE.findall(file.read_text(encoding="utf-8"))}
    assert {source for _, source in cited}, "nothing cites a source"
    assert sorted(pair for pair in cited if pair[1] not in listed) == []


def test_every_abbreviation_that_a_person_reads_is_in_the_glossary():
    catalogue = (ROOT / "web/locale/ur/LC_MESSAGES/messages.po").read_text(encoding="utf-8")
    messages = " ".join("".join(re.findall(r'"(.*)"', found)) for found in MSGID.findall(catalogue))
    glossary = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    known = set(ACRONYM.findall(glossary)) | ORDINARY
    assert {word for word in ACRONYM.findall(messages) if word not in known} == set()


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_command_that_a_page_names_exists(page):
    text = page.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    commands = {command.name or command.callback.__name__.replace("_", "-") for command in app.registered_commands}
    commands |= {group.name for group in app.registered_groups}
    quoted = " ; ".join(re.findall(r"`([^`\n]+)`", text) + re.findall(r"^\s*(make .*|talent .*)$", text, re.M))
    assert set(MAKE.findall(quoted)) <= targets
    assert set(re.findall(r"(?:^|[\s`(])talent ([a-z]+(?:-[a-z]+)*)", quoted)) <= commands


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_link_between_papers_leads_somewhere(page):
    targets = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if not link.startswith("http")]
    assert [link for link in targets if not (page.parent / link).exists()] == []


def test_the_example_of_settings_lists_every_setting_and_no_other():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^# (TALENT_[A-Z_]+)=", example, re.M)) == {
        f"TALENT_{name.upper()}" for name in Settings.model_fields
    }


def test_the_changelog_has_this_version():
    assert f"## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_decisions_are_numbered_without_a_gap_and_listed():
    records = sorted((ROOT / "docs/decisions").glob("0*.md"))
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    listed = (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")
    assert all(record.name in listed for record in records)


def pinned():
    """The pinned packages, their names written one way."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {normal(line.split("==")[0]) for line in lines if "==" in line and not line.startswith("#")}


def normal(name):
    return re.sub(r"[-_.]+", "-", name).casefold()


def test_every_package_that_the_project_names_is_pinned():
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    assert {normal(name.split("[")[0]) for name in wanted} - pinned() == set()


def test_every_pinned_package_has_its_line_in_the_notice():
    words = {normal(word) for word in re.findall(r"[\w.-]+", (ROOT / "NOTICE").read_text(encoding="utf-8"))}
    assert {name for name in pinned() if name not in words and normal(f"{name}.") not in words} == set()


def test_the_licence_is_the_whole_eupl():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert all(f"{article}." in text for article in range(1, 16))
    assert "Compatible Licences" in text
