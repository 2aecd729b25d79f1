"""Who acts: the signed-in person, or the service itself."""

from dataclasses import dataclass
from uuid import UUID

from talent.accounts.permissions import DENIALS, ROLE_PERMISSIONS, Permission, Role
from talent.foundation.errors import NotPermitted
from talent.foundation.row_context import RowContext
from talent.foundation.words import N_

SUSPENDED = N_("Your organisation is suspended. You can read your pages, and change nothing. Ask the project office.")


@dataclass(frozen=True)
class Actor:
    """Somebody with a role, seen once for one request, command or job."""

    id: UUID
    role: Role
    name: str = ""
    organisation_id: UUID | None = None
    language: str = "en"
    may_only_read: bool = False  # the organisation is suspended or removed

    def has(self, permission: Permission) -> bool:
        """Whether the role holds this permission."""
        return permission in ROLE_PERMISSIONS[self.role]

    @property
    def rows(self) -> RowContext:
        """For whom a transaction of this actor works."""
        return RowContext(self.role.value, self.id, self.organisation_id)

    def refuse_when_suspended(self) -> None:
        """Nothing, while the actor's organisation is not suspended.

        Raises:
            NotPermitted: it is; its people may read and change nothing.
        """
        if self.may_only_read:
            raise NotPermitted(SUSPENDED)

    def require(self, permission: Permission, *others: Permission) -> None:
        """Nothing, when the role holds this permission, or one of the others.

        Raises:
            NotPermitted: it holds none; the sentence of the first says who may.
        """
        if not any(self.has(one) for one in (permission, *others)):
            raise NotPermitted(DENIALS[permission])


SYSTEM = Actor(id=UUID(int=0), role=Role.SYSTEM, name="service")
