"""Proposals to give somebody another role, or to take the one they have."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from talent.accounts.permissions import Role
from talent.foundation.database import Base, Instant, Key, state_column
from talent.staffing.states import GrantState


class RoleGrant(Base):
    """What one member of staff proposes about somebody's role; another one decides."""

    __tablename__ = "role_grant"
    id: Mapped[Key]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    role_before: Mapped[Role] = mapped_column(state_column(Role, "role_before"))
    role_after: Mapped[Role | None] = mapped_column(state_column(Role, "role_after"))  # none: the role is taken
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)  # from then on
    reason: Mapped[str] = mapped_column(String(2000))
    state: Mapped[GrantState] = mapped_column(state_column(GrantState, "state"), default=GrantState.PROPOSED)
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    proposed_at: Mapped[Instant]
    decided_at: Mapped[Instant | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("uq_role_grant_open", "account_id", unique=True, postgresql_where=text("state = 'proposed'")),
    )
