"""Plain CVs ranked against plain advertisements: extracted, cleaned, compared, explained; no server, no model needed.

Trades and skills come from the taxonomy's labels in every language it has and from the project's own words of the
trades. What is left of both texts is compared by letters, so that an unknown trade or language still has an order.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from talent.matching.affinity import shown_by, skills_shown, trade_shown
from talent.matching.cleaning import clean_advertisement, clean_cv
from talent.matching.copying import Advertisements, orders_to_machines, without
from talent.matching.evidence import Evidence, Held, Needs, evidence_of, needs_of
from talent.matching.language import detect_language
from talent.matching.phrases import Lexicon, lexicon_of
from talent.matching.wording import letters_alike
from talent.taxonomy.release import ReleaseData

Row = NDArray[np.float32]
Progress = Callable[[str, int, int], None]

TEXT_WEIGHTS: Final[Mapping[str, float]] = {"trade": 0.40, "skills": 0.35, "years": 0.10, "wording": 0.15}
"""Share of each part in a full score of 100; chosen on the corridor development set (S-OWN-1)."""
YEARS_WHEN_UNSTATED: Final = 3.0
LEAST_STRENGTH: Final = 0.15
"""Strength below which a skill is not named as matched (S-OWN-1)."""


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
    """One CV for one advertisement; the points of the parts add up to the score."""

    cv: str
    score: float
    parts: Mapping[str, float]
    skills: tuple[MatchedSkill, ...]
    missing: tuple[str, ...]
    copied_share: float


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
        lines = []
        for ranking in self.rankings:
            lines.append(ranking.advertisement)
            for place, ranked in enumerate(ranking.cvs, start=1):
                parts = ", ".join(f"{name} {points:.1f}" for name, points in ranked.parts.items())
                lines.append(f"  {place}. {ranked.cv}: {ranked.score:.1f} of 100 ({parts})")
                lines += [f"       {one.skill}: \u201c{one.words}\u201d" for one in ranked.skills]
                if ranked.missing:
                    lines.append(f"       not found: {', '.join(ranked.missing)}")
        return "\n".join(lines) + "\n"


class Texts:
    """Advertisements and CVs, read once; every CV is read without what says who somebody is."""

    def __init__(self, advertisements: Sequence[str], cvs: Sequence[str], lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.advertisements = [clean_advertisement(text).text for text in advertisements]
        cleaned = [clean_cv(text, lambda line: bool(lexicon.mentions(line, "en"))).text for text in cvs]
        self.cvs = [without(text, orders_to_machines(text)) for text in cleaned]
        self.needs = [needs_of(text, lexicon, detect_language(text).tag) for text in self.advertisements]
        known = Advertisements(self.advertisements)
        self.copied = [known.copied_in(text) for text in self.cvs]

    @cached_property
    def evidence(self) -> list[Evidence]:
        """What each CV shows when nothing was copied from the advertisement at hand."""
        return [self._evidence(text) for text in self.cvs]

    def _evidence(self, text: str) -> Evidence:
        return evidence_of(text, self.lexicon, detect_language(text).tag)

    def evidence_for(self, advertisement: int) -> list[Evidence]:
        """What each CV shows for this advertisement: passages copied from it show nothing."""
        found = list(self.evidence)
        for number, copies in enumerate(self.copied):
            if advertisement in copies:
                found[number] = self._evidence(without(self.cvs[number], copies[advertisement].stretches))
        return found

    @cached_property
    def wording(self) -> NDArray[np.float32]:
        """(n_advertisements, n_cvs) likeness of the letters, in [0, 1]; copied passages are left out."""
        own = [
            without(text, [stretch for copy in copies.values() for stretch in copy.stretches])
            for text, copies in zip(self.cvs, self.copied, strict=True)
        ]
        return letters_alike(self.advertisements, own)

    def parts(self, advertisement: int) -> dict[str, Row]:
        """The parts of every CV for this advertisement, each (n_cvs,) float32 in [0, 1]."""
        needs, shown = self.needs[advertisement], shown_by(self.evidence_for(advertisement))
        skills, trade = skills_shown(needs, shown).coverage(), trade_shown(needs, shown)
        if not needs.trades:
            trade = skills
        if not needs.skills:
            skills = trade
        years = np.minimum(shown.years / (needs.years or YEARS_WHEN_UNSTATED), 1.0).astype(np.float32)
        return {"trade": trade, "skills": skills, "years": years * trade, "wording": self.wording[advertisement]}

    def scores(self, advertisement: int) -> Row:
        """(n_cvs,) the weighted sum of the parts, in [0, 1]."""
        parts = self.parts(advertisement)
        total: Row = sum(weight * parts[name] for name, weight in TEXT_WEIGHTS.items()).astype(np.float32)  # type: ignore[union-attr]  # a sum of arrays is an array
        return total


def match_texts(
    advertisements: Sequence[str], cvs: Sequence[str], *, release: ReleaseData | None = None
) -> NDArray[np.float32]:
    """(n_advertisements, n_cvs) float32 scores in [0, 1]; the release's labels, or the starter taxonomy's."""
    texts = Texts(advertisements, cvs, lexicon_of(release or starter()))
    return np.stack([texts.scores(number) for number in range(len(texts.advertisements))])


def starter() -> ReleaseData:
    """The starter taxonomy."""
    from talent.taxonomy.starter_release import read_starter  # read only when nobody brings a release

    return read_starter()


def silent(_what: str, _done: int, _total: int) -> None:
    """No progress shown."""


def match_texts_report(
    advertisements: Mapping[str, str],
    cvs: Mapping[str, str],
    *,
    release: ReleaseData | None = None,
    progress: Progress = silent,
) -> Report:
    """Every CV ranked for every advertisement, with the words that were found; both by their names."""
    texts = Texts(list(advertisements.values()), list(cvs.values()), lexicon_of(release or starter()))
    rankings = []
    for number, name in enumerate(advertisements):
        rankings.append(_ranking(texts, number, name, list(cvs)))
        progress("comparing", number + 1, len(advertisements))
    return Report(tuple(rankings))


def _ranking(texts: Texts, number: int, name: str, cvs: Sequence[str]) -> Ranking:
    parts, evidence = texts.parts(number), texts.evidence_for(number)
    order = sorted(range(len(cvs)), key=lambda cv: (-texts_score(parts, cv), cvs[cv]))
    return Ranking(name, tuple(_ranked(texts, number, parts, evidence[cv], cv, cvs[cv]) for cv in order))


def texts_score(parts: Mapping[str, Row], cv: int) -> float:
    """The score of one CV in points of 100, as the sum of its rounded parts."""
    return round(sum(points(parts, cv).values()), 1)


def points(parts: Mapping[str, Row], cv: int) -> dict[str, float]:
    """The points of each part of one CV, to a tenth."""
    return {name: round(100 * weight * float(parts[name][cv]), 1) for name, weight in TEXT_WEIGHTS.items()}


def _ranked(texts: Texts, number: int, parts: Mapping[str, Row], evidence: Evidence, cv: int, name: str) -> RankedText:
    needs = texts.needs[number]
    matched = matched_skills(needs, evidence)
    found = {one.skill for one in matched}
    missing = tuple(sorted(need.term.label for need in needs.skills.values() if need.term.label not in found))
    copy = texts.copied[cv].get(number)
    return RankedText(
        name, texts_score(parts, cv), points(parts, cv), matched, missing, round(copy.share, 2) if copy else 0.0
    )


def matched_skills(needs: Needs, evidence: Evidence) -> tuple[MatchedSkill, ...]:
    """The needed skills that the CV shows, strongest first, each with the CV's own words."""
    matched = []
    for key, need in needs.skills.items():
        held = strongest(evidence, key)
        if held is not None and held.strength >= LEAST_STRENGTH:
            matched.append(
                MatchedSkill(need.term.label, need.phrase, held.quote, held.start, held.end, round(held.strength, 2))
            )
    once: dict[tuple[int, int], MatchedSkill] = {}
    for one in sorted(matched, key=lambda one: (-one.strength, one.skill)):
        once.setdefault((one.start, one.end), one)  # two names of one skill found in the same words are one finding
    return tuple(once.values())


def strongest(evidence: Evidence, key: str) -> Held | None:
    """The best of what the record and the lists of a CV show of one term."""
    found = [held for held in (evidence.recorded.get(key), evidence.listed.get(key)) if held is not None]
    return max(found, key=lambda held: held.strength, default=None)
