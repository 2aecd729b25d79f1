"""What people fill in about organisations."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints, field_validator

from talent.accounts.models import OrganisationKind
from talent.accounts.schemas import NewLogin
from talent.foundation.clock import today
from talent.foundation.words import N_
from talent.organisations.models import EvidenceKind
from talent.organisations.states import OrganisationAction

Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=2, max_length=200),
    Field(json_schema_extra={"*": N_("Enter the name of the organisation")}),
]
Country = Annotated[str, StringConstraints(pattern="[A-Z]{2}"), Field(json_schema_extra={"*": N_("Choose a country")})]


class NewEmployer(BaseModel):
    """An employer that an agency brings."""

    name: Name
    country: Country


class NewOrganisation(NewEmployer):
    """An organisation that applies."""

    kind: Annotated[OrganisationKind, Field(json_schema_extra={"*": N_("Choose what kind of organisation it is")})]


class NewEvidence(BaseModel):
    """What somebody has seen, and until when it counts."""

    kind: Annotated[EvidenceKind, Field(json_schema_extra={"*": N_("Choose what you have seen")})]
    number: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""
    words: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=10, max_length=500),
        Field(json_schema_extra={"*": N_("Write what it shows and where you looked it up, 10 to 500 characters")}),
    ]
    expires_on: Annotated[date, Field(title=N_("the last day on which it counts"))]

    @field_validator("expires_on")
    @classmethod
    def still_counts(cls, day: date) -> date:
        """The day, when it has not passed."""
        if day < today():
            raise ValueError(N_("This day has passed. Enter the last day on which the paper counts."))
        return day


APPLICANTS = frozenset(OrganisationKind) - {OrganisationKind.PROJECT, OrganisationKind.EMPLOYER}
"""Kinds that may apply from outside: an employer is brought by its agency, and the project is us."""


class NewApplication(NewOrganisation):
    """Somebody outside asks that an organisation may work here."""

    number: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""
    words: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=20, max_length=2000),
        Field(
            json_schema_extra={"*": N_("Write what the organisation does and wants to do here, 20 to 2000 characters")}
        ),
    ]
    contact_name: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=2, max_length=100),
        Field(json_schema_extra={"*": N_("Enter your name")}),
    ]
    contact: NewLogin

    @field_validator("kind")
    @classmethod
    def may_apply(cls, kind: OrganisationKind) -> OrganisationKind:
        """The kind, when it applies from outside."""
        if kind not in APPLICANTS:
            raise ValueError(N_("Choose what kind of organisation it is"))
        return kind


class VettingDecision(BaseModel):
    """What somebody decides, and why."""

    action: Annotated[OrganisationAction, Field(json_schema_extra={"*": N_("Choose what to do")})]
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""
