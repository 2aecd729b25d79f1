"""The words of a vacancy's pages: its states, what was done to it, its fields and the four parts they stand in."""

from collections.abc import Mapping

from talent.foundation.words import N_
from talent.vacancies.states import VacancyAction, VacancyState
from web.parts import Tag

STATE_TAGS: Mapping[VacancyState, Tag] = {
    VacancyState.DRAFT: Tag(N_("Draft"), "waiting"),
    VacancyState.CHECKED: Tag(N_("Checked"), "attention"),
    VacancyState.PUBLISHED: Tag(N_("Published"), "good"),
    VacancyState.FROZEN: Tag(N_("Frozen"), "bad"),
    VacancyState.CLOSED: Tag(N_("Closed"), "neutral"),
}
DONE: Mapping[VacancyAction, str] = {
    VacancyAction.CHECK: N_("Checked"),
    VacancyAction.REVISE: N_("Taken back to a draft"),
    VacancyAction.PUBLISH: N_("Published"),
    VacancyAction.CLOSE: N_("Closed"),
    VacancyAction.EXPIRE: N_("Closed, because the closing date has passed"),
    VacancyAction.FREEZE: N_("Frozen, because the organisation was suspended"),
    VacancyAction.THAW: N_("No longer frozen; publish it again when it is still right"),
}
THE_SERVICE = N_("The service itself")
FIELD_NAMES_SHOWN: Mapping[str, str] = {
    "title": N_("Job title"),
    "employer": N_("Employer"),
    "reference": N_("Your reference"),
    "occupation_id": N_("Occupation"),
    "description": N_("Description"),
    "country": N_("Country"),
    "place": N_("Place of work"),
    "seats": N_("Seats"),
    "must": N_("Must have"),
    "nice": N_("Nice to have"),
    "skills": N_("Skills"),
    "languages": N_("Languages"),
    "qualification_kind": N_("Qualification"),
    "qualification_field": N_("Field of the qualification"),
    "qualification_months": N_("Full-time months of training"),
    "licences": N_("Licences"),
    "experience_months": N_("Months of experience"),
    "pay": N_("Pay before tax"),
    "pay_from_cents": N_("Pay before tax, from"),
    "pay_to_cents": N_("Pay before tax, up to"),
    "pay_currency": N_("Currency"),
    "pay_period": N_("What the pay is for"),
    "hours_per_week": N_("Hours a week"),
    "start_on": N_("Start"),
    "closes_on": N_("Closing date"),
    "cost_payer": N_("Who pays the recruitment costs"),
}
PART_TITLES: Mapping[str, str] = {
    "job": N_("The job"),
    "skills": N_("Skills"),
    "requirements": N_("Requirements"),
    "conditions": N_("Pay, dates and costs"),
}
PART_FIELDS: Mapping[str, tuple[str, ...]] = {
    "job": ("title", "employer", "reference", "occupation_id", "description", "country", "place", "seats"),
    "skills": ("must", "nice"),
    "requirements": (
        "languages",
        "qualification_kind",
        "qualification_field",
        "qualification_months",
        "licences",
        "experience_months",
    ),
    "conditions": ("pay", "hours_per_week", "start_on", "closes_on", "cost_payer"),
}
"""The four parts of the form, and what the page of a vacancy shows of each."""

PART_OF: Mapping[str, str] = {
    **{name: part for part, names in PART_FIELDS.items() for name in names},
    "skills": "skills",
    **dict.fromkeys(("pay_from_cents", "pay_to_cents", "pay_currency", "pay_period"), "conditions"),
}
BOXES: Mapping[str, str] = {
    "occupation_id": "occupation",
    "skills": "skills",
    "start_on": "start_on-day",
    "closes_on": "closes_on-day",
}
"""The id of the box in which a field is mended, where it is not the field's own name."""

NOT_STATED = N_("Not stated")
WHEN_EMPTY: Mapping[str, str] = {
    **dict.fromkeys(PART_FIELDS["requirements"], N_("None asked for")),
    "nice": N_("None"),
    "start_on": N_("As soon as possible"),
}
"""What an empty field means, where it means something."""
