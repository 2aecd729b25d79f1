"""Quality of the text side of matching beside its peers, from one run; the last line is one JSON object.

    python -m benchmarks.quality [FOLDER]

FOLDER holds the third-party collections (`shared/benchmarks` beside the repository when not given). Every figure is
of a development part; nothing here was trained on what it reports. Intervals are paired bootstraps over queries.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.encoding import own_encoder, plain_encoder
from benchmarks.rankings import logged, market, removals_raised, replays_equal
from benchmarks.text_quality import text_figures, text_measures
from benchmarks.third_party_sets import EscoRelease, csv_rows, default_root, normal, read_esco
from talent.matching.lexical import LABEL_NGRAMS, bm25_scores, character_scores
from talent.matching.linkers import link_skills, link_titles, title_skills
from talent.matching.measures import (
    Measured,
    Scores,
    average_precision,
    calibration_error,
    graded_gain,
    interval,
    reciprocal_rank,
    within,
)
from talent.matching.title_linker import TitleLinker, calibrated
from talent.taxonomy.starter_release import read_starter

OURS: Final = "ours"
TITLES_REPORTED: Final = 4000
KEYS: Final = (
    "title_skills_map", "title_skills_ndcg", "vacancy_title_mrr", "vacancy_title_a10", "alt_label_mrr",
    "skills_tech_mrr", "skills_house_mrr", "texts_map", "texts_char_map", "ece", "twins_equal", "twins",
    "replays_equal", "replays", "spans_cited", "adversarial_median_gain", "honest_flagged",
)  # fmt: skip


def peers(queries: Sequence[str], documents: Sequence[str]) -> dict[str, Scores]:
    """Scores of the three yardsticks."""
    encoder = plain_encoder()
    return {
        "MiniLM": encoder.encode(queries) @ encoder.encode(documents).T,
        "BM25": bm25_scores(queries, documents),
        "char TF-IDF": character_scores(queries, documents, LABEL_NGRAMS),
    }


class Collections:
    """The third-party collections under one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def esco(self) -> EscoRelease:
        """The ESCO release."""
        return read_esco(self.root)

    @cached_property
    def titles(self) -> list[tuple[str, int]]:
        """(vacancy title, place of its occupation), shuffled once and for all; the first 4,000 are reported on."""
        place = {occupation.uri: i for i, occupation in enumerate(self.esco.occupations)}
        rows = csv_rows(self.root / "data" / "jobbert_titles" / "titles.csv")
        kept = [row for row in rows if row["conceptUri"] in place and row["vacancyTitle"].strip()]
        order = np.random.RandomState(0).permutation(len(kept))
        return [(kept[i]["vacancyTitle"], place[kept[i]["conceptUri"]]) for i in order]

    def sentences(self, name: str) -> tuple[list[str], list[str], list[list[int]]]:
        """Sentences of one validation part, all skill labels, and which of them each sentence needs."""
        folder = self.root / "data" / "skill_extraction_decorte" / "data"
        labels = [line.strip() for line in (folder / "skills_en_label.txt").read_text("utf-8").splitlines()]
        labels = [label for label in labels if label]
        place = {normal(label): i for i, label in enumerate(labels)}
        needed: dict[str, set[int]] = {}
        for row in csv_rows(folder / f"{name}_validation_annotations.csv"):
            if row["label"] and normal(row["label"]) in place:
                needed.setdefault(row["sentence"], set()).add(place[normal(row["label"])])
        return list(needed), labels, [sorted(one) for one in needed.values()]


def title_to_skills(sets: Collections) -> Iterator[Measured]:
    """ESCO title to its skills, development groups, learnt from the train groups."""
    esco = sets.esco
    labels = [skill.preferred for skill in esco.skills]
    place = {skill.uri: i for i, skill in enumerate(esco.skills)}
    name = {skill.uri: skill.preferred for skill in esco.skills}
    train = [
        {
            "labels": list(one.labels),
            "essential": [name[uri] for uri, grade in esco.needs[one.uri].items() if grade == 2],
            "optional": [name[uri] for uri, grade in esco.needs[one.uri].items() if grade == 1],
        }
        for one in esco.split("train")
    ]
    asked = [one for one in esco.split("dev") if esco.needs[one.uri]]
    titles = [one.preferred for one in asked]
    grades = [{place[uri]: float(grade) for uri, grade in esco.needs[one.uri].items()} for one in asked]
    found = {OURS: title_skills(titles, train, labels, own_encoder()), **peers(titles, labels)}
    for measure, value in (("MAP", lambda row, own: average_precision(row, list(own))), ("nDCG", graded_gain)):
        yield Measured("title → skills", measure, _values(found, grades, value))


def vacancy_titles(sets: Collections) -> Iterator[Measured]:
    """Vacancy title to occupation."""
    asked = sets.titles[:TITLES_REPORTED]
    titles, right = [title for title, _ in asked], [[place] for _, place in asked]
    alternatives = [list(one.labels) for one in sets.esco.occupations]
    found = {OURS: link_titles(titles, alternatives, own_encoder()), **peers(titles, [own[0] for own in alternatives])}
    yield Measured("vacancy title → occupation", "MRR", _values(found, right, reciprocal_rank))
    yield Measured("vacancy title → occupation", "A@10", _values(found, right, lambda row, own: within(row, own, 10)))


def alternative_labels(sets: Collections) -> Iterator[Measured]:
    """Alternative label to occupation by the preferred labels alone, development groups."""
    place = {one.uri: i for i, one in enumerate(sets.esco.occupations)}
    pairs = [(label, [place[one.uri]]) for one in sets.esco.split("dev") for label in one.alternatives]
    chosen = np.random.RandomState(0).permutation(len(pairs))[:TITLES_REPORTED]
    asked, right = [pairs[i][0] for i in chosen], [pairs[i][1] for i in chosen]
    preferred = [one.preferred for one in sets.esco.occupations]
    found = {OURS: link_titles(asked, [[label] for label in preferred], own_encoder()), **peers(asked, preferred)}
    yield Measured("alternative label → occupation", "MRR", _values(found, right, reciprocal_rank))


def sentence_skills(sets: Collections) -> Iterator[Measured]:
    """Sentence of an advertisement to its skills."""
    for name in ("tech", "house"):
        sentences, labels, needed = sets.sentences(name)
        found = {OURS: link_skills(sentences, labels, own_encoder()), **peers(sentences, labels)}
        yield Measured(f"skills in a sentence, {name.upper()}", "MRR", _values(found, needed, reciprocal_rank))


def title_calibration(sets: Collections) -> float:
    """Calibration error of the probability that a linked occupation is right, on the 4,000 reported titles."""
    asked = sets.titles[:TITLES_REPORTED]
    scores = TitleLinker(own_encoder(), [list(one.labels) for one in sets.esco.occupations]).scores(
        [title for title, _ in asked]
    )
    best = np.sort(scores, axis=1)[:, ::-1][:, :2]
    said = np.array([calibrated(float(first), float(first - second)) for first, second in best])
    right = np.array([float(row.argmax() == place) for row, (_, place) in zip(scores, asked, strict=True)])
    return calibration_error(said, right)


def _values(
    found: Mapping[str, Scores], right: Sequence[Any], value: Callable[[Scores, Any], float]
) -> dict[str, np.ndarray]:
    return {
        system: np.array([value(row, own) for row, own in zip(scores, right, strict=True)])
        for system, scores in found.items()
    }


TASKS: Final = (title_to_skills, vacancy_titles, alternative_labels, sentence_skills)
FIGURE_OF: Final = {
    ("title → skills", "MAP"): "title_skills_map",
    ("title → skills", "nDCG"): "title_skills_ndcg",
    ("vacancy title → occupation", "MRR"): "vacancy_title_mrr",
    ("vacancy title → occupation", "A@10"): "vacancy_title_a10",
    ("alternative label → occupation", "MRR"): "alt_label_mrr",
    ("skills in a sentence, TECH", "MRR"): "skills_tech_mrr",
    ("skills in a sentence, HOUSE", "MRR"): "skills_house_mrr",
    ("advertisements × CVs", "MAP"): "texts_map",
}


def show(measured: Measured) -> None:
    """One line of the table: each system's mean, and by how much ours leads the best peer, with its interval."""
    means = {system: float(values.mean()) for system, values in measured.values.items()}
    best = max((system for system in means if system != OURS), key=lambda system: means[system])
    low, high = interval(measured.values[OURS] - measured.values[best])
    columns = "  ".join(f"{system} {mean:.3f}" for system, mean in means.items())
    lead = means[OURS] - means[best]
    print(
        f"{measured.task:34s} {measured.measure:5s} n={len(measured.values[OURS]):<5d} {columns}   "
        f"ours − {best}: {lead:+.3f} [{low:+.3f}, {high:+.3f}]",
        flush=True,
    )


def say(step: int, what: str) -> None:
    """Progress, beside the figures."""
    print(f"[{step} of {len(TASKS) + 3}] {what}", file=sys.stderr, flush=True)


def measured_tasks(root: Path) -> Iterator[Measured]:
    """Every task whose collections are there; says what is skipped, and why."""
    if (root / "data").is_dir():
        sets = Collections(root)
        for number, task in enumerate(TASKS, start=1):
            say(number, (task.__doc__ or "").splitlines()[0])
            yield from task(sets)
    else:
        print(f"skipped: the third-party collections are not at {root}")
    say(len(TASKS) + 1, "Advertisements against CVs.")
    yield from text_measures(root)


def measure(root: Path) -> dict[str, float | int | None]:
    """Every figure, printed as it comes; None where it is not measured, with the reason printed."""
    figures: dict[str, float | int | None] = dict.fromkeys(KEYS)
    for one in measured_tasks(root):
        show(one)
        key = FIGURE_OF.get((one.task, one.measure))
        if key:
            figures[key] = round(float(one.values[OURS].mean()), 4)
        if key == "texts_map":
            figures["texts_char_map"] = round(float(one.values["char TF-IDF"].mean()), 4)
    if (root / "data").is_dir():
        figures["ece"] = round(title_calibration(Collections(root)), 4)
    say(len(TASKS) + 2, "Twins, quotations, dishonest and honest CVs.")
    figures.update(text_figures(root))
    say(len(TASKS) + 3, "Replays.")
    figures.update(ranking_figures())
    return figures


def ranking_figures() -> dict[str, int]:
    """Lists of coded profiles replayed from their log; what removing a cited must-have skill did is printed."""
    people_and_jobs = market(read_starter(), own_encoder())
    log = logged(people_and_jobs)
    raised, tried = removals_raised(people_and_jobs)
    print(f"    removing the skill that met a must-have raised the score in {raised} of {tried} cases")
    return {"replays_equal": replays_equal(people_and_jobs, log), "replays": len(log.lists)}


def main() -> None:
    """Command line: see the module's first lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path, nargs="?", default=default_root())
    start = time.monotonic()
    figures = measure(parser.parse_args().root)
    for key in KEYS:
        print(f"  {key:26s} {figures[key]}")
    print(f"{time.monotonic() - start:.0f} s")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
