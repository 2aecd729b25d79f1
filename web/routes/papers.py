"""The number of the candidate's own paper, given by choice; for staff, who seems to be registered twice."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.errors import Conflict, Unprocessable
from talent.foundation.words import N_
from talent.profiles import papers
from talent.profiles.models import NumberKind
from talent.profiles.papers import MaskedPaper, Twice
from talent.profiles.schemas import IdentityPaperAnswer
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import FormDep
from web.parts import Choice
from web.policy import holds

router = APIRouter()
ADDRESS = "/my-data/paper"
OWN = holds(Permission.PROFILE_KEEP)
KINDS = (
    Choice(NumberKind.CNIC.value, N_("Identity card (CNIC or NICOP)")),
    Choice(NumberKind.PASSPORT.value, N_("Passport")),
)


@dataclass(frozen=True)
class PaperView:
    """The paper that was given, masked, and the kinds to choose from."""

    paper: MaskedPaper | None
    kinds: Sequence[Choice] = KINDS

    @property
    def kind(self) -> str:
        """The name of the paper that was given."""
        return next((str(one.label) for one in KINDS if self.paper and one.value == self.paper.kind), "")


@dataclass(frozen=True)
class TwiceView:
    """Pairs of profiles that seem to be one person's."""

    pairs: Sequence[Twice]


@router.get(ADDRESS, dependencies=[OWN])
def paper(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """What was given, why one may give it, and the form."""
    return page.show("my_data/paper.html", PaperView(papers.own_paper(session, actor)))


@router.post(ADDRESS, dependencies=[OWN])
def give(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Keep number and date of birth, sealed."""
    form.once(session, actor, then=ADDRESS)
    answer, view = form.read(IdentityPaperAnswer), PaperView(papers.own_paper(session, actor))
    if answer.value is None:
        return page.again("my_data/paper.html", view, answer)
    given = answer.value
    try:
        papers.give_paper(session, actor, given.kind, given.number, given.birth_date)
    except (Unprocessable, Conflict) as problem:
        return page.again("my_data/paper.html", view, answer.refuse("number", problem.message))
    return form.done(session, ADDRESS)


@router.post(f"{ADDRESS}/remove", dependencies=[OWN])
def remove(session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Forget number and date of birth."""
    form.once(session, actor, then=ADDRESS)
    papers.remove_paper(session, actor)
    return form.done(session, ADDRESS)


@router.get("/duplicates", dependencies=[holds(Permission.DUPLICATES_READ)])
def duplicates(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Who seems to be registered twice; a person asks them, software decides nothing."""
    return page.show("requests/duplicates.html", TwiceView(papers.registered_twice(session, actor)))
