"""Advertisements and CVs as matching reads them: cleaned, in a known language, with what they need and show."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from talent.matching.affinity import main_trades
from talent.matching.cleaning import CleanText, clean_advertisement, clean_cv
from talent.matching.copying import Advertisements, Copied, orders_to_machines, without
from talent.matching.evidence import Evidence, Needs, evidence_of, needs_of
from talent.matching.language import ENCODER_LANGUAGES, UNKNOWN, detect_language
from talent.matching.phrases import Lexicon
from talent.matching.sections import advertisement_clauses


@dataclass(frozen=True)
class ReadAdvertisement:
    """An advertisement: its text, its language, and what it needs."""

    text: str
    language: str
    needs: Needs

    @cached_property
    def wanted(self) -> str:
        """The text without what is offered in return."""
        return " ".join(clause.text for clause in advertisement_clauses(self.text) if clause.section != "offer")

    @cached_property
    def title(self) -> str:
        """Its first line."""
        return next((line.strip() for line in self.text.splitlines() if line.strip()), "")

    @cached_property
    def titled(self) -> bool:
        """Whether its first line names a trade."""
        if self.needs.is_guessed:
            return False
        first = next((c for c in advertisement_clauses(self.text) if c.section == "title"), None)
        return first is not None and any(need.start < first.end for need in self.needs.trades.values())

    @cached_property
    def trades(self) -> tuple[str, ...]:
        """ISCO-08 codes of the trades it is about; none where neither its title nor its skills say so."""
        told = self.titled or self.needs.is_guessed
        return tuple(trade.codes[0] for trade in main_trades(self.needs)) if told else ()

    @property
    def known(self) -> bool:
        """Whether the encoder knows its language."""
        return self.language in ENCODER_LANGUAGES or self.language == UNKNOWN

    def gist(self, terms: int) -> str:
        """English labels of its trades and of the skills that matter most."""
        skills = sorted(self.needs.skills.values(), key=lambda need: (-need.weight, need.start))
        labels = [trade.label for trade in main_trades(self.needs)] + [need.term.label for need in skills]
        return ", ".join(list(dict.fromkeys(labels))[:terms])


@dataclass(frozen=True)
class ReadCv:
    """A CV without identity, orders to machines and copied passages; offsets are those of `text`.

    languages: every language that it may be in; a short CV of names and lists is not told apart for certain.
    """

    original: str
    text: str
    language: str
    languages: frozenset[str]
    evidence: Evidence
    clean: CleanText
    orders: tuple[tuple[int, int], ...]
    copied: Copied | None = None

    @property
    def known(self) -> bool:
        """Whether the encoder knows its language."""
        return self.language in ENCODER_LANGUAGES or self.language == UNKNOWN

    def gist(self, terms: int) -> str:
        """English labels of what it shows most clearly."""
        strongest: dict[str, tuple[float, str]] = {}
        for found in (self.evidence.recorded, self.evidence.listed):
            for key, held in found.items():
                if key not in strongest or strongest[key][0] < held.strength:
                    strongest[key] = (held.strength, held.term.label)
        ordered = sorted(strongest.values(), key=lambda pair: (-pair[0], pair[1]))
        return ", ".join(list(dict.fromkeys(label for _, label in ordered))[:terms])


@dataclass(frozen=True)
class Reading:
    """All documents read. `cvs` holds each CV once, then one more reading for each pair with copied passages.

    columns : (n_ads, n_cvs) int64, which row of `cvs` to use for a pair.
    """

    advertisements: tuple[ReadAdvertisement, ...]
    cvs: tuple[ReadCv, ...]
    columns: NDArray[np.int64]


def read_documents(advertisements: Sequence[str], cvs: Sequence[str], lexicon: Lexicon) -> Reading:
    """Every document, read once."""
    ads = tuple(read_advertisement(text, lexicon) for text in advertisements)
    own = [read_cv(text, lexicon) for text in cvs]
    copies = Advertisements([ad.text for ad in ads])
    columns = np.tile(np.arange(len(own), dtype=np.int64), (len(ads), 1)).reshape(len(ads), len(own))
    for number, cv in enumerate(own[:]):
        for ad, copied in sorted(copies.copied_in(cv.text).items()):
            columns[ad, number] = len(own)
            own.append(_without_copies(cv, copied, lexicon))
    return Reading(ads, tuple(own), columns)


def read_advertisement(text: str, lexicon: Lexicon) -> ReadAdvertisement:
    """One advertisement."""
    cleaned = clean_advertisement(text).text
    language = detect_language(cleaned).tag
    return ReadAdvertisement(cleaned, language, needs_of(cleaned, lexicon, language))


def read_cv(text: str, lexicon: Lexicon) -> ReadCv:
    """One CV."""
    cleaned = clean_cv(text, lambda line: bool(lexicon.mentions(line, "en")))
    orders = orders_to_machines(cleaned.text)
    kept = without(cleaned.text, orders)
    language = detect_language(kept)
    evidence = evidence_of(kept, lexicon, language.tag)
    return ReadCv(text, kept, language.tag, language.candidates, evidence, cleaned, orders)


def _without_copies(cv: ReadCv, copied: Copied, lexicon: Lexicon) -> ReadCv:
    kept = without(cv.text, copied.stretches)
    language = detect_language(kept)
    evidence = evidence_of(kept, lexicon, language.tag)
    return replace(
        cv, text=kept, language=language.tag, languages=language.candidates, evidence=evidence, copied=copied
    )
