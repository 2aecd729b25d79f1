"""Two of everything: agencies with their people, vacancies, files and candidates, every text marked with its side."""

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID, uuid4

from sqlalchemy import String, Text, delete, or_, select, text
from sqlalchemy.orm import Session

from talent.accounts import service as accounts
from talent.accounts import sessions
from talent.accounts.actor import Actor
from talent.accounts.models import ORGANISATION_OF, Account
from talent.accounts.permissions import OFFICERS, Role
from talent.foundation.clock import now
from talent.foundation.documents import Purpose, StoredFile
from talent.matching import introductions
from talent.matching.engine import load
from talent.matching.models import Introduction, Suggestion
from talent.matching.states import IntroductionAction
from talent.profiles import answers
from talent.profiles.models import CVFact
from talent.profiles.schemas import NameAnswer
from talent.profiles.service import profile_to_change
from talent.registry import METADATA
from talent.vacancies import service as vacancies
from talent.vacancies.models import Vacancy, VacancyImport
from tests.factories.corridor import concept, make_release
from tests.factories.encoder import KeywordEncoder
from tests.factories.profiles import publish_one
from tests.journeys.conftest import Place, welder_wanted

SHORTEST_MARKED = 40
"""Characters that a text column must hold to be marked; shorter ones hold codes."""
NOT_MARKED = {"login", "password_hash", "sha256", "text_hash", "model_hash", "input_hash", "token_hash", "actor_role"}
NOT_MARKED |= {"case_kind", "action", "from_state", "to_state", "purpose", "language", "weights_version", "device"}
NOT_MARKED |= {"taxonomy_version", "vacancy_input", "profile_input", "original_name", "key"}
SKILL = {"skill_id": str(concept("welding steel")), "label": "welding steel"}


def mark(side: str, table: str, column: str) -> str:
    """The text that stands in this column of this side's rows, and nowhere else."""
    return f"Kanarie{side}{table.replace('_', '')}{column.replace('_', '')}"


@dataclass
class Side:
    """One agency, its two officers, its vacancies, a candidate who said yes to it and one who said nothing."""

    letter: str
    officer: Actor
    colleague: Actor
    candidate: Actor
    silent: Actor
    vacancy: Vacancy
    second: Vacancy
    ids: dict[str, UUID] = field(default_factory=dict)


@dataclass
class World:
    """Both sides, and one officer of every other kind."""

    place: Place
    sides: dict[str, Side] = field(default_factory=dict)
    others: dict[Role, Actor] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    """The sign-in token of each kind of principal."""

    @cached_property
    def session(self) -> Session:
        """The session in which the scene is set."""
        return self.place.session


def made_world(session: Session) -> World:
    """The whole scene; everything derived is computed from marked texts."""
    make_release(session)
    world = World(Place(session, load(session, KeywordEncoder())))
    for letter in "AB":
        world.sides[letter] = begun_side(world.place, letter)
    for side in world.sides.values():
        marked(session, side)
    world.place.work()
    keep_apart(session, world)
    for side in world.sides.values():
        acted(world.place, side)
    for role in (OFFICERS - {Role.AGENCY_OFFICER}) | {Role.PROJECT_STAFF, Role.ADMINISTRATOR, Role.AUDITOR}:
        world.others[role] = joined(world.place, role)
    sign_everybody_in(session, world)
    session.flush()
    return world


def joined(place: Place, role: Role) -> Actor:
    """Somebody of this role, in an organisation of its own."""
    kind = ORGANISATION_OF[role]
    organisation = accounts.add_organisation(place.session, kind=kind, name=f"Office of {role}", country="PK")
    token = accounts.invite(place.session, None, role=role, organisation=organisation)
    login = f"{role}-{uuid4().hex[:8]}@example.org"
    return place.actor(
        accounts.accept_invitation(
            place.session, token=token, login=login, password="four quiet words here", name="Somebody"
        )
    )


def begun_side(place: Place, letter: str) -> Side:
    """An agency with two officers, two vacancies, and two candidates."""
    name = f"Agentur {letter}"
    officer = place.joins(Role.AGENCY_OFFICER, name)
    colleague = place.joins(Role.AGENCY_OFFICER, name)
    candidate, silent = place.registers(), place.registers()
    for one, table in ((candidate, "identity"), (silent, "silent")):
        publish_one(place.session, one)
        named = NameAnswer(full_name=mark(letter, table, "full_name"), phone="0301 2345678", email="")
        answers.save_name(place.session, one, profile_to_change(place.session, one), named)
    side = Side(letter, officer, colleague, candidate, silent, place.posts(officer), place.posts(colleague))
    draft = vacancies.create(place.session, officer, welder_wanted())
    profile = place.profile_of(candidate)
    stored = {purpose: added_file(place, owner, purpose) for owner, purpose in files_of(side).items()}
    fact = CVFact(
        profile_id=profile.id, document_id=stored[Purpose.CV].id, number=1, kind="skill", value=SKILL, words="words"
    )
    brought = VacancyImport(
        organisation_id=officer.organisation_id,
        document_id=stored[Purpose.IMPORT].id,
        file_kind="csv",
        uploaded_by=colleague.id,
        uploaded_at=now(),
        rows=[],
    )
    place.session.add_all([fact, brought])
    place.session.flush()
    side.ids = {
        "vacancy_id": side.vacancy.id,
        "second_vacancy": side.second.id,
        "draft_vacancy": draft.id,
        "profile_id": profile.id,
        "silent_profile": place.profile_of(silent).id,
        "fact_id": fact.id,
        "import_id": brought.id,
        "organisation_id": officer.organisation_id or uuid4(),
    }
    for name, table in (("experience", "work_period"), ("qualifications", "qualification"), ("languages", None)):
        query = text(f"select id from {table or 'profile_language'} where profile_id = :profile")
        side.ids[name] = place.session.scalar(query, {"profile": profile.id})
    return side


def files_of(side: Side) -> dict[Actor, Purpose]:
    """Who of this side brought a file, and for what."""
    return {side.candidate: Purpose.CV, side.colleague: Purpose.IMPORT}


def added_file(place: Place, owner: Actor, purpose: Purpose) -> StoredFile:
    """The row of a file whose bytes nobody reads here."""
    stored = StoredFile(
        sha256=uuid4().hex * 2,
        size_bytes=1,
        kind="csv",
        original_name="file.csv",
        created_at=now(),
        owner_id=owner.id,
        purpose=purpose.value,
    )
    place.session.add(stored)
    place.session.flush()
    return stored


def rows_of(side: Side) -> dict[str, str]:
    """For each table that holds something of a side, which rows are this side's."""
    people = ", ".join(f"'{actor.id}'" for actor in (side.candidate, side.silent, side.officer, side.colleague))
    profiles = f"profile_id in (select id from profile where account_id in ({people}))"
    own = f"organisation_id = '{side.officer.organisation_id}'"
    posted = f"vacancy_id in (select id from vacancy where {own})"
    parts = ("profile_skill", "profile_language", "qualification", "work_period", "cv_fact")
    return {
        "account": f"id in ({people})",
        "organisation": f"id = '{side.officer.organisation_id}'",
        "profile": f"account_id in ({people})",
        **dict.fromkeys((*parts, "review_request"), profiles),
        "vacancy": own,
        "vacancy_skill": posted,
        "vacancy_language": posted,
        "vacancy_import": own,
        "stored_file": f"owner_id in ({people})",
        "case_event": f"actor_id in ({people})",
    }


def marked_columns(table: str) -> list[str]:
    """The columns of this table that hold free text."""
    return [
        column.name
        for column in METADATA.tables[table].columns
        if type(column.type) in (String, Text)
        and (column.type.length or SHORTEST_MARKED) >= SHORTEST_MARKED
        and column.name not in NOT_MARKED
    ]


def marked(session: Session, side: Side) -> None:
    """Write this side's marks into every free text of its rows; file names are marked too."""
    for table, where in rows_of(side).items():
        columns = [*marked_columns(table), *(["original_name"] if table == "stored_file" else [])]
        unique = {"reference": " || '-' || left(id::text, 8)", "title": "", "name": ""}
        for column in columns:
            if table == "case_event":
                continue  # a journal is only ever added to; its notes are marked where they are written
            value = f"'{mark(side.letter, table, column)}'{unique.get(column, '')}"
            session.execute(text(f"update {table} set {column} = {value} where {where}"))
    session.expire_all()


def keep_apart(session: Session, world: World) -> None:
    """Leave only the suggestions that join people of one side: whatever else is seen is a leak."""
    a = world.sides["A"].officer.organisation_id
    people = {side.letter: [side.candidate.id, side.silent.id] for side in world.sides.values()}
    same = or_(
        (Suggestion.organisation_id == a) & Suggestion.account_id.in_(people["A"]),
        (Suggestion.organisation_id != a) & Suggestion.account_id.in_(people["B"]),
    )
    session.execute(delete(Suggestion).where(~same))
    session.expire_all()


def acted(place: Place, side: Side) -> None:
    """The candidate says yes and asks for a review; the agency has marked its journal."""
    introductions.answer(place.session, side.candidate, side.vacancy.id, IntroductionAction.SAY_YES)
    introductions.answer(place.session, side.candidate, side.second.id, IntroductionAction.SAY_YES)
    reason = mark(side.letter, "case_event", "note")
    second = (side.second.id, side.ids["profile_id"], IntroductionAction.TURN_DOWN, reason)
    introductions.decide(place.session, side.officer, *second)
    words = mark(side.letter, "review_request", "words")
    request = introductions.ask_for_review(place.session, side.candidate, side.vacancy.id, words)
    side.ids["request_id"] = request.id
    pair = select(Introduction.id).where(Introduction.vacancy_id == side.vacancy.id)
    side.ids["introduction_id"] = place.session.scalars(pair).one()


def sign_everybody_in(session: Session, world: World) -> None:
    """A session for each kind of principal; the erased person's outlives the person by its cookie alone."""
    side = world.sides["A"]
    actors = {"candidate": side.candidate, "agency_officer": side.officer, **world.others}
    world.tokens = {
        str(name): sessions.open_session_for(session, session.get_one(Account, actor.id), device="test")
        for name, actor in actors.items()
    }
    gone = world.place.registers()
    publish_one(session, gone)
    world.tokens["erased"] = sessions.open_session_for(session, session.get_one(Account, gone.id), device="test")
    erased = {"profile_id": world.place.profile_of(gone).id, "vacancy_id": uuid4()}
    world.sides["A"].ids |= {f"erased_{name}": value for name, value in erased.items()}
    session.execute(delete(Account).where(Account.id == gone.id))
