"""Acts at the services themselves: who does them, what the database holds besides, and what comes back."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import text

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.foundation.row_context import SystemContext, context_of, enter, of_system
from talent.pathways.catalogue import catalogue
from talent.placements.models import Placement
from tests.access.sides import Side
from tests.access.world import World


@dataclass(frozen=True)
class Scene:
    """The two sides, and a candidate who has nothing at all."""

    world: World
    stranger: Actor

    @property
    def session(self):
        return self.world.session

    @property
    def a(self) -> Side:
        return self.world.sides["A"]

    @property
    def b(self) -> Side:
        return self.world.sides["B"]

    @property
    def placement(self) -> Placement:
        """Side A's placement."""
        return self.session.get_one(Placement, self.a.ids["placement_id"])

    @property
    def school(self) -> str:
        """The institute of side B."""
        return str(self.b.institute.organisation_id)

    @property
    def staff(self) -> Actor:
        """The member of the project's staff of whom there is one."""
        return self.world.others[Role.PROJECT_STAFF]

    def other(self, role: Role) -> Actor:
        """Somebody else of this role, for the organisation of whoever holds it."""
        return Actor(uuid4(), role, organisation_id=self.world.actor(role).organisation_id)


@dataclass(frozen=True)
class Act:
    """One act: where the guard stands, what is done, and what comes back."""

    place: str
    done: Callable[[Scene], object]
    comes_back: object
    given: str = ""


def stands(world, act):
    """What came back, and whether it is what must; all of it is undone. Whoever asks, the database shows every row."""
    scene = Scene(world, Actor(uuid4(), Role.CANDIDATE))
    kept = context_of(world.session)
    with world.session.begin_nested() as undone:
        enter(world.session, of_system(SystemContext.OPERATOR))
        for statement in filter(None, act.given.split(";")):
            told = statement.format(a=scene.a, b=scene.b, quota=catalogue().quotas[0].id)
            world.session.execute(text(told.replace(":", "\\:")))
        world.session.expire_all()
        try:
            came = act.done(scene)
        except Exception as error:  # the error itself is what comes back
            came = type(error)
        undone.rollback()
    world.session.expire_all()
    enter(world.session, kept)
    return came, came == act.comes_back
