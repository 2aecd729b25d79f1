"""Plain CVs ranked against plain advertisements: read, cleaned, compared, explained; no server needed.

Trades and skills come from the taxonomy's labels in every language it has, from the project's own words of the
trades, and from what the advertisement itself asks for, so that any trade in any language has an order.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Final

from talent.foundation.words import N_, Sentence
from talent.matching.encoder import Encoder
from talent.matching.lexical import Scores
from talent.matching.phrases import Lexicon, lexicon_of
from talent.matching.text_scores import SHARES, TextScores, score_texts
from talent.taxonomy.release import ReleaseData

Progress = Callable[[str, int, int], None]

FULL_SCORE: Final = 100
# Strength below which a skill is not named as matched.
LEAST_STRENGTH: Final = 0.1

COPIED: Final = N_("{share} % of this CV repeats the advertisement word for word; those passages were not counted.")
ORDERS: Final = N_("Lines that talk to the matching software instead of about the person were not counted.")
HIDDEN: Final = N_("The text holds hidden characters; they were ignored.")
LOOK_ALIKES: Final = N_("Some words mix letters of two alphabets; they were read as they look.")


@dataclass(frozen=True)
class MatchedSkill:
    """A needed skill, the advertisement's words for it, and the CV's own words with their place in the CV."""

    skill: str
    needed: str
    words: str
    start: int
    end: int
    strength: float


@dataclass(frozen=True)
class RankedText:
    """One CV for one advertisement; the points of the parts add up to the score, each out of `possible` points.

    A part that cannot be compared, such as the wording of two languages, is possible for no points; the others then
    share them.
    """

    cv: str
    score: float
    parts: Mapping[str, float]
    possible: Mapping[str, float]
    skills: tuple[MatchedSkill, ...]
    missing: tuple[str, ...]
    copied_share: float
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Ranking:
    """One advertisement and its CVs, best first."""

    advertisement: str
    cvs: tuple[RankedText, ...]


@dataclass(frozen=True)
class Report:
    """All rankings of one call."""

    rankings: tuple[Ranking, ...]

    def as_json(self) -> str:
        """The report for programs."""
        return json.dumps([asdict(ranking) for ranking in self.rankings], ensure_ascii=False, indent=2) + "\n"

    def as_text(self) -> str:
        """The report for people."""
        return "\n".join(line for ranking in self.rankings for line in _lines(ranking)) + "\n"


def _lines(ranking: Ranking) -> Iterator[str]:
    yield ranking.advertisement
    for place, ranked in enumerate(ranking.cvs, start=1):
        parts = ", ".join(f"{name} {points:.1f}" for name, points in ranked.parts.items() if ranked.possible[name])
        yield f"  {place}. {ranked.cv}: {ranked.score:.1f} of {FULL_SCORE} ({parts})"
        for one in ranked.skills:
            yield f"       {one.skill}: “{' '.join(one.words.split())}”"
        if ranked.missing:
            yield f"       not found: {', '.join(ranked.missing)}"
        for warning in ranked.warnings:
            yield f"       ! {warning}"


def starter() -> ReleaseData:
    """The starter taxonomy."""
    from talent.taxonomy.starter_release import read_starter  # read only when nobody brings a release

    return read_starter()


@lru_cache(maxsize=1)
def starter_lexicon() -> Lexicon:
    """The project's words joined with the starter taxonomy's labels."""
    return lexicon_of(starter())


def silent(_what: str, _done: int, _total: int) -> None:
    """No progress shown."""


def match_texts(
    advertisements: Sequence[str],
    cvs: Sequence[str],
    *,
    release: ReleaseData | None = None,
    encoder: Encoder | None = None,
) -> Scores:
    """(n_advertisements, n_cvs) float32 in [0, 1]; the release's labels, or the starter taxonomy's.

    Without an encoder the meaning of texts is not compared; trades, skills and wording are.
    """
    return score_texts(
        advertisements, cvs, lexicon=lexicon_of(release) if release else starter_lexicon(), encoder=encoder
    ).total


def match_texts_report(
    advertisements: Mapping[str, str],
    cvs: Mapping[str, str],
    *,
    release: ReleaseData | None = None,
    encoder: Encoder | None = None,
    progress: Progress = silent,
) -> Report:
    """Every CV ranked for every advertisement, with the words that were found; both by their names."""
    lexicon = lexicon_of(release) if release else starter_lexicon()
    scores = score_texts(list(advertisements.values()), list(cvs.values()), lexicon=lexicon, encoder=encoder)
    rankings = []
    for row, name in enumerate(advertisements):
        rankings.append(_ranking(scores, row, name, list(cvs)))
        progress("comparing", row + 1, len(advertisements))
    return Report(tuple(rankings))


def _ranking(scores: TextScores, row: int, name: str, cvs: Sequence[str]) -> Ranking:
    order = sorted(range(len(cvs)), key=lambda cv: (-float(scores.total[row, cv]), cvs[cv]))
    return Ranking(name, tuple(_ranked(scores, row, cv, cvs[cv]) for cv in order))


def _ranked(scores: TextScores, row: int, cv: int, name: str) -> RankedText:
    parts = {
        part: round(FULL_SCORE * float(scores.shares[part][row, cv] * scores.parts[part][row, cv]), 1)
        for part in SHARES
    }
    possible = {part: round(FULL_SCORE * float(scores.shares[part][row, cv]), 1) for part in SHARES}
    copied = scores.reading.cvs[int(scores.columns[row, cv])].copied
    return RankedText(
        cv=name,
        score=round(sum(parts.values()), 1),
        parts=parts,
        possible=possible,
        skills=_told_once(matched_skills(scores, row, cv)),
        missing=missing_skills(scores, row, cv),
        copied_share=round(copied.share, 2) if copied else 0.0,
        warnings=tuple(warning.english() for warning in warnings(scores, row, cv)),
    )


def matched_skills(scores: TextScores, row: int, cv: int) -> Iterator[MatchedSkill]:
    """The needs of one advertisement that one CV meets, each with the CV's own words; offsets of the original text."""
    column = int(scores.columns[row, cv])
    read = scores.reading.cvs[column]
    shown = scores.skills[row]
    for need, strength in zip(shown.needs, shown.strengths[:, column], strict=True):
        held = read.evidence.strongest(need.term.key)
        if held is not None and strength >= LEAST_STRENGTH:
            start, end = read.clean.visible.original_span(held.start, held.end)
            words = read.original[start:end]
            yield MatchedSkill(need.term.label, need.phrase, words, start, end, round(float(strength), 2))
    for asked, answers in scores.requests[row]:
        answer = answers.get(column)
        if answer is not None and scores.comparable[row, column]:
            start, end = read.clean.visible.original_span(answer.start, answer.end)
            words = read.original[start:end]
            yield MatchedSkill(asked.phrase, asked.phrase, words, start, end, round(answer.share, 2))


def _told_once(found: Iterator[MatchedSkill]) -> tuple[MatchedSkill, ...]:
    """Strongest first; two names of one skill found in the same words, or one name found twice, are one finding."""
    places: dict[tuple[int, int], MatchedSkill] = {}
    for one in sorted(found, key=lambda one: (-one.strength, one.skill)):
        places.setdefault((one.start, one.end), one)
    names: dict[str, MatchedSkill] = {}
    for one in places.values():
        names.setdefault(one.skill.lower(), one)
    return tuple(names.values())


def missing_skills(scores: TextScores, row: int, cv: int) -> tuple[str, ...]:
    """English labels of the needed skills that the CV does not show, the weightiest first."""
    column = int(scores.columns[row, cv])
    shown = scores.skills[row]
    rows = list(zip(shown.needs, shown.weights, shown.strengths[:, column], strict=True))
    found = {need.term.label.lower() for need, _, strength in rows if strength >= LEAST_STRENGTH}
    absent = sorted(
        (-float(weight), need.term.label) for need, weight, _ in rows if need.term.label.lower() not in found
    )
    return tuple(dict.fromkeys(label for _, label in absent))


def warnings(scores: TextScores, row: int, cv: int) -> Iterator[Sentence]:
    """What staff should know about how this CV was read."""
    read = scores.reading.cvs[int(scores.columns[row, cv])]
    if read.copied is not None and read.copied.flagged:
        yield Sentence(COPIED, {"share": round(100 * read.copied.share)})
    if read.orders:
        yield Sentence(ORDERS)
    if read.clean.hidden_characters:
        yield Sentence(HIDDEN)
    if read.clean.look_alike_words:
        yield Sentence(LOOK_ALIKES)
