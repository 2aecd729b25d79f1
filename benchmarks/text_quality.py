"""Advertisements against CVs: rankings beside the yardsticks, twins, quotations, dishonest CVs."""

import csv
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.adversaries import KINDS, SEED, twins
from benchmarks.encoding import own_encoder, plain_encoder
from talent.matching.encoder import Encoder
from talent.matching.lexical import TEXT_NGRAMS, bm25_scores, character_scores
from talent.matching.linkers import match_texts
from talent.matching.measures import Measured, Scores, average_precision, graded_gain
from talent.matching.texts import match_texts_report

CORRIDOR: Final = Path(__file__).resolve().parent / "data" / "corridor_dev"
OPEN: Final = Path(__file__).resolve().parent / "data" / "open_dev"
FRESH: Final = Path(__file__).resolve().parent / "data" / "fresh_dev"
LATER: Final = Path(__file__).resolve().parent / "data" / "later_dev"
BLOCK: Final = re.compile(r"^=== ", re.MULTILINE)
TOY: Final = "data/talentclef2026_toy/toy-data/taskA"
RELEVANT_FROM: Final = {"corridor": 2.0, "open": 2.0, "toy": 1.0}
TWIN_PAIRS: Final = 1000
ADVERSARIES: Final = 500
PLACES: Final = 1000
STUFFED: Final = "stuffed"


@dataclass(frozen=True)
class Judged:
    """Advertisements, CVs and grades (n_ads, n_cvs), NaN where nobody judged."""

    name: str
    advertisements: dict[str, str]
    cvs: dict[str, str]
    grades: np.ndarray
    relevant_from: float


def _folder(path: Path) -> dict[str, str]:
    return {
        file.stem if file.suffix == ".txt" else file.name: file.read_text("utf-8") for file in sorted(path.iterdir())
    }


def judged_sets(root: Path) -> Iterator[Judged]:
    """The corridor's own set, the sets of other trades and, where they are, the toy sets."""
    if CORRIDOR.is_dir():
        ads, cvs = _folder(CORRIDOR / "advertisements"), _folder(CORRIDOR / "cvs")
        with (CORRIDOR / "judgements.tsv").open(encoding="utf-8", newline="") as opened:
            rows = list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))
        pairs = [(row["advertisement"], row["cv"], float(row["grade"])) for row in rows]
        yield Judged("corridor", ads, cvs, _grades(ads, cvs, pairs), RELEVANT_FROM["corridor"])
    for folder in (OPEN, FRESH, LATER):
        for file in sorted(folder.glob("*.txt")):
            yield open_set(file)
    for language in ("en", "es"):
        folder = root / TOY / language
        if folder.is_dir():
            ads, cvs = _folder(folder / "queries"), _folder(folder / "corpus")
            lines = [line.split() for line in (folder / "qrels.tsv").read_text("utf-8").splitlines()]
            pairs = [(ad, cv, float(grade)) for ad, _, cv, grade in lines if cv in cvs and ad in ads]
            yield Judged(f"toy {language}", ads, cvs, _grades(ads, cvs, pairs), RELEVANT_FROM["toy"])


def open_set(file: Path) -> Judged:
    """One file of `open_dev` or `fresh_dev`: their READMEs say how it is written."""
    texts: dict[str, dict[str, str]] = {"ad": {}, "cv": {}}
    pairs: list[tuple[str, str, float]] = []
    for block in BLOCK.split(file.read_text("utf-8"))[1:]:
        head, _, body = block.partition("\n")
        kind, name, *given = head.split()
        texts[kind][name] = body.strip()
        pairs += [(ad, name, float(grade)) for ad, _, grade in (one.partition("=") for one in given)]
    grades = _grades(texts["ad"], texts["cv"], pairs)
    return Judged(
        f"{file.parent.name.removesuffix('_dev')} {file.stem}", texts["ad"], texts["cv"], grades, RELEVANT_FROM["open"]
    )


def _grades(ads: dict[str, str], cvs: dict[str, str], pairs: Sequence[tuple[str, str, float]]) -> np.ndarray:
    grades = np.zeros((len(ads), len(cvs)))
    rows, columns = {name: i for i, name in enumerate(ads)}, {name: i for i, name in enumerate(cvs)}
    for ad, cv, grade in pairs:
        grades[rows[ad], columns[cv]] = grade
    return grades


def _systems(one: Judged, plain: Encoder) -> dict[str, Scores]:
    ads, cvs = list(one.advertisements.values()), list(one.cvs.values())
    return {
        "ours": match_texts(ads, cvs, own_encoder()),
        "MiniLM": plain.encode(ads) @ plain.encode(cvs).T,
        "BM25": bm25_scores(ads, cvs),
        "char TF-IDF": character_scores(ads, cvs, TEXT_NGRAMS),
    }


def text_measures(root: Path) -> Iterator[Measured]:
    """MAP and graded nDCG of all sets together, a value an advertisement; the MAP of each set is printed."""
    plain = plain_encoder()
    precision: dict[str, list[float]] = {}
    gain: dict[str, list[float]] = {}
    for one in judged_sets(root):
        of_set: dict[str, list[float]] = {}
        for system, scores in _systems(one, plain).items():
            for row, grades in zip(scores, one.grades, strict=True):
                relevant = np.flatnonzero(grades >= one.relevant_from)
                if len(relevant):
                    graded = {int(i): float(2 ** grades[i] - 1) for i in np.flatnonzero(grades > 0)}
                    of_set.setdefault(system, []).append(average_precision(row, relevant.tolist()))
                    gain.setdefault(system, []).append(graded_gain(row, graded))
        for system, values in of_set.items():
            precision.setdefault(system, []).extend(values)
        print(f"    {one.name}: MAP " + "  ".join(f"{system} {np.mean(v):.3f}" for system, v in of_set.items()))
    for measure, found in (("MAP", precision), ("nDCG", gain)):
        if found:
            yield Measured("advertisements × CVs", measure, {system: np.array(v) for system, v in found.items()})


def text_figures(root: Path) -> dict[str, float | int]:
    """Twins, quotations, dishonest and honest CVs."""
    sets = list(judged_sets(root))
    corridor = next((one for one in sets if one.name == "corridor"), None)
    figures: dict[str, float | int] = {"spans_cited": round(_spans_cited(sets), 4)} if sets else {}
    if corridor is None:
        print("skipped: the corridor development set is not here")
        return figures
    figures |= {"twins_equal": _twins_equal(corridor), "twins": TWIN_PAIRS}
    figures["adversarial_median_gain"] = _adversarial_gain(corridor)
    figures["honest_flagged"] = round(_honest_flagged(corridor), 4)
    return figures


def _twins_equal(one: Judged) -> int:
    """How many of the twin pairs get exactly equal scores for every advertisement."""
    pairs = list(twins([cv for name, cv in one.cvs.items() if not name.startswith(STUFFED)], TWIN_PAIRS))
    scores = match_texts(list(one.advertisements.values()), [cv for pair in pairs for cv in pair], own_encoder())
    return int((scores[:, 0::2] == scores[:, 1::2]).all(axis=0).sum())


def _spans_cited(sets: Sequence[Judged]) -> float:
    """Share of matched skills whose words stand in the CV where they are said to stand."""
    right = cited = 0
    for one in sets:
        for ranking in match_texts_report(one.advertisements, one.cvs, encoder=own_encoder()).rankings:
            for ranked in ranking.cvs:
                for skill in ranked.skills:
                    cited += 1
                    right += bool(skill.words.strip()) and one.cvs[ranked.cv][skill.start : skill.end] == skill.words
    return right / cited if cited else 1.0


def _adversarial_gain(one: Judged) -> float:
    """Median number of places, of 1,000, that an unqualified CV gains by dishonesty; printed by kind."""
    rng = random.Random(SEED)
    ads, cvs = list(one.advertisements.values()), list(one.cvs.values())
    names = list(one.cvs)
    made: list[tuple[int, int, str, str]] = []
    for number in range(ADVERSARIES):
        ad = number % len(ads)
        unfit = [i for i in range(len(cvs)) if one.grades[ad, i] == 0 and not names[i].startswith(STUFFED)]
        kind = list(KINDS)[(number // len(ads)) % len(KINDS)]
        base = rng.choice(unfit)
        made.append((ad, base, kind, KINDS[kind](cvs[base], ads[ad])))
    gains: dict[str, list[float]] = {}
    entered = 0
    for ad, text in enumerate(ads):
        own = [entry for entry in made if entry[0] == ad]
        (row,) = match_texts([text], [*cvs, *(entry[3] for entry in own)], own_encoder())
        honest = np.sort(row[: len(cvs)])[::-1]
        for entry, score in zip(own, row[len(cvs) :], strict=True):
            before = int((honest > row[entry[1]]).sum())
            after = int((honest > score).sum())
            gains.setdefault(entry[2], []).append((before - after) * PLACES / len(cvs))
            entered += after < max(1, 10 * len(cvs) // PLACES) <= before
    for kind, values in gains.items():
        print(f"    dishonest, {kind}: median gain {np.median(values):.1f} places of {PLACES}, n={len(values)}")
    print(f"    dishonest CVs that entered the first 10 of {PLACES}: {entered}")
    return float(np.median([value for values in gains.values() for value in values]))


def _honest_flagged(one: Judged) -> float:
    """Share of honest CVs about which staff would be warned."""
    honest = {name: cv for name, cv in one.cvs.items() if not name.startswith(STUFFED)}
    flagged: set[str] = set()
    for ranking in match_texts_report(one.advertisements, honest).rankings:
        flagged |= {ranked.cv for ranked in ranking.cvs if ranked.warnings}
    return len(flagged) / len(honest)
