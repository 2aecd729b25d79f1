"""One candidate as one record of fixed length: what the pool's columns hold, made from a view and a vector."""

from datetime import date

import numpy as np
from numpy.typing import DTypeLike, NDArray

from talent.matching.fixed_point import whole_steps
from talent.matching.grades import GRADE, graded_number, none_of
from talent.matching.similarity import Concepts
from talent.matching.views import CandidateView, RecognitionStage
from talent.taxonomy.countries import COUNTRY_CODES
from talent.taxonomy.languages import LANGUAGE_CODES
from talent.taxonomy.levels import CEFR, QualificationKind
from talent.taxonomy.licences import LICENCES

LANGUAGE_COLUMN = {code: column for column, code in enumerate(LANGUAGE_CODES)}
COUNTRY_BIT = {code: np.uint32(1) << np.uint32(bit) for bit, code in enumerate(COUNTRY_CODES)}
LICENCE_BIT = {licence.code: np.uint32(1) << np.uint32(bit) for bit, licence in enumerate(LICENCES)}
LEVEL = {level: order for order, level in enumerate(CEFR, start=1)}
KIND_COLUMN = {kind: column for column, kind in enumerate(QualificationKind)}
STAGE = {stage: order for order, stage in enumerate(RecognitionStage, start=1)}
"""1 begun to 3 full; 0 stands for no started case."""

NOT_RECORDED, LEVEL_UNKNOWN = -1, 0
NEVER = np.int32(2**31 - 1)
MOST_MONTHS = 2**15 - 1
MOST_OCCUPATIONS, MOST_SKILLS = 4, 64
ID_BYTES, HASH_BYTES = 16, 32
NO_HASH = "00" * HASH_BYTES
"""The hash of whoever was put into a pool of the moment: nothing about them is stored."""
MEANINGS = (*LANGUAGE_COLUMN, *COUNTRY_BIT, *LICENCE_BIT, *LEVEL, *KIND_COLUMN, *STAGE, *map(str, GRADE.items()))
"""What the places, bits and numbers of a record stand for, in their order."""

Bytes = NDArray[np.uint8]


def layout(occupations: int, skills: int, dimensions: int) -> np.dtype[np.void]:
    """The fields of a record, packed, for so many concepts and dimensions; the names are those of the pool's columns.

    occupations : (4,) concept numbers, filled up with the number of concepts; skills : (64,) numbers with their grade
    (``grades``), filled up with that of none; uint16 where they fit. vectors : (d,) int16 in whole steps. languages :
    (n_languages,) int8, -1 not recorded, 0 level unknown, 1 to 6 A1 to C2. qualification_months : (n_kinds,) int16, -1
    none of the kind, 0 duration unknown. least_pay : euros a month, 0 no such wish. has_case : whether there is a
    started recognition.
    """
    return np.dtype(
        [
            ("ids", "u1", ID_BYTES),
            ("hashes", "u1", HASH_BYTES),
            ("vectors", "<i2", dimensions),
            ("occupations", narrow(occupations), MOST_OCCUPATIONS),
            ("skills", narrow(none_of(skills)), MOST_SKILLS),
            ("experience", "<i2"),
            ("languages", "i1", len(LANGUAGE_CODES)),
            ("told_languages", "?"),
            ("qualification_months", "<i2", len(QualificationKind)),
            ("licences", "<u4"),
            ("answered_licences", "?"),
            ("countries", "<u4"),
            ("first_countries", "<u4"),
            ("least_pay", "<i4"),
            ("available_day", "<i4"),
            ("has_case", "?"),
        ]
    )


def record_of(
    view: CandidateView,
    vector: NDArray[np.float32],
    digest: str,
    concepts: tuple[Concepts, Concepts],
) -> NDArray[np.void]:
    """The record of one candidate, shape ().

    vector : (d,) float32, the text; digest : the hash of what matching saw, 64 hexadecimal digits; concepts :
    occupations and skills.
    """
    occupations, skills = concepts
    record = np.zeros((), layout(len(occupations.ids), len(skills.ids), len(vector)))
    record["ids"] = np.frombuffer(view.profile_id.bytes, np.uint8)
    record["hashes"] = np.frombuffer(bytes.fromhex(digest), np.uint8)
    record["vectors"] = whole_steps(vector)
    worked = [occupations.index[one] for one in view.occupation_ids if one in occupations.index]
    none = none_of(len(skills.ids))
    held = [  # each in the place that it has in the view, which reasons name
        graded_number(skills.index[one.skill_id], one.evidence, len(skills.ids))
        if one.skill_id in skills.index
        else none
        for one in view.skills
    ]
    record["occupations"] = _filled_up(worked, MOST_OCCUPATIONS, len(occupations.ids))
    record["skills"] = _filled_up(held, MOST_SKILLS, none)
    record["experience"] = min(view.experience_months, MOST_MONTHS)
    record["available_day"] = day_number(view.available_from)
    record["has_case"] = bool(view.recognitions)
    _put_papers(record, view)
    return record


def _filled_up(numbers: list[int], places: int, none: int) -> NDArray[np.int64]:
    """The first of these numbers, in so many places."""
    return np.array([*numbers[:places], *[none] * (places - len(numbers))], np.int64)


def _put_papers(record: NDArray[np.void], view: CandidateView) -> None:
    spoken = [one for one in view.languages if one.language in LANGUAGE_COLUMN]
    record["languages"] = NOT_RECORDED
    record["told_languages"] = bool(spoken)
    for one in spoken:
        record["languages"][LANGUAGE_COLUMN[one.language]] = LEVEL[one.level] if one.level else LEVEL_UNKNOWN
    months = record["qualification_months"]
    months[:] = -1
    for paper in view.qualifications:
        column = KIND_COLUMN[paper.kind]
        months[column] = max(paper.full_time_months or 0, months[column])
    record["licences"] = sum((LICENCE_BIT[code] for code in view.licences if code in LICENCE_BIT), np.uint32(0))
    record["answered_licences"] = view.answered_licences
    record["countries"] = _bits_of(view.countries)
    record["first_countries"] = _bits_of(view.first_countries)
    record["least_pay"] = view.least_pay_euros or 0


def _bits_of(countries: tuple[str, ...]) -> np.uint32:
    return sum((COUNTRY_BIT[code] for code in countries if code in COUNTRY_BIT), np.uint32(0))


def narrow(concepts: int) -> DTypeLike:
    """The narrowest whole numbers that count so many concepts, and none of them."""
    return np.dtype("<u2") if concepts < 2**16 else np.dtype("<u4")


def day_number(day: date | None) -> np.int32:
    """The proleptic ordinal of a day; the last day there is for None."""
    return np.int32(day.toordinal()) if day else NEVER


def tie_keys(ids: Bytes) -> NDArray[np.uint64]:
    """The low 64 bits of these ids, (n, 16) uint8 as in a UUID's bytes: (n,)."""
    return halves(ids)[1]


def halves(ids: Bytes) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The high and the low 64 bits of these ids, (n, 16) uint8 as in a UUID's bytes: (n,) each."""
    words = np.ascontiguousarray(ids).view(">u8").reshape(-1, 2)
    return words[:, 0].astype(np.uint64), words[:, 1].astype(np.uint64)
