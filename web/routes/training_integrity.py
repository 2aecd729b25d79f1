"""What was noticed in registers, and what people reported without a name: for project staff to look at and settle."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.errors import NotFound
from talent.foundation.words import N_, Sentence
from talent.readiness import asking
from talent.training import concerns, integrity
from talent.training.models import Cohort
from talent.training.records import Concern, IntegrityFinding
from talent.training.schemas import Reason
from talent.training.states import FindingAction, FindingState
from talent.training.terms import FINDING_NAMES, FindingKind
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import FormDep
from web.parts import Tag
from web.policy import holds
from web.routes.training_words import FINDING_TAGS

router = APIRouter(prefix="/training/noticed", dependencies=[holds(Permission.INTEGRITY_LOOK)])
FACTS = {
    FindingKind.SAME_PATTERN: N_("{people} people were absent on exactly the same days, over {days} days."),
    FindingKind.SHARED_CONTACT: N_("{people} people gave the same phone."),
    FindingKind.MISSING_REGISTER: N_("No register was kept on {day}."),
    FindingKind.COUNT_MISMATCH: N_(
        "The register of {day} names {marked} of {people} people of the class who stood in one before."
    ),
    FindingKind.GHOST_TRAINEE: N_("{people} people hold a seat and were never there, over at least {days} days."),
    FindingKind.RELOCATION: N_(
        "On {day} the class moved from “{before}” to “{now}”. Ask whether the trainees were told."
    ),
    FindingKind.IMPOSSIBLE_DAY: N_("{people} people were in two cohorts on {day}."),
}


@dataclass(frozen=True)
class FindingRow:
    """One finding in words."""

    finding: IntegrityFinding
    cohort: Cohort
    name: str
    sentence: Sentence
    tag: Tag
    waits: bool


@dataclass(frozen=True)
class NoticedView:
    """Findings of registers, and concerns with the institute each is about."""

    rows: Sequence[FindingRow]
    concerns: Sequence[tuple[Concern, str, str]]


def noticed_view(session: SessionDep, actor: ActorDep) -> NoticedView:
    """Everything that a person should look at."""
    institutes = dict(asking.institutes(session))
    return NoticedView(
        [
            FindingRow(
                one,
                cohort,
                FINDING_NAMES[one.kind],
                Sentence(FACTS[one.kind], one.facts),
                FINDING_TAGS[one.state],
                one.state is FindingState.NOTICED,
            )
            for one, cohort in integrity.findings(session, actor)
        ],
        [
            (one, FINDING_NAMES[one.kind], institutes.get(one.organisation_id, ""))
            for one in concerns.concerns(session, actor)
        ],
    )


@router.get("")
def noticed(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """What was noticed and what was reported."""
    return page.show("training/noticed.html", noticed_view(session, actor))


@router.post("/{finding_id}/{action}")
def settle(
    finding_id: UUID, action: str, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep
) -> Response:
    """Say what it was."""
    wanted = next((known for known in FindingAction if known == action), None)
    if wanted is None:
        raise NotFound
    answer = form.read(Reason)
    if answer.value is None:
        return page.again("training/noticed.html", noticed_view(session, actor), answer)
    form.once(session, actor, then="/training/noticed")
    integrity.settle(session, actor, finding_id, wanted, reason=answer.value.reason)
    return form.done(session, "/training/noticed")
