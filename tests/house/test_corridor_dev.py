"""The development set of advertisements and CVs is complete, honest about itself and free of real persons."""

import csv
import importlib.util
import re
from collections import Counter
from itertools import combinations, product
from pathlib import Path
from types import ModuleType

import pytest

CORRIDOR = Path(__file__).resolve().parents[2] / "benchmarks" / "data" / "corridor_dev"
FEWEST_OF_KIND = {
    "tidy_english": 15,
    "messy_english": 15,
    "gulf_list": 15,
    "roman_urdu": 15,
    "urdu_script": 12,
    "near_miss": 20,
    "stuffed": 12,
}
LANGUAGES_OF_EMPLOYERS = {"de": 3, "it": 3, "fi": 3, "es": 3, "en": 2}
FEWEST_WHO_COULD_START = 2
FEWEST_IN_BETWEEN = 3
SHINGLE_WORDS = 5
LARGEST_SHARED_PART = 0.1  # of the shorter CV's five-word runs; more would be one mould
JUDGEMENT_COLUMNS = ("advertisement", "cv", "grade", "reason")


def comma_table(name: str) -> list[dict[str, str]]:
    with (CORRIDOR / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def judgement_rows() -> list[tuple[str, ...]]:
    lines = (CORRIDOR / "judgements.tsv").read_text(encoding="utf-8").splitlines()
    header, *rows = [tuple(line.split("\t")) for line in lines]
    assert header == JUDGEMENT_COLUMNS
    return rows


def texts(folder: str) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((CORRIDOR / folder).glob("*.txt"))}


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1)}


def build_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corridor_dev_build", CORRIDOR / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("folder", "fewest"), [("advertisements", 14), ("cvs", 84)])
def test_the_table_names_every_text_and_no_other(folder: str, fewest: int) -> None:
    assert [row["id"] for row in comma_table(f"{folder}.csv")] == list(
        dict.fromkeys(row["id"] for row in comma_table(f"{folder}.csv"))
    )
    assert {row["id"] for row in comma_table(f"{folder}.csv")} == set(texts(folder))
    assert len(texts(folder)) >= fewest


def test_every_pair_of_advertisement_and_cv_is_judged_once() -> None:
    pairs = [(row[0], row[1]) for row in judgement_rows()]
    assert sorted(pairs) == sorted(product(texts("advertisements"), texts("cvs")))


def test_every_judgement_has_a_grade_from_0_to_3_and_a_reason() -> None:
    for advertisement, cv, grade, reason in judgement_rows():
        assert grade in {"0", "1", "2", "3"}, (advertisement, cv)
        assert reason == reason.strip() != "", (advertisement, cv)


@pytest.mark.parametrize("advertisement", sorted(texts("advertisements")))
def test_an_advertisement_tells_good_middling_and_unsuitable_apart(advertisement: str) -> None:
    grades = Counter(row[2] for row in judgement_rows() if row[0] == advertisement)
    assert grades["3"] >= FEWEST_WHO_COULD_START
    assert grades["1"] + grades["2"] >= FEWEST_IN_BETWEEN


def test_every_kind_of_cv_is_there_in_number() -> None:
    kinds = Counter(row["kind"] for row in comma_table("cvs.csv"))
    assert set(kinds) == set(FEWEST_OF_KIND)
    assert {kind: n for kind, n in kinds.items() if n < FEWEST_OF_KIND[kind]} == {}


def test_employers_write_in_their_own_languages() -> None:
    languages = Counter(row["language"] for row in comma_table("advertisements.csv"))
    assert {tongue: languages[tongue] for tongue in LANGUAGES_OF_EMPLOYERS} == dict(languages)
    assert all(languages[tongue] >= fewest for tongue, fewest in LANGUAGES_OF_EMPLOYERS.items())


@pytest.mark.parametrize(("language", "arabic_letters"), [("ur-Arab", True), ("ur-Latn", False), ("en", False)])
def test_the_language_column_tells_the_script(language: str, arabic_letters: bool) -> None:
    cvs = texts("cvs")
    of_language = [row["id"] for row in comma_table("cvs.csv") if row["language"] == language]
    assert of_language
    for cv in of_language:
        share = len(re.findall(r"[\u0600-\u06ff]", cvs[cv])) / len(cvs[cv])
        assert (share > 0.5) is arabic_letters, cv


@pytest.mark.parametrize(("folder", "shortest", "longest"), [("advertisements", 120, 300), ("cvs", 40, 300)])
def test_texts_are_of_real_length(folder: str, shortest: int, longest: int) -> None:
    words = {name: len(text.split()) for name, text in texts(folder).items()}
    assert {name: n for name, n in words.items() if not shortest <= n <= longest} == {}


def test_no_two_texts_are_the_same_and_no_two_cvs_come_from_one_mould() -> None:
    every_text = [*texts("advertisements").values(), *texts("cvs").values()]
    assert len({" ".join(text.split()).casefold() for text in every_text}) == len(every_text)
    runs = {name: shingles(text) for name, text in texts("cvs").items()}
    for one, other in combinations(runs, 2):
        shared = len(runs[one] & runs[other]) / min(len(runs[one]), len(runs[other]))
        assert shared <= LARGEST_SHARED_PART, (one, other)


def test_numbers_and_addresses_are_visible_placeholders() -> None:
    for name, text in texts("cvs").items():
        assert set(re.findall(r"\d{5}-\d{7}-\d", text)) <= {"00000-0000000-0"}, name
        assert set(re.findall(r"\b0?3\d{2}[- ]?\d{7}\b", text)) <= {"0300-0000000"}, name
        assert all(host == "example.com" for host in re.findall(r"@([\w-]+\.\w+)", text)), name


def test_a_stuffed_or_near_miss_cv_could_start_only_where_its_true_trade_is_asked_for() -> None:
    tricky = {row["id"] for row in comma_table("cvs.csv") if row["kind"] in {"stuffed", "near_miss"}}
    could_start = {(row[0], row[1]) for row in judgement_rows() if row[2] == "3" and row[1] in tricky}
    assert could_start == {("de-truck", "stuffed-real-trailer-driver")}


def test_the_judgements_are_what_the_script_makes_of_the_hand_judgements() -> None:
    assert judgement_rows() == list(build_script().judgements())


def test_the_readme_states_the_true_counts() -> None:
    readme = (CORRIDOR / "README.md").read_text(encoding="utf-8")
    for kind, count in Counter(row["kind"] for row in comma_table("cvs.csv")).items():
        assert f"| `{kind}` | {count} |" in readme
    for grade, count in Counter(row[2] for row in judgement_rows()).items():
        assert re.search(rf"^\| {grade} \| .* \| {count:,} \|$", readme, re.MULTILINE)
    assert f"{len(judgement_rows()):,} pairs" in readme
