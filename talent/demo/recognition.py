"""The demonstration's cases of recognition: an electrician, a nurse and a mason, each as far as such cases come."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.demo.content import DOMAIN, identity
from talent.demo.organisations import People, actor
from talent.foundation.clock import now, today
from talent.foundation.settings import Settings
from talent.recognition import documents, service
from talent.recognition.models import RecognitionCase
from talent.recognition.procedures import catalogue
from talent.recognition.schemas import CaseBegun, PaperAdded
from talent.recognition.states import CaseAction
from talent.recognition.terms import Measure, PaperKind, When
from talent.taxonomy.levels import QualificationKind

A = CaseAction
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"
"""An empty document: nothing here was ever issued by anybody."""


@dataclass(frozen=True)
class Move:
    """One step: who takes it, what, how many days ago, and what the letter says."""

    who: str
    action: CaseAction
    days_ago: int
    note: str = ""
    measure: Measure | None = None


@dataclass(frozen=True)
class Story:
    """One invented person's case."""

    login: str
    begun: CaseBegun
    moves: tuple[Move, ...]
    later: tuple[PaperKind, ...] = ()
    """Papers that are brought after the authority's notice."""


CANDIDATE, AUTHORITY = "candidate", "authority"
STORIES = (
    Story(
        f"electrician@{DOMAIN}",
        CaseBegun(
            procedure="de_bqfg_nonregulated",
            award=QualificationKind.DAE,
            occupation="7411",
            title="DAE Electrical",
            institute="Government College of Technology, Nilamgarh (invented)",
            year=2019,
        ),
        (
            Move(CANDIDATE, A.SUBMIT, 150),
            Move(AUTHORITY, A.CONFIRM_COMPLETE, 130),
            Move(AUTHORITY, A.RECOGNISE_IN_PART, 60, "Protective measures of VDE 0100\nBuilding automation"),
            Move(CANDIDATE, A.BEGIN_MEASURE, 30, measure=Measure.TRAINING_COURSE),
        ),
    ),
    Story(
        f"nurse@{DOMAIN}",
        CaseBegun(
            procedure="fi_nurse_extra_eu",
            award=QualificationKind.BACHELOR,
            occupation="2221",
            title="BSc Nursing",
            institute="College of Nursing, Gulnar (invented)",
            year=2021,
        ),
        (
            Move(CANDIDATE, A.SUBMIT, 90),
            Move(AUTHORITY, A.FIND_DEFICIT, 80, "The content of the studies is missing for the third year."),
            Move(CANDIDATE, A.SUPPLY, 40),
            Move(AUTHORITY, A.CONFIRM_COMPLETE, 20),
        ),
        later=(PaperKind.CURRICULUM,),
    ),
    Story(
        f"mason@{DOMAIN}",
        CaseBegun(
            procedure="de_dab",
            award=QualificationKind.NVQF_CERTIFICATE,
            occupation="7112",
            title="Mason, six months",
            institute="Vocational Training Institute, Nilamgarh (invented)",
            year=2023,
        ),
        (
            Move(CANDIDATE, A.SUBMIT, 70),
            Move(AUTHORITY, A.CONFIRM_COMPLETE, 65),
            Move(AUTHORITY, A.REFUSE, 30, "The training takes six months; two full-time school years are asked for."),
        ),
    ),
)


def add_recognition(session: Session, settings: Settings, people: People) -> int:
    """Add the cases, each through the same steps that people take; how many."""
    for story in STORIES:
        tell(session, settings, people, story)
    return len(STORIES)


def tell(session: Session, settings: Settings, people: People, story: Story) -> RecognitionCase:
    """One case from its beginning to where it stands; staff hold the letters of the authority."""
    account = Account(
        id=identity("account", story.login),
        login=story.login,
        password_hash=people.nobodys_hash,
        role=Role.CANDIDATE,
        created_at=now(),
    )
    session.add(account)
    session.flush()
    candidate = actor(account)
    case = service.begin_case(session, candidate, story.begun)
    case = service.get_case(session, candidate, case.id, to_change=True)
    bring_all(session, settings, candidate, case)
    for move in story.moves:
        if move.action is A.SUPPLY:
            for kind in story.later:
                bring(session, settings, candidate, case, kind, is_translation=False)
        who = candidate if move.who == CANDIDATE else people.staff
        day = today() - timedelta(days=move.days_ago)
        service.move(session, who, case, move.action, note=move.note, on=day, measure=move.measure)
    return case


def bring_all(session: Session, settings: Settings, candidate: Actor, case: RecognitionCase) -> None:
    """Every paper that the procedure always asks for, with its translation."""
    procedure = catalogue().procedure(case.procedure_id)
    assert procedure is not None  # begin_case found it
    for paper in procedure.papers:
        if paper.when is When.ALWAYS:
            for is_translation in (False, True) if paper.translation else (False,):
                bring(session, settings, candidate, case, paper.kind, is_translation=is_translation)


def bring(
    session: Session,
    settings: Settings,
    candidate: Actor,
    case: RecognitionCase,
    kind: PaperKind,
    *,
    is_translation: bool,
) -> None:
    """One document, whose file says nothing."""
    told = PaperAdded(kind=kind, is_translation=is_translation, issued_on=today() - timedelta(days=20))
    documents.add_paper(
        session, candidate, case, told, var_dir=settings.var_dir, name=f"{kind.value}.pdf", content=PAPER
    )
