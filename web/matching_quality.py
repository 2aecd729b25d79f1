"""What was measured about matching, in the words of the staff page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from talent.foundation.words import N_, Sentence
from talent.matching.drift import Drift
from talent.matching.trust_models import Measurement
from talent.monitoring.ladder import DIMENSION_NAMES, WITHHELD, Dimension
from talent.profiles.statistics import PROVINCE_NAMES, SEX_NAMES
from web.figure_words import SMALL_GROUPS
from web.parts import Bar, Tag, Text
from web.score_weights import WeightsView

FIGURE_NAMES: Mapping[str, str] = {
    "replays_equal": N_("Lists made again from what is stored that come out the same"),
    "judged_map": N_("Our lists against recruiters’ grades: mean precision where somebody fits"),
    "judged_ndcg": N_("Our lists against recruiters’ grades: gain by grade and place"),
    "texts_map": N_("Whole CVs against whole advertisements: mean precision where somebody fits"),
    "texts_ndcg": N_("Whole CVs against whole advertisements: gain by grade and place"),
}
YARDSTICKS: Mapping[str, str] = {
    "BM25": N_("common words alone"),
    "char TF-IDF": N_("letters alone"),
    "encoder": N_("meaning alone"),
}
DRIFTS: Mapping[Drift, Tag] = {
    Drift.NOT_MEASURED: Tag(N_("Too few pairs to say"), "neutral"),
    Drift.STEADY: Tag(N_("As at the last evaluation"), "good"),
    Drift.MOVED: Tag(N_("Moved a little: look at what changed"), "attention"),
    Drift.FAR: Tag(N_("Moved much: evaluate again before trusting the bands"), "bad"),
}
VALUE_NAMES: Mapping[str, str] = {
    WITHHELD: SMALL_GROUPS,
    **{sex.value: name for sex, name in SEX_NAMES.items()},
    **{province.value: name for province, name in PROVINCE_NAMES.items()},
}
BETWEEN = N_("{value} (between {low} and {high})")
AT_MOST = N_("at most {share}")
AT_LEAST = N_("at least {share}")


@dataclass(frozen=True)
class FigureRow:
    """One figure of an evaluation."""

    name: Text
    said: Text
    n: int
    yardsticks: Sequence[Sentence]


@dataclass(frozen=True)
class Dot:
    """One bin of scores on the calibration picture, in hundredths of its width and height from the top left."""

    label: str
    x: float
    y: float
    low: float
    high: float
    fits: int
    n: int


@dataclass(frozen=True)
class BandRow:
    """One band: pairs judged, and how many of them fit, with the interval of the share."""

    name: Text
    n: int
    fits: int
    low: float
    high: float


@dataclass(frozen=True)
class GroupRow:
    """One group: who was shown and chosen, as far as it may be told."""

    name: Text
    people: int
    exposure: float
    shown: Text
    chosen: Text
    alarm: bool


@dataclass(frozen=True)
class ProbeRow:
    """What a classifier tells about one dimension by the vectors."""

    name: Text
    people: int
    said: Text
    chance: float | None
    tells: bool


@dataclass(frozen=True)
class DimensionRows:
    """The groups of one dimension."""

    name: Text
    groups: Sequence[GroupRow]


def rounded(share: float) -> str:
    """A share with two decimals."""
    return f"{share:.2f}"


def between(value: float, low: float | None, high: float | None) -> Text:
    """A figure with its interval."""
    if low is None or high is None:
        return rounded(value)
    return Sentence(BETWEEN, {"value": rounded(value), "low": rounded(low), "high": rounded(high)})


def figure_rows(content: Mapping[str, Any]) -> list[FigureRow]:
    """The figures of an evaluation."""
    return [
        FigureRow(
            FIGURE_NAMES.get(one["key"], one["key"]),
            one["why"] if one["value"] is None else between(one["value"], one["low"], one["high"]),
            one["n"],
            [
                Sentence(N_("{name}: {value}"), {"name": Sentence(YARDSTICKS.get(name, name)), "value": rounded(value)})
                for name, value in one["baselines"].items()
            ],
        )
        for one in content["figures"]
    ]


def dots(content: Mapping[str, Any]) -> list[Dot]:
    """The bins of the calibration that hold a judged pair."""
    found = []
    for one in content["calibration"]["bins"]:
        if one["n"]:
            share = one["fits"] / one["n"]
            label = f"{one['from']:.0f}–{one['from'] + 10:.0f}"
            ends = (100 - 100 * one["low"], 100 - 100 * one["high"])
            found.append(Dot(label, one["from"] + 5, 100 - 100 * share, *ends, one["fits"], one["n"]))
    return found


def band_rows(content: Mapping[str, Any]) -> list[BandRow]:
    """The bands in which a pair was judged."""
    return [
        BandRow(one["band"], one["n"], one["fits"], one["low"], one["high"])
        for one in content["calibration"]["bands"]
        if one["n"]
    ]


def spread(counts: Sequence[int]) -> list[Bar]:
    """How many pairs have a score in each bin, lowest first; empty bins are left out."""
    width = 100 // max(1, len(counts))
    return [Bar(f"{place * width}–{(place + 1) * width}", float(count)) for place, count in enumerate(counts) if count]


def rate_said(rate: Mapping[str, Any], people: int) -> Text:
    """How many of a group, or what is certain where that would single people out."""
    if rate["part"] is not None:
        return Sentence(N_("{part} of {people}"), {"part": rate["part"], "people": people})
    fewer = rate["low"] == 0
    share = f"{100 * (rate['high'] if fewer else rate['low']):.0f} %"
    return Sentence(AT_MOST if fewer else AT_LEAST, {"share": share})


def dimension_rows(content: Mapping[str, Any]) -> list[DimensionRows]:
    """The groups of each dimension that has any."""
    return [
        DimensionRows(
            DIMENSION_NAMES[Dimension(name)],
            [
                GroupRow(
                    VALUE_NAMES.get(one["value"], one["value"]),
                    one["people"],
                    one["exposure"],
                    rate_said(one["shown"], one["people"]),
                    rate_said(one["chosen"], one["people"]),
                    one["shown"]["alarm"] or one["chosen"]["alarm"],
                )
                for one in groups
            ],
        )
        for name, groups in content.items()
        if groups
    ]


def probe_rows(content: Mapping[str, Any]) -> list[ProbeRow]:
    """What a classifier tells about each dimension."""
    return [
        ProbeRow(
            DIMENSION_NAMES[Dimension(name)],
            one["people"],
            one["why"] if one["accuracy"] is None else between(one["accuracy"], one["low"], one["high"]),
            one["chance"],
            one["tells"],
        )
        for name, one in content.items()
    ]


@dataclass(frozen=True)
class QualityView:
    """The newest measuring of each kind; None where nothing was measured yet."""

    evaluation: Measurement | None
    drift: Measurement | None
    agreement: Measurement | None
    fairness: Measurement | None
    leak_probe: Measurement | None
    may_judge: bool
    weights: WeightsView

    @property
    def figures(self) -> list[FigureRow]:
        """The figures of the last evaluation."""
        return figure_rows(self.evaluation.content) if self.evaluation else []

    @property
    def others(self) -> Mapping[str, float | None]:
        """Figures that were made elsewhere, by their names."""
        return dict(self.evaluation.content["others"]) if self.evaluation else {}

    @property
    def dots(self) -> list[Dot]:
        """The calibration as a picture."""
        return dots(self.evaluation.content) if self.evaluation else []

    @property
    def bands(self) -> list[BandRow]:
        """The calibration of the bands."""
        return band_rows(self.evaluation.content) if self.evaluation else []

    @property
    def drift_tag(self) -> Tag | None:
        """How far the spread of scores moved."""
        return DRIFTS[Drift(self.drift.content["drift"])] if self.drift else None

    @property
    def spreads(self) -> list[tuple[Text, list[Bar]]]:
        """How the scores were spread at the last evaluation, and how they are now."""
        if self.drift is None:
            return []
        told = self.drift.content
        return [
            (N_("Scores at the last evaluation"), spread(told["before"])),
            (N_("Scores now"), spread(told["after"])),
        ]

    @property
    def dimensions(self) -> list[DimensionRows]:
        """Who is shown and chosen."""
        return dimension_rows(self.fairness.content) if self.fairness else []

    @property
    def probes(self) -> list[ProbeRow]:
        """What vectors tell."""
        return probe_rows(self.leak_probe.content) if self.leak_probe else []

    @property
    def measured_at(self) -> datetime | None:
        """When the night last measured."""
        return max((one.at for one in (self.drift, self.fairness, self.leak_probe) if one), default=None)
