"""Levels and kinds that people are asked about: CEFR, NVQF, kinds of qualification, strength of evidence.

NVQF is shown and never equated to EQF: only the competent authority of the Member State decides (S-NVQF).
"""

from dataclasses import dataclass
from enum import StrEnum

from talent.foundation.words import N_, Sentence
from talent.taxonomy.provenance import Provenance


class CEFR(StrEnum):
    """Common European Framework of Reference for Languages, in rising order."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"

    @property
    def order(self) -> int:
        """1 for A1 to 6 for C2."""
        return list(CEFR).index(self) + 1


CEFR_WORDS: dict[CEFR, str] = {
    CEFR.A1: N_("I can say who I am and ask simple things, slowly."),
    CEFR.A2: N_("I can manage shopping, travel and simple talk at work."),
    CEFR.B1: N_("I can follow instructions at work and explain a problem."),
    CEFR.B2: N_("I can discuss my work with colleagues without effort."),
    CEFR.C1: N_("I can speak, read and write about almost anything."),
    CEFR.C2: N_("I understand and say everything, like an educated native speaker."),
}
"""What each level means in plain words, after the global scale of the CEFR."""
CEFR_PROVENANCE = Provenance("S-CEFR", "2020", "medium")


class QualificationKind(StrEnum):
    """Kinds of qualification that Pakistani candidates hold.

    There is no order: a degree is not more of a trade certificate, and only a competent authority compares kinds.
    """

    SCHOOL = "school"
    NVQF_CERTIFICATE = "nvqf_certificate"
    DAE = "dae"
    BACHELOR = "bachelor"
    MASTER = "master"
    OTHER = "other"


QUALIFICATION_NAMES: dict[QualificationKind, str] = {
    QualificationKind.SCHOOL: N_("School certificate (Matric or Intermediate)"),
    QualificationKind.NVQF_CERTIFICATE: N_("Vocational certificate (NVQF)"),
    QualificationKind.DAE: N_("Diploma of Associate Engineer (DAE)"),
    QualificationKind.BACHELOR: N_("Bachelor's degree"),
    QualificationKind.MASTER: N_("Master's degree"),
    QualificationKind.OTHER: N_("Another certificate or diploma"),
}


def qualification_name(kind: str) -> str:
    """The name of a kind of qualification, by its stored value; the value itself when it is unknown."""
    return {known.value: name for known, name in QUALIFICATION_NAMES.items()}.get(kind, kind)


class Evidence(StrEnum):
    """How well something on a profile is shown, in rising order."""

    SELF_DECLARED = "self_declared"
    DOCUMENT = "document"
    INSTITUTE_ATTESTED = "institute_attested"
    ISSUER_VERIFIED = "issuer_verified"
    ASSESSED = "assessed"

    @property
    def order(self) -> int:
        """0 for self-declared to 4 for assessed."""
        return list(Evidence).index(self)


@dataclass(frozen=True)
class NVQFLevel:
    """One level of Pakistan's National Vocational Qualifications Framework, as sourced."""

    level: int
    award: str
    source: str
    as_of: str
    confidence: str


NVQF_LEVELS: tuple[NVQFLevel, ...] = (
    NVQFLevel(1, N_("National Vocational Certificate, level 1"), "S-NVQF", "2017-10", "medium"),
    NVQFLevel(2, N_("National Vocational Certificate, level 2"), "S-NVQF", "2017-10", "medium"),
    NVQFLevel(3, N_("National Vocational Certificate, level 3"), "S-NVQF", "2017-10", "medium"),
    NVQFLevel(4, N_("National Vocational Certificate, level 4"), "S-NVQF", "2017-10", "medium"),
    NVQFLevel(5, N_("National Vocational Diploma"), "S-NVQF", "2017-10", "medium"),
    NVQFLevel(6, N_("Award of level 6 (sources disagree which)"), "S-NVQF", "2017-10", "low"),
    NVQFLevel(7, N_("Award of level 7 (sources disagree which)"), "S-NVQF", "2017-10", "low"),
    NVQFLevel(8, N_("Award of level 8 (sources disagree which)"), "S-NVQF", "2017-10", "low"),
)
NVQF_NOTE = N_(
    "Pakistan's NVQF has not been referenced to the EQF. Any level shown is indicative, made by this service, and has "
    "no legal effect; only the competent body in the Member State decides."
)

EQF_LEVELS = range(1, 9)
EQF_LEVEL = N_("EQF level {level}")
EQF_PROVENANCE = Provenance("S-EQF", "2017", "medium")


def eqf_name(level: int) -> Sentence:
    """The name of a level that an authority of a Member State has stated; nothing here derives one from the NVQF.

    Raises:
        ValueError: there are levels 1 to 8.
    """
    if level not in EQF_LEVELS:
        raise ValueError(f"There is no EQF level {level}.")
    return Sentence(EQF_LEVEL, {"level": level})
