"""One row of a file of vacancies: its words turned into values, or into a sentence beside the column."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from talent.foundation.amounts import cents_of, number_of
from talent.foundation.errors import Unprocessable
from talent.foundation.text import clean, fold
from talent.foundation.words import N_, Sentence
from talent.taxonomy.countries import COUNTRY_NAMES, MEMBER_STATES
from talent.taxonomy.languages import LANGUAGE_NAMES
from talent.taxonomy.levels import CEFR, QUALIFICATION_NAMES, QualificationKind
from talent.taxonomy.licences import LICENCE_NAMES
from talent.vacancies import schemas, terms
from talent.vacancies.columns import COLUMNS
from talent.vacancies.schemas import VacancyDraft, WantedLanguage, WantedSkill
from talent.vacancies.terms import CostPayer, PayPeriod

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True)
class Meaning:
    """What the words of a file stand for, looked up once for the whole file; keys are folded."""

    occupations: Mapping[str, UUID | Sentence] = field(default_factory=dict)
    skills: Mapping[str, UUID | Sentence] = field(default_factory=dict)


@dataclass(frozen=True)
class CellProblem:
    """One cell that cannot be used."""

    column: str
    sentence: Sentence


@dataclass(frozen=True)
class Reading:
    """What one row says; with problems, the draft holds only what could be read."""

    draft: VacancyDraft
    problems: tuple[CellProblem, ...]


def parts_of(cell: str) -> list[str]:
    """The parts of a cell with semicolons, each once."""
    return list(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))


def read_row(values: Mapping[str, str], meaning: Meaning) -> Reading:
    """The draft that these cells describe; columns that are not in ``values`` leave their fields unset."""
    found: dict[str, Any] = {}
    problems = []
    for column in COLUMNS:
        if column.name not in values:
            continue
        try:
            text = clean(values[column.name]).replace("\r\n", "\n")
            if column.required and not text:
                raise Unprocessable(N_("This cell must not be empty."))
            _put(found, column.field, READERS[column.name](text, meaning) if text else _nothing(column.field))
        except Unprocessable as error:
            problems.append(CellProblem(column.name, error.message))
        except ValueError as error:
            problems.append(CellProblem(column.name, error.args[0]))
    least, most = found.get("pay_from_cents"), found.get("pay_to_cents")
    if most is not None and (least is None or most < least):
        problems.append(CellProblem("pay_to", Sentence(N_("The pay ends lower than it begins. Check both amounts."))))
    return Reading(VacancyDraft(**found), tuple(problems))


def _put(found: dict[str, Any], name: str, value: Any) -> None:
    """Must and nice skills share one field; the first mention of a skill counts."""
    if name != "skills":
        found[name] = value
        return
    held = {skill.skill_id for skill in found.get("skills", ())}
    found["skills"] = (*found.get("skills", ()), *(skill for skill in value if skill.skill_id not in held))


def _nothing(name: str) -> Any:
    return VacancyDraft.model_fields[name].default


def _text(most: int) -> Callable[[str, Meaning], str]:
    def read(text: str, _meaning: Meaning) -> str:
        if len(text) > most:
            raise ValueError(Sentence(N_("This is longer than {most} characters."), {"most": most}))
        return text

    return read


def _whole(least: int, most: int) -> Callable[[str, Meaning], int]:
    def read(text: str, _meaning: Meaning) -> int:
        bare = re.sub(r"[.,]0+$", "", text)
        if not (bare.isdecimal() and len(bare) < 8 and least <= int(bare) <= most):
            sentence = N_("Write a whole number from {least} to {most}.")
            raise ValueError(Sentence(sentence, {"least": least, "most": most}))
        return int(bare)

    return read


def _amount(text: str, _meaning: Meaning) -> int:
    cents = cents_of(text)
    if not 0 < cents <= terms.MOST_PAY_CENTS:
        raise ValueError(Sentence(schemas.PAY_BOUNDS))
    return cents


def _hours(text: str, _meaning: Meaning) -> float:
    hours = number_of(text)
    if not terms.FEWEST_HOURS <= hours <= terms.MOST_HOURS:
        bounds = {"fewest_hours": terms.FEWEST_HOURS, "most_hours": terms.MOST_HOURS}
        raise ValueError(Sentence(N_("The hours a week must be between {fewest_hours} and {most_hours}."), bounds))
    return hours


DATE_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ].*)?"),
    re.compile(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})"),
)


def _day(text: str, _meaning: Meaning) -> date:
    for form in DATE_FORMS:
        if said := form.fullmatch(text):
            try:
                return date(int(said["year"]), int(said["month"]), int(said["day"]))
            except ValueError:
                raise ValueError(Sentence(N_("There is no date {text}."), {"text": text})) from None
    raise ValueError(Sentence(N_("“{text}” is no date. Write it as 2027-06-30."), {"text": text}))


def _named(names: Mapping[str, Iterable[str]], sentence: str) -> Callable[[str, Meaning], str]:
    """A code, or one of its names; case and marks do not matter."""
    known = {fold(name): code for code, given in names.items() for name in (code, *given)}

    def read(text: str, _meaning: Meaning) -> str:
        code = known.get(fold(text))
        if code is None:
            raise ValueError(Sentence(sentence, {"text": text, "codes": ", ".join(names)}))
        return code

    return read


LISTED = N_("“{text}” is not known here. Write one of these: {codes}.")
COUNTRY = _named(
    {code: (*COUNTRY_NAMES[code], *(("EL", "Hellas") if code == "GR" else ())) for code in MEMBER_STATES},
    N_("“{text}” is no Member State of the European Union. Write its two letters, such as DE."),
)
LANGUAGE = _named(LANGUAGE_NAMES, N_("“{text}” is no language that we know. Write its two letters, such as de."))
LICENCE = _named({code: (name,) for code, name in LICENCE_NAMES.items()}, LISTED)
CURRENCY = _named(dict.fromkeys(terms.CURRENCIES, ()), LISTED)
QUALIFICATION = _named({kind.value: (name,) for kind, name in QUALIFICATION_NAMES.items()}, LISTED)
PERIOD = _named(
    {
        "hour": ("hourly", "per hour", "an hour", "h", "stunde"),
        "month": ("monthly", "per month", "a month", "monat"),
        "year": ("yearly", "per year", "a year", "annual", "annually", "jahr"),
    },
    LISTED,
)
PAYER = _named(
    {
        "employer": ("company", "arbeitgeber"),
        "agency": ("the agency", "agentur"),
        "worker": ("candidate", "employee", "applicant"),
        "unknown": ("not known",),
    },
    LISTED,
)


def _languages(text: str, meaning: Meaning) -> tuple[WantedLanguage, ...]:
    rows: dict[str, WantedLanguage] = {}
    for part in parts_of(text.replace(",", ";")):
        said = re.fullmatch(r"(?P<name>.*)(?P<level>[ABCabc][12])", part)
        if said is None:
            example = N_("“{text}” has no level. Write the language and its least level, such as de B1.")
            raise ValueError(Sentence(example, {"text": part}))
        code = LANGUAGE(said["name"].rstrip(" \t\xa0:=-"), meaning)
        rows[code] = WantedLanguage(language=code, level=CEFR(said["level"].upper()))
    return tuple(rows.values())


def _looked_up(text: str, known: Mapping[str, UUID | Sentence], unknown: str) -> UUID:
    meant = known.get(fold(text), Sentence(unknown, {"text": text}))
    if isinstance(meant, Sentence):
        raise ValueError(meant)
    return meant


def _occupation(text: str, meaning: Meaning) -> UUID:
    return _looked_up(text, meaning.occupations, N_("We know no occupation “{text}”."))


def _skills(*, is_must: bool) -> Callable[[str, Meaning], tuple[WantedSkill, ...]]:
    def read(text: str, meaning: Meaning) -> tuple[WantedSkill, ...]:
        words = parts_of(text)
        if len(words) > schemas.MOST_SKILLS:
            raise ValueError(Sentence(N_("Name at most {most} skills."), {"most": schemas.MOST_SKILLS}))
        ids = [_looked_up(each, meaning.skills, N_("We know no skill “{text}”.")) for each in words]
        rows = zip(ids, words, strict=True)
        return tuple(WantedSkill(skill_id=one, words=said[:300], is_must=is_must) for one, said in rows)

    return read


def _field_code(text: str, _meaning: Meaning) -> str:
    code = text.zfill(4) if text.isdecimal() else text  # spreadsheets drop the zero in 0715
    if not re.fullmatch(r"\d{4}", code):
        raise ValueError(Sentence(N_("Write the four digits of an ISCED-F field, such as 0715.")))
    return code


READERS: dict[str, Callable[[str, Meaning], Any]] = {
    "reference": _text(schemas.LONGEST_REFERENCE),
    "title": _text(schemas.LONGEST_TITLE),
    "employer": _text(schemas.LONGEST_TITLE),
    "occupation": _occupation,
    "description": _text(schemas.LONGEST_DESCRIPTION),
    "country": COUNTRY,
    "place": _text(schemas.LONGEST_TITLE),
    "seats": _whole(terms.FEWEST_SEATS, terms.MOST_SEATS),
    "must_skills": _skills(is_must=True),
    "nice_skills": _skills(is_must=False),
    "languages": _languages,
    "qualification": lambda text, meaning: QualificationKind(QUALIFICATION(text, meaning)),
    "qualification_field": _field_code,
    "qualification_months": _whole(1, terms.MOST_QUALIFICATION_MONTHS),
    "licences": lambda text, meaning: tuple(dict.fromkeys(LICENCE(part, meaning) for part in parts_of(text))),
    "experience_months": _whole(0, terms.MOST_EXPERIENCE_MONTHS),
    "pay_from": _amount,
    "pay_to": _amount,
    "pay_currency": CURRENCY,
    "pay_period": lambda text, meaning: PayPeriod(PERIOD(text, meaning)),
    "hours_per_week": _hours,
    "start_date": _day,
    "closing_date": _day,
    "recruitment_costs_paid_by": lambda text, meaning: CostPayer(PAYER(text, meaning)),
}
