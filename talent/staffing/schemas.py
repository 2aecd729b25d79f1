"""What members of the staff fill in about roles."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from talent.accounts.permissions import Role
from talent.accounts.schemas import NewLogin
from talent.foundation.words import N_
from talent.staffing.states import AccountAction, GrantAction

NO_ROLE = "none"
"""What the form sends for a role that is taken."""
Reason = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=10, max_length=2000),
    Field(json_schema_extra={"*": N_("Write the reason, 10 to 2000 characters")}),
]


class NewGrant(BaseModel):
    """Whose role is to change, and to what."""

    login: NewLogin
    role: Annotated[
        Role | Literal["none"], Field(json_schema_extra={"*": N_("Choose what the person should be from then on")})
    ]
    organisation: Annotated[UUID | None, Field(json_schema_extra={"*": N_("Choose an organisation from the list")})] = (
        None
    )
    reason: Reason

    @property
    def role_after(self) -> Role | None:
        """The role from then on; None when it is taken."""
        return self.role if isinstance(self.role, Role) else None


class GrantDecision(BaseModel):
    """What somebody decides about a proposal, and why."""

    action: Annotated[GrantAction, Field(json_schema_extra={"*": N_("Choose what to do")})]
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""


class AccountSought(BaseModel):
    """Whose account somebody looks for."""

    login: NewLogin


class AccountDecision(BaseModel):
    """What somebody decides about an account, and why."""

    action: Annotated[AccountAction, Field(json_schema_extra={"*": N_("Choose what to do")})]
    reason: Reason
