"""The words of a statutory clock: how hard a deadline is, what stops it, and what silence means."""

from enum import StrEnum

from talent.foundation.words import N_, Sentence


class Binding(StrEnum):
    """How hard a deadline is."""

    MUST = "must"
    SHOULD = "should"
    REGULAR = "regular"
    TARGET = "target"
    DEEMED = "deemed"


BINDING_NAMES: dict[Binding, str] = {
    Binding.MUST: N_("must, by law"),
    Binding.SHOULD: N_("should, by law"),
    Binding.REGULAR: N_("as a rule"),
    Binding.TARGET: N_("aim of the authority"),
    Binding.DEEMED: N_("without an answer it counts as decided"),
}


class OnSilence(StrEnum):
    """What it means when a deadline passes without an answer."""

    NONE = "none"
    DEEMED_CONSENT = "deemed_consent"
    DEEMED_REFUSAL = "deemed_refusal"


SILENCE_NAMES: dict[OnSilence, str] = {
    OnSilence.NONE: N_("Silence decides nothing. Ask the authority in writing when it will decide."),
    OnSilence.DEEMED_CONSENT: N_("Silence counts as a yes."),
    OnSilence.DEEMED_REFUSAL: N_("Silence counts as a no. Look at once at how to appeal."),
}


class Pause(StrEnum):
    """What stops a clock for a while."""

    INFORMATION = "information"
    ORIGINALS = "originals"
    OTHER_PROCEDURE = "other_procedure"


PAUSE_NAMES: dict[Pause, str] = {
    Pause.INFORMATION: N_("while the authority waits for information it asked for"),
    Pause.ORIGINALS: N_("while the authority waits for originals or certified copies"),
    Pause.OTHER_PROCEDURE: N_("while work samples or examinations replace missing papers"),
}
UNIT_NAMES: dict[str, tuple[str, str]] = {
    "D": (N_("{n} day"), N_("{n} days")),
    "W": (N_("{n} week"), N_("{n} weeks")),
    "M": (N_("{n} month"), N_("{n} months")),
    "Y": (N_("{n} year"), N_("{n} years")),
}
WORKING_DAYS = N_("{n} working days")


def length_in_words(length: str, counts: str = "calendar") -> Sentence:
    """An ISO 8601 length such as P3M in words."""
    n, unit = int(length[1:-1]), length[-1]
    if counts == "working":
        return Sentence(WORKING_DAYS, {"n": n})
    one, many = UNIT_NAMES[unit]
    return Sentence(one if n == 1 else many, {"n": n})
