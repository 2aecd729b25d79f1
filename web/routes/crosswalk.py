"""The crosswalk workbench: awards and their units, what the encoder proposes, what people say, what is published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.errors import Conflict, NotFound, Unprocessable
from talent.foundation.words import N_
from talent.recognition import crosswalk, crosswalk_files
from talent.recognition.crosswalk_models import AwardStandard, AwardUnit, CrosswalkRelease, LinkState
from talent.recognition.schemas import StandardDraft
from talent.taxonomy.levels import QUALIFICATION_NAMES, QualificationKind
from talent.taxonomy.service import Hit, find_skills, skill_labels
from talent.training import service as training
from web.dependencies import ActorDep, OptionalActorDep, PageDep, SessionDep
from web.downloads import attachment
from web.forms import WHOLE_FORM, Answer, FormDep, blank
from web.parts import Choice, Tag
from web.policy import PUBLIC, holds

open_router = APIRouter(prefix="/crosswalk", dependencies=[PUBLIC])
router = APIRouter(prefix="/crosswalk", dependencies=[holds(Permission.CROSSWALK_KEEP)])
course_router = APIRouter(prefix="/training", dependencies=[holds(Permission.TRAINING_KEEP)])
STATE_TAGS: Mapping[LinkState, Tag] = {
    LinkState.PROPOSED: Tag(N_("Proposed"), "attention"),
    LinkState.CONFIRMED: Tag(N_("Confirmed"), "good"),
    LinkState.REJECTED: Tag(N_("Rejected"), "neutral"),
}
MOST_FOUND = 12
LONGEST_SEARCH = 100  # characters
ANSWERS = {"confirm": True, "reject": False}
KINDS = {"json": (crosswalk_files.as_json, "application/json"), "csv": (crosswalk_files.as_csv, "text/csv")}


@dataclass(frozen=True)
class AwardsView:
    """Every award, and the newest published version of each."""

    standards: Sequence[AwardStandard]
    releases: Mapping[UUID, CrosswalkRelease]
    kinds: Mapping[QualificationKind, str]
    may_keep: bool


@dataclass(frozen=True)
class BenchView:
    """One award on the workbench."""

    standard: AwardStandard
    published: CrosswalkRelease | None
    labels: Mapping[UUID, str]
    tags: Mapping[LinkState, Tag]
    kind: str
    waits: bool


@dataclass(frozen=True)
class SearchView:
    """One unit, and the skills that somebody's words may mean."""

    standard: AwardStandard
    unit: AwardUnit
    words: str
    hits: Sequence[Hit]
    search: Answer[Any]


@dataclass(frozen=True)
class NewView:
    """What an award can be."""

    kinds: Sequence[Choice]


def bench_address(standard_id: UUID) -> str:
    """The page of one award."""
    return f"/crosswalk/{standard_id}"


NEW = NewView([Choice(kind.value, name) for kind, name in QUALIFICATION_NAMES.items()])


@open_router.get("")
def awards(session: SessionDep, actor: OptionalActorDep, page: PageDep) -> Response:
    """Every award with its open data."""
    may_keep = actor is not None and actor.has(Permission.CROSSWALK_KEEP)
    view = AwardsView(crosswalk.standards(session), crosswalk.releases(session), QUALIFICATION_NAMES, may_keep)
    return page.show("crosswalk/awards.html", view)


@router.get("/new")
def new(page: PageDep) -> Response:
    """A new award."""
    return page.show("crosswalk/new.html", NEW, form=blank(as_of=None))


@router.post("/new")
def add(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Keep the award; proposals follow."""
    answer = form.read(StandardDraft)
    if answer.value is None:
        return page.again("crosswalk/new.html", NEW, answer)
    form.once(session, actor, then="/crosswalk")
    try:
        standard = crosswalk.add_standard(session, actor, answer.value)
    except Conflict as refused:
        return page.again("crosswalk/new.html", NEW, answer.refuse("title", refused.message))
    return form.done(session, bench_address(standard.id))


@router.get("/{standard_id}")
def bench(standard_id: UUID, session: SessionDep, page: PageDep) -> Response:
    """One award with its units, proposals and what was said of them."""
    return shown(session, page, crosswalk.get_standard(session, standard_id), blank(), 200)


def shown(session: Session, page: PageDep, standard: AwardStandard, form: Answer[Any], status: int) -> Response:
    """The workbench of one award."""
    links = [link for unit in standard.units for link in unit.links]
    view = BenchView(
        standard,
        crosswalk.latest(session, standard.id),
        skill_labels(session, {link.skill_id for link in links}, page.language.code),
        STATE_TAGS,
        QUALIFICATION_NAMES[standard.kind],
        waits=not links,
    )
    return page.show("crosswalk/bench.html", view, form=form, status=status)


@router.post("/{standard_id}/links/{link_id}/{answer}")
def decide(
    standard_id: UUID,
    link_id: UUID,
    answer: Literal["confirm", "reject"],
    session: SessionDep,
    actor: ActorDep,
    form: FormDep,
) -> Response:
    """Say whether a unit stands for a skill."""
    form.once(session, actor, then=bench_address(standard_id))
    standard = crosswalk.get_standard(session, standard_id)
    link = crosswalk.decide(session, actor, standard, link_id, confirmed=ANSWERS[answer])
    return form.done(session, f"{bench_address(standard_id)}#unit-{link.unit_id}")


@router.get("/{standard_id}/units/{unit_id}/skills")
def search(standard_id: UUID, unit_id: UUID, session: SessionDep, page: PageDep, words: str = "") -> Response:
    """Look for a skill that nobody proposed; those confirmed already are left out."""
    standard = crosswalk.get_standard(session, standard_id)
    unit, typed = crosswalk.unit_of(standard, unit_id), words.strip()[:LONGEST_SEARCH]
    held = {link.skill_id for link in unit.links if link.verdict is LinkState.CONFIRMED}
    hits = find_skills(session, typed, language=page.language.code, limit=MOST_FOUND + len(held)) if typed else []
    found = [hit for hit in hits if hit.id not in held][:MOST_FOUND]
    return page.show("crosswalk/search.html", SearchView(standard, unit, typed, found, blank(words=typed)))


@router.post("/{standard_id}/units/{unit_id}/skills/{skill_id}")
def add_skill(
    standard_id: UUID, unit_id: UUID, skill_id: UUID, session: SessionDep, actor: ActorDep, form: FormDep
) -> Response:
    """Confirm that the unit stands for a skill that was found."""
    form.once(session, actor, then=bench_address(standard_id))
    standard = crosswalk.get_standard(session, standard_id)
    crosswalk.add_link(session, actor, standard, unit_id, skill_id)
    return form.done(session, f"{bench_address(standard_id)}#unit-{unit_id}")


@router.post("/{standard_id}/release")
def release(standard_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Publish what is confirmed as the next version."""
    form.once(session, actor, then=bench_address(standard_id))
    standard = crosswalk.get_standard(session, standard_id)
    try:
        crosswalk.release(session, actor, standard)
    except Unprocessable as refused:
        sent: Answer[Any] = Answer(fields=form.fields)
        return shown(session, page, standard, sent.refuse(WHOLE_FORM, refused.message), 422)
    return form.done(session, bench_address(standard_id))


@open_router.get("/{standard_id}/versions/{number}/{kind}")
def download(
    standard_id: UUID, number: int, kind: Literal["json", "csv"], session: SessionDep, _actor: OptionalActorDep
) -> Response:
    """A published version as open data."""
    published = crosswalk.version(session, standard_id, number)
    write, media = KINDS[kind]
    return attachment(write(published), name=f"crosswalk-{standard_id}-{number}.{kind}", kind=media)


@course_router.post("/courses/{course_id}/skills/from-award/{standard_id}")
def teach_award(course_id: UUID, standard_id: UUID, session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Take the published skills of an award into a course's curriculum, beside those that it teaches already."""
    here = f"/training/courses/{course_id}/skills"
    form.once(session, actor, then=here)
    course = training.get_course(session, actor, course_id)
    published = crosswalk.latest(session, standard_id)
    if published is None:
        raise NotFound
    taken = [UUID(row["skill_id"]) for row in published.content["rows"]]
    training.teach(session, actor, course, list(dict.fromkeys([*(one.skill_id for one in course.skills), *taken])))
    return form.done(session, here)
