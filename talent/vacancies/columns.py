"""The columns of a file of vacancies: their names, what they mean, and an example of each."""

from dataclasses import dataclass

from talent.foundation.tables import Column
from talent.foundation.words import N_


@dataclass(frozen=True)
class VacancyColumn:
    """One column; ``field`` is the field of a vacancy that it fills, and ``example`` what the template shows."""

    name: str
    field: str
    meaning: str
    example: str
    aliases: tuple[str, ...] = ()
    required: bool = False


COLUMNS: tuple[VacancyColumn, ...] = (
    VacancyColumn(
        "reference",
        "reference",
        N_("Your own number or name of the vacancy. A later file with the same reference replaces the draft."),
        "WELD-2027-014",
        ("ref", "vacancy id", "id", "identifier"),
        required=True,
    ),
    VacancyColumn("title", "title", N_("The job title."), "Welder MAG/TIG", ("job title",), required=True),
    VacancyColumn("employer", "employer", N_("The employer."), "Muster Stahlbau GmbH", ("company",)),
    VacancyColumn(
        "occupation",
        "occupation_id",
        N_("The four-digit ISCO-08 code, the ESCO address, or the name of the occupation."),
        "7212",
        ("isco", "isco code", "isco-08", "esco", "occupation code"),
        required=True,
    ),
    VacancyColumn(
        "description",
        "description",
        N_("What the work is, in your words. No sex, age, origin or religion."),
        "You weld steel frames for bridges in our workshop, in two shifts, and check your own seams.",
    ),
    VacancyColumn("country", "country", N_("The Member State, as a name or two letters."), "DE", ("member state",)),
    VacancyColumn("place", "place", N_("The town."), "Leipzig", ("city", "town", "location", "place of work")),
    VacancyColumn("seats", "seats", N_("How many people you look for; empty means 1."), "4", ("openings", "positions")),
    VacancyColumn(
        "must_skills",
        "skills",
        N_("Skills that somebody must have, with a semicolon between them."),
        "MIG/MAG welding; TIG welding",
        ("must have skills", "essential skills", "skills"),
    ),
    VacancyColumn(
        "nice_skills",
        "skills",
        N_("Skills that would be good, with a semicolon between them."),
        "flame cutting",
        ("nice to have skills", "optional skills"),
    ),
    VacancyColumn(
        "languages",
        "languages",
        N_("Each language with its least level, A1 to C2."),
        "de A2; en A1",
        ("language", "language levels"),
    ),
    VacancyColumn(
        "qualification",
        "qualification_kind",
        N_("The kind of qualification, by its code below; empty means none."),
        "",
        ("qualification kind",),
    ),
    VacancyColumn(
        "qualification_field",
        "qualification_field",
        N_("The field as a four-digit ISCED-F 2013 code; empty means any."),
        "0715",
        ("isced-f", "isced", "isced f code"),
    ),
    VacancyColumn("qualification_months", "qualification_months", N_("Least full-time months of training."), "24", ()),
    VacancyColumn("licences", "licences", N_("Codes of licences, with a semicolon between them."), "welder_iso_9606"),
    VacancyColumn(
        "experience_months", "experience_months", N_("Months of experience; empty means none."), "24", ("experience",)
    ),
    VacancyColumn("pay_from", "pay_from_cents", N_("The least pay before tax."), "2950", ("pay", "salary", "wage")),
    VacancyColumn("pay_to", "pay_to_cents", N_("The most pay; empty means the pay is fixed."), "3400"),
    VacancyColumn("pay_currency", "pay_currency", N_("Three letters; empty means EUR."), "EUR", ("currency",)),
    VacancyColumn("pay_period", "pay_period", N_("hour, month or year."), "month", ("per",)),
    VacancyColumn("hours_per_week", "hours_per_week", N_("Hours a week, 1 to 60."), "38.5", ("hours", "weekly hours")),
    VacancyColumn(
        "start_date",
        "start_on",
        N_("The first day of work; empty means as soon as possible."),
        "2027-09-01",
        ("start", "start on", "starts on"),
    ),
    VacancyColumn(
        "closing_date",
        "closes_on",
        N_("The last day on which the vacancy is open."),
        "2027-06-30",
        ("closes on", "valid through", "deadline", "closing"),
    ),
    VacancyColumn(
        "recruitment_costs_paid_by",
        "cost_payer",
        N_("employer or agency. A worker never pays recruitment costs here."),
        "employer",
        ("cost payer", "recruitment fee payer", "who pays recruitment costs"),
    ),
)

EXPECTED: tuple[Column, ...] = tuple(Column(column.name, column.aliases, column.required) for column in COLUMNS)
FIELD_COLUMNS: dict[str, str] = {column.field: column.name for column in reversed(COLUMNS)}
"""The column in which a field of the vacancy is mended."""
