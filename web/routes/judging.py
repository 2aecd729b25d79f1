"""Recruiters of the project judge blind pairs, one after the other, each alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.words import N_
from talent.matching import judging
from talent.matching.judging import BlindPair, Standing
from talent.matching.schemas import JudgedGrade
from talent.taxonomy.levels import Evidence, qualification_name
from talent.taxonomy.licences import LICENCE_NAMES
from web.dependencies import ActorDep, PageDep, SessionDep
from web.downloads import TABLE_KINDS, attachment
from web.forms import FormDep
from web.parts import Choice, Text
from web.policy import holds

router = APIRouter(prefix="/judging", dependencies=[holds(Permission.MATCH_JUDGE)])

GRADES: tuple[Choice, ...] = (
    Choice("3", N_("Could start"), N_("The trade, the main skills and the experience are there")),
    Choice("2", N_("The same trade, something needed is missing"), N_("A skill, years, breadth, a level")),
    Choice("1", N_("A neighbouring trade"), N_("A helper, or somebody who could be trained")),
    Choice("0", N_("Not suitable")),
)
EVIDENCE_WORDS: Mapping[Evidence, str] = {
    Evidence.SELF_DECLARED: N_("in the person’s own word"),
    Evidence.DOCUMENT: N_("with a document"),
    Evidence.INSTITUTE_ATTESTED: N_("attested by an institute"),
    Evidence.ISSUER_VERIFIED: N_("verified by whoever issued it"),
    Evidence.ASSESSED: N_("assessed"),
}


@dataclass(frozen=True)
class JudgingView:
    """How far the judging is for the reader, and the next pair."""

    standing: Standing
    next: UUID | None
    drawn: int | None = None


@dataclass(frozen=True)
class PairView:
    """One pair to judge."""

    pair: BlindPair
    waiting: int

    @property
    def grades(self) -> tuple[Choice, ...]:
        """What may be given."""
        return GRADES

    def licence(self, code: str) -> Text:
        """What a licence is called."""
        return LICENCE_NAMES.get(code, code)

    def qualification(self, kind: str) -> Text:
        """What a kind of qualification is called."""
        return qualification_name(kind)

    def evidence(self, shown: Evidence) -> Text:
        """How a skill is shown."""
        return EVIDENCE_WORDS[shown]


@router.get("")
def start(session: SessionDep, actor: ActorDep, page: PageDep, drawn: int | None = None) -> Response:
    """How far the judging is."""
    return page.show("judging/start.html", JudgingView(*judging.standing(session, actor), drawn))


@router.post("/draw")
def draw(session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Draw new pairs across the bands of scores."""
    form.once(session, actor, then="/judging")
    return form.done(session, f"/judging?drawn={judging.draw(session, actor)}")


@router.get("/grades.csv")
def grades(session: SessionDep, actor: ActorDep) -> Response:
    """What was judged, as a table to learn from: scores, parts and grades, without anybody's id."""
    return attachment(judging.exported(session, actor).encode(), name="judged-pairs.csv", kind=TABLE_KINDS["csv"])


@router.get("/{pair_id}")
def pair(pair_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """One pair, and the form for its grade."""
    return page.show("judging/pair.html", pair_view(session, actor, page, pair_id))


def pair_view(session: SessionDep, actor: ActorDep, page: PageDep, pair_id: UUID) -> PairView:
    """One pair as a judge reads it."""
    waiting = judging.standing(session, actor)[0].waiting
    return PairView(judging.pair_to_judge(session, actor, pair_id, language=page.language.code), waiting)


@router.post("/{pair_id}")
def judge(pair_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Give a grade, and go on to the next pair."""
    form.once(session, actor, then="/judging")
    answer = form.read(JudgedGrade)
    if answer.value is None:
        return page.again("judging/pair.html", pair_view(session, actor, page, pair_id), answer)
    judging.judge(session, actor, pair_id, answer.value)
    following = judging.standing(session, actor)[1]
    return form.done(session, f"/judging/{following}" if following else "/judging")
