"""Two windows saved the same step of a profile: both values side by side, and the form to send again."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from talent.foundation.words import N_
from talent.profiles.answers import Changed
from talent.profiles.steps import mark
from talent.taxonomy.fields import FIELD_NAMES
from talent.taxonomy.languages import language_name
from talent.taxonomy.levels import QUALIFICATION_NAMES
from talent.taxonomy.licences import LICENCE_NAMES
from talent.taxonomy.service import labels
from web.conflicts import BothValues, ConflictView
from web.form_values import Fields
from web.forms import Answer, blank
from web.parts import Text
from web.routes.profile_answers import AT_ONCE, plain
from web.routes.profile_views import MONTHS, Frame, country_words

FIELD_TITLES: Mapping[str, str] = {
    "full_name": N_("Full name"),
    "email": N_("E-mail address"),
    "phone": N_("Mobile number"),
    "occupation": N_("Your occupation"),
    "words": N_("In your own words"),
    "about": N_("In your own words"),
    "skills": N_("Your skills"),
    "licences": N_("Your licences"),
    "countries": N_("Countries"),
    "anywhere": N_("Any country of the European Union"),
    "first_countries": N_("Countries that you like best"),
    "least_pay_euros": N_("Least pay a month, before tax, in euros"),
    "when": N_("When could you start?"),
    "available_from-day": N_("Day"),
    "available_from-month": N_("Month"),
    "available_from-year": N_("Year"),
    "title": N_("Name"),
    "same_work": N_("The occupation I chose"),
    "employer": N_("Employer"),
    "country": N_("Country"),
    "started_month": N_("From: month"),
    "started_year": N_("From: year"),
    "goes_on": N_("I still work there"),
    "ended_month": N_("Until: month"),
    "ended_year": N_("Until: year"),
    "tasks": N_("What did you do there?"),
    "kind": N_("Kind"),
    "field": N_("Subject"),
    "issuing_body": N_("Who issued it?"),
    "nvqf_level": N_("NVQF level"),
    "length": N_("How long was it, full time?"),
    "unit": N_("The number counts"),
    "awarded_year": N_("In which year did you get it?"),
    "language": N_("Language"),
    "level": N_("Level"),
}
CODED: Mapping[str, Mapping[str, str]] = {
    "when": {"now": AT_ONCE, "later": N_("From a day")},
    "anywhere": {"true": N_("Yes")},
    "same_work": {"true": N_("Yes")},
    "goes_on": {"true": N_("Yes")},
    "unit": {"months": N_("months"), "years": N_("years")},
    "level": {"unknown": N_("I do not know my level")},
    "licences": LICENCE_NAMES,
    "field": FIELD_NAMES,
    "kind": {kind.value: name for kind, name in QUALIFICATION_NAMES.items()},
    **{f"{name}_month": {month.value: str(month.label) for month in MONTHS} for name in ("started", "ended")},
}
"""The words of each coded answer."""


def conflict_view(session: Session, frame: Frame, answer: Answer[Any], changed: Changed, language: str) -> ConflictView:
    """Both values of every field that differs; sending the form again saves this person's."""
    saved = blank(**changed.saved).fields
    mine = blank(**dict(answer.value or ())).fields  # as it would be saved, however it was typed
    rows = [
        BothValues(title, _shown(session, name, before, language), _shown(session, name, after, language))
        for name, title in FIELD_TITLES.items()
        if sorted(before := _said(saved, name)) != sorted(after := _said(mine, name))
    ]
    kept = [(name, text) for name, texts in answer.fields.items() if name != "seen" for text in texts]
    return ConflictView(rows, frame.action, frame.action, [*kept, ("seen", mark(changed.saved))])


def _said(fields: Fields, name: str) -> list[str]:
    """The answers of one field that are not empty."""
    return [text for text in fields.get(name, ()) if text]


def _shown(session: Session, name: str, texts: Sequence[str], language: str) -> list[Text]:
    """The answers of one field in words."""
    if name in ("skills", "occupation"):
        ids = [UUID(text) for text in texts]
        known = labels(session, ids, language)
        return [plain(known.get(one, str(one))) for one in ids]
    if name in ("countries", "first_countries", "country"):
        return [plain(country_words(text, language)) for text in texts]
    if name == "language":
        return [plain(language_name(text, language)) for text in texts]
    return [CODED.get(name, {}).get(text, plain(text)) for text in texts]
