"""The question rounds after arrival: when one is due, the worker's answers, what they open, and what staff do about it.

The answers are the worker's and project staff's. An employer or agency learns only that a round was answered
(``placement.last_check_in``), never what was said.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.casework.deadlines import plain_end
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotFound, Unprocessable
from talent.foundation.paging import Page, page_of
from talent.foundation.words import N_
from talent.pathways.catalogue import Pathway, Remark, catalogue
from talent.placements.after_models import CheckIn
from talent.placements.after_schemas import CheckInTold
from talent.placements.after_terms import MONTHS, QUESTIONS, Kept, Problem
from talent.placements.cost_terms import CostKind
from talent.placements.costs import note_cost
from talent.placements.models import Placement
from talent.placements.policy import visible_check_ins
from talent.placements.schemas import CostNoted
from talent.placements.states import AT_WORK

SILENT_FOR = timedelta(days=14)
"""How long after the letter an unanswered round waits for staff (S-OWN-3)."""
NOT_DUE = N_("No question round is due now.")
NO_SUCH_ROUND = N_("There is no such question round.")
WHO_ASKED = N_("Choose who asked you for money. Then project staff look into it at once.")
SETTLED_ALREADY = N_("Somebody has settled this already.")
SAY_WHAT_WAS_DONE = N_("Say what was done. The worker reads it.")
HELP, CHANGE = frozenset({"advice"}), frozenset({"change", "job_loss"})
"""The rights of a way that say who helps, and what a worker may do about the employer, by their ids in the data."""
EVERYWHERE = frozenset({"eu_change", "eu_job_loss"})


def due_on(began: date, month: int) -> date:
    """The day on which so many months of work are over."""
    return plain_end(began, f"P{month}M")


def due_month(placement: Placement, *, on: date) -> int | None:
    """The latest round whose day has come; None when nobody is at work or none has."""
    began = placement.work_began_on
    if began is None or placement.state not in AT_WORK:
        return None
    return max((month for month in MONTHS if due_on(began, month) <= on), default=None)


def of_placement(session: Session, actor: Actor, placement: Placement) -> Sequence[CheckIn]:
    """The rounds of this placement that the actor may read, oldest first."""
    return session.scalars(
        visible_check_ins(actor).where(CheckIn.placement_id == placement.id).order_by(CheckIn.month)
    ).all()


def waiting_month(session: Session, actor: Actor, placement: Placement) -> int | None:
    """The round that the worker may answer now; None when none is due or it was answered."""
    month = due_month(placement, on=today())
    answered = {row.month for row in of_placement(session, actor, placement) if row.answered_at}
    return None if month in answered else month


def answer(session: Session, actor: Actor, placement: Placement, told: CheckInTold) -> CheckIn:
    """Keep the worker's answers; a charge opens its complaint at once, and anything wrong waits for staff.

    Raises:
        NotPermitted: the actor is no candidate.
        Conflict: no round is due.
        Unprocessable: a charge is told of without who asked.
    """
    actor.require(Permission.PLACEMENT_ANSWER)
    month = waiting_month(session, actor, placement)
    if month is None or placement.work_began_on is None:
        raise Conflict(NOT_DUE)
    if Problem.CHARGED in told.problems and told.payee is None:
        raise Unprocessable(WHO_ASKED)
    row = next((one for one in of_placement(session, actor, placement) if one.month == month), None)
    if row is None:
        row = new_round(placement, month, placement.work_began_on)
        session.add(row)
    for name in (*QUESTIONS, "problems", "words", "wants_call"):
        setattr(row, name, getattr(told, name))
    row.answered_at, row.needs_a_look = now(), something_is_wrong(told)
    placement.last_check_in = month
    session.flush()
    if told.payee is not None and Problem.CHARGED in told.problems:
        note_cost(session, actor, placement, CostNoted(kind=CostKind.RECRUITMENT, payee=told.payee, words=told.words))
    return row


def new_round(placement: Placement, month: int, began: date) -> CheckIn:
    """A round that nobody was asked yet."""
    return CheckIn(
        placement_id=placement.id,
        month=month,
        due_on=due_on(began, month),
        problems=[],
        words="",
        wants_call=False,
        needs_a_look=False,
        settled_words="",
    )


def something_is_wrong(told: CheckInTold) -> bool:
    """Whether staff have to look: a no, a problem, or a wish to be called."""
    return told.wants_call or bool(told.problems) or Kept.NO in {getattr(told, name) for name in QUESTIONS}


def settle(session: Session, actor: Actor, placement: Placement, month: int, *, words: str) -> CheckIn:
    """Say what was done about a round that staff had to look at, or that stayed without an answer.

    Raises:
        NotPermitted: the actor is no project staff.
        NotFound, Conflict, Unprocessable: there is no such round, it was settled, or nothing is said.
    """
    actor.require(Permission.PLACEMENT_READ_ALL)
    one = visible_check_ins(actor).where(CheckIn.placement_id == placement.id, CheckIn.month == month)
    row = session.scalar(one.with_for_update().execution_options(populate_existing=True))
    if row is None:
        raise NotFound(NO_SUCH_ROUND)
    if row.settled_at is not None:
        raise Conflict(SETTLED_ALREADY)
    if not words.strip():
        raise Unprocessable(SAY_WHAT_WAS_DONE)
    row.settled_at, row.settled_by, row.settled_words = now(), actor.id, words
    session.flush()
    return row


def waiting(session: Session, actor: Actor, *, number: int = 1) -> Page[CheckIn]:
    """Rounds that wait for staff: what is wrong first, then who has not answered for two weeks; the oldest on top.

    Raises:
        NotPermitted: the actor is no project staff.
    """
    actor.require(Permission.PLACEMENT_READ_ALL)
    silent = CheckIn.answered_at.is_(None) & (CheckIn.asked_at < now() - SILENT_FOR)
    rows = visible_check_ins(actor).where(CheckIn.settled_at.is_(None), or_(CheckIn.needs_a_look, silent))
    return page_of(session, rows.order_by(CheckIn.needs_a_look.desc(), CheckIn.due_on, CheckIn.id), number=number)


def help_there(way: Pathway) -> list[Remark]:
    """Who helps in the country of this way, as far as a source says so."""
    return [row for row in way.rights if row.id in HELP]


def rights_there(way: Pathway) -> list[Remark]:
    """What the country says about another employer and about losing the job; empty: we found nothing."""
    return [row for row in way.rights if row.id in CHANGE]


def rights_everywhere() -> list[Remark]:
    """What the Union asks of the Member States about the same."""
    return [row for row in catalogue().frames if row.id in EVERYWHERE]


def placements_of(session: Session, rows: Sequence[CheckIn]) -> dict[UUID, Placement]:
    """The placements of these rounds."""
    keys = {row.placement_id for row in rows}
    return {row.id: row for row in session.scalars(select(Placement).where(Placement.id.in_(keys)))}


def how_many_wait(session: Session, actor: Actor) -> int:
    """How many rounds wait for staff.

    Raises:
        NotPermitted: the actor is no project staff.
    """
    return waiting(session, actor).total
