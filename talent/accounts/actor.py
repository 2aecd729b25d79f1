"""Who acts: the signed-in person, or the service itself."""

from dataclasses import dataclass
from uuid import UUID

from talent.accounts.permissions import DENIALS, ROLE_PERMISSIONS, Permission, Role
from talent.foundation.errors import NotPermitted
from talent.foundation.row_context import RowContext


@dataclass(frozen=True)
class Actor:
    """Somebody with a role, seen once for one request, command or job."""

    id: UUID
    role: Role
    name: str = ""
    organisation_id: UUID | None = None
    language: str = "en"

    def has(self, permission: Permission) -> bool:
        """Whether the role holds this permission."""
        return permission in ROLE_PERMISSIONS[self.role]

    @property
    def rows(self) -> RowContext:
        """For whom a transaction of this actor works."""
        return RowContext(self.role.value, self.id, self.organisation_id)

    def require(self, permission: Permission) -> None:
        """Nothing, when the role holds this permission.

        Raises:
            NotPermitted: it does not; the sentence says who may.
        """
        if not self.has(permission):
            raise NotPermitted(DENIALS[permission])


SYSTEM = Actor(id=UUID(int=0), role=Role.SYSTEM, name="service")
