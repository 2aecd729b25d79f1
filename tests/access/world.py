"""Two of everything: agencies with their people, vacancies, files and candidates, every text marked with its side."""

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID, uuid4

from sqlalchemy import String, Text, delete, or_, select, text
from sqlalchemy.orm import Session

from talent.accounts import service as accounts
from talent.accounts import sessions
from talent.accounts.actor import Actor
from talent.accounts.authenticator_apps import factor_key
from talent.accounts.models import ORGANISATION_OF, Account, Organisation
from talent.accounts.permissions import OFFICERS, Permission, Role
from talent.erasure import erase
from talent.foundation.documents import Purpose
from talent.foundation.person_keys import key_of_organisation
from talent.foundation.settings import Settings
from talent.matching.engine import load
from talent.matching.models import Suggestion
from talent.monitoring.crosstab import Question
from talent.monitoring.saved import save
from talent.profiles import answers
from talent.profiles.models import CVFact
from talent.profiles.schemas import NameAnswer
from talent.profiles.service import profile_to_change
from talent.readiness import applying
from talent.registry import METADATA
from talent.training.cards import Card, sealed
from talent.training.models import Trainee
from talent.vacancies import importing
from talent.vacancies import service as vacancies
from talent.vacancies.columns import COLUMNS as VACANCY_COLUMNS
from tests.access.deeds import acted, followed, placed
from tests.access.scenes import (
    KEYS,
    Things,
    applied,
    asked_for,
    attended,
    begun_case,
    crosswalked,
    demanded,
    helped,
    kept_file,
    let_in,
    letters_of,
    not_quite_in,
    own_ways_in,
    provided,
    registered,
    sent_case,
    shown_to_be,
    staffed,
    taught,
    things_of_case,
    trainee_of,
    waiting_invitation,
)
from tests.access.sides import Side, mark
from tests.factories.corridor import concept, make_release
from tests.factories.encoder import KeywordEncoder
from tests.factories.profiles import publish_one
from tests.factories.weights import make_weights
from tests.journeys.conftest import Place, welder_wanted

OF_A_SIDE = {Role.AGENCY_OFFICER, Role.INSTITUTE_OFFICER, Role.RECOGNITION_OFFICER}
"""Who works for an organisation of a side; of every other role there is one."""
SHORTEST_MARKED = 40
"""Characters that a text column must hold to be marked; shorter ones hold codes."""
NOT_MARKED = {"login", "password_hash", "sha256", "text_hash", "model_hash", "input_hash", "token_hash", "actor_role"}
NOT_MARKED |= {"case_kind", "action", "from_state", "to_state", "purpose", "language", "weights_version", "device"}
NOT_MARKED |= {"taxonomy_version", "compared_with", "vacancy_input", "profile_input", "original_name", "key", "email"}
NOT_MARKED |= {"person_key", "contact_key", "procedure_id", "authority_id", "phone_key", "email_key", "card_sealed"}
UNIQUELY_NAMED = {"organisation", "training_programme", "course"}
PUBLIC_OR_TOLD_APART = {
    ("organisation", "name"): "case kind when 'institute' then 'Kanarie{side}publicname-'"
    " else 'Kanarie{side}organisationname-' end || left(id::text, 8)",
    ("stored_file", "original_name"): "'Kanarie{side}storedfile' || purpose ||"
    " replace((select role from account where account.id = owner_id), '_', '')",
}
"""The names of institutes are public; files are told apart by what they are for and who brought them."""
SKILL = {"skill_id": str(concept("welding steel")), "label": "welding steel"}


@dataclass
class World:
    """Both sides, and one officer of every other kind."""

    place: Place
    settings: Settings
    sides: dict[str, Side] = field(default_factory=dict)
    others: dict[Role, Actor] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    """The sign-in token of each kind of principal."""
    personal: dict[str, Things] = field(default_factory=dict)
    """What each kind of principal has for itself alone."""
    evidence: dict[UUID, UUID] = field(default_factory=dict)
    """By the id of an organisation: a paper that shows what it is."""
    words: dict[str, str] = field(default_factory=dict)
    """The secrets that open an address by themselves."""
    gone: Things = field(default_factory=dict)
    """What there was of somebody who was erased."""

    @cached_property
    def session(self) -> Session:
        """The session in which the scene is set."""
        return self.place.session

    def actor(self, role: Role) -> Actor:
        """Who asks as this role: somebody of side A, or the only one of the role."""
        side = self.sides["A"]
        own = {Role.CANDIDATE: side.candidate, Role.AGENCY_OFFICER: side.officer}
        own |= {Role.INSTITUTE_OFFICER: side.institute, Role.RECOGNITION_OFFICER: side.office}
        return (own | self.others)[role]


def made_world(session: Session, settings: Settings) -> World:
    """The whole scene; everything derived is computed from marked texts."""
    make_release(session)
    world = World(Place(session, load(session, KeywordEncoder())), settings)
    for role in sorted((OFFICERS - OF_A_SIDE) | {Role.PROJECT_STAFF, Role.ADMINISTRATOR, Role.AUDITOR}):
        world.others[role] = joined(world.place, role, f"Office of {role}")
    for letter in "AB":
        world.sides[letter] = begun_side(world, letter)
    for side in world.sides.values():
        marked(session, side)
    world.place.work()
    keep_apart(session, world)
    for side in world.sides.values():
        acted(world.place, side)
        placed(world.place, side, world.settings.var_dir, world.others[Role.EMPLOYER])
        studied(world, side)
        recognised(world, side)
        side.ids |= registered(session, 9 if side.letter == "A" else 1)
        side.ids |= crosswalked(session, world.others[Role.PROJECT_STAFF], f"Welder, list {side.letter}")
    one_who_is_erased(world)
    overseen(world)
    for side in world.sides.values():
        marked(session, side)
    sign_everybody_in(session, world)
    session.flush()
    return world


def joined(place: Place, role: Role, organisation: str) -> Actor:
    """Somebody of this role in the organisation of this name, which is added when there is none."""
    kind = ORGANISATION_OF[role]
    known = place.session.scalar(select(Organisation).where(Organisation.name == organisation))
    known = known or accounts.add_organisation(place.session, kind=kind, name=organisation, country="PK")
    token = accounts.invite(place.session, None, role=role, organisation=known)
    login = f"{role}-{uuid4().hex[:8]}@example.org"
    return place.actor(
        accounts.accept_invitation(
            place.session, token=token, login=login, password="four quiet words here", name="Somebody"
        )
    )


def begun_side(world: World, letter: str) -> Side:
    """An agency with two officers, two vacancies, an institute, an office, and two candidates."""
    place, var_dir = world.place, world.settings.var_dir
    officer, colleague = (joined(place, Role.AGENCY_OFFICER, f"Agentur {letter}") for _ in range(2))
    institute, teacher = (joined(place, Role.INSTITUTE_OFFICER, f"Institute {letter}") for _ in range(2))
    office = joined(place, Role.RECOGNITION_OFFICER, f"Stelle {letter}")
    candidate, silent = place.registers(), place.registers()
    for one, table in ((candidate, "identity"), (silent, "silent")):
        publish_one(place.session, one)
        named = NameAnswer(full_name=mark(letter, table, "full_name"), phone="0301 2345678", email="")
        answers.save_name(place.session, one, profile_to_change(place.session, one), named)
    posted = place.posts(officer), place.posts(colleague)
    offers, others = ((place.posts(one), place.posts(one)) for one in (officer, colleague))
    side = Side(
        letter,
        officer,
        colleague,
        institute,
        teacher,
        office,
        candidate,
        silent,
        *posted,
        offers,
        others,
        place.posts(officer),
    )
    draft = vacancies.create(place.session, officer, welder_wanted())
    profile = place.profile_of(candidate)
    files = mark(letter, "stored_file", "")
    cv = kept_file(place.session, var_dir, candidate, Purpose.CV, files, f"A CV. {files}content")
    fact = CVFact(profile_id=profile.id, document_id=cv.id, number=1, kind="skill", value=SKILL, words="words")
    place.session.add(fact)
    place.session.flush()
    side.ids = {
        "vacancy_id": side.vacancy.id,
        "draft_vacancy": draft.id,
        "profile_id": profile.id,
        "fact_id": fact.id,
        "import_id": brought_vacancies(world, officer, files),
        "organisation_id": officer.organisation_id or uuid4(),
        "provider_id": provided(place.session, place.session.get_one(Organisation, institute.organisation_id), files),
    }
    for name, table in (("experience", "work_period"), ("qualifications", "qualification"), ("languages", None)):
        query = text(f"select id from {table or 'profile_language'} where profile_id = :profile")
        side.ids[name] = place.session.scalar(query, {"profile": profile.id})
    side.colleagues = {"vacancy_id": side.second.id, "import_id": brought_vacancies(world, colleague, files)}
    side.unshared = {"agency_officer": {"profile_id": place.profile_of(silent).id}}
    return side


def brought_vacancies(world: World, officer: Actor, mark: str) -> UUID:
    """A file of vacancies of which no row can be taken, so that each is shown and given back with its reasons."""
    titles = ",".join(column.name for column in VACANCY_COLUMNS if column.required)
    words = ",".join(f"{mark}content{number}" for number in range(titles.count(",") + 1))
    content = f"{titles}\n{words}\n".encode()
    name, var_dir = f"{mark}filename.csv", world.settings.var_dir
    return importing.upload(world.session, officer, content, original_name=name, var_dir=var_dir).id


def studied(world: World, side: Side) -> None:
    """Both candidates are on a course of the institute; a teacher of it keeps another one."""
    session, words = world.session, mark(side.letter, "register", "")
    var_dir = world.settings.var_dir
    for keeper, things, suffix in ((side.institute, side.ids, ""), (side.teacher, side.colleagues, "second")):
        made, cohort = taught(session, keeper, words + suffix, var_dir)
        people = [side.candidate, side.silent][:: 1 if keeper is side.institute else -1]
        offered = side.candidate if keeper is side.institute else side.silent
        made |= attended(session, keeper, cohort, people[:1] if suffix else people, offered, words + suffix)
        made["training_request_id"] = asked_for(session, side.officer, side.vacancy.id, keeper, words)
        things.update(made)
    side.colleagues["training_request_id"] = asked_for(session, side.colleague, side.second.id, side.institute, words)
    silent = {name: side.colleagues[name] for name in ("enrolment_id", "trainee_id")}
    side.unshared["candidate"] = silent


def recognised(world: World, side: Side) -> None:
    """Both candidates have a case at the office, in which the agency acts and the institute was asked; a third one has
    one that no office was handed; on side A an employer acts in it.
    """
    session, staff, var_dir = world.session, world.others[Role.PROJECT_STAFF], world.settings.var_dir
    words = mark(side.letter, "recognition", "")
    side.ids |= sent_case(session, side.candidate, side.office, staff, words, var_dir)
    side.colleagues |= sent_case(session, side.silent, side.office, staff, words, var_dir)
    for candidate, things in ((side.candidate, side.ids), (side.silent, side.colleagues)):
        things |= let_in(session, candidate, things["case_id"], side.officer, side.institute)
    third = world.place.registers()
    unsent = things_of_case(session, begun_case(session, third, words, var_dir))
    if side.letter == "A":
        let_in(session, third, unsent["case_id"], world.others[Role.EMPLOYER], world.others[Role.AWARDING_OFFICER])
    side.unshared["recognition_officer"] = unsent
    side.unshared["candidate"] |= {name: side.colleagues[name] for name in ("case_id", "paper_id", "curriculum_id")}
    helper = joined(world.place, Role.RESOURCE_CENTRE_OFFICER, f"Helpers {side.letter}")
    side.ids |= demanded(session, side.candidate, words) | {"help_id": helped(session, side.candidate, helper)}
    side.unshared["candidate"] |= demanded(session, side.silent, words)


def overseen(world: World) -> None:
    """What the project office has about both sides."""
    session, staff = world.session, world.others[Role.PROJECT_STAFF]
    second = joined(world.place, Role.ADMINISTRATOR, "Office of administrator")
    for side in world.sides.values():
        about = session.get_one(Account, side.teacher.id)
        side.ids |= staffed(session, staff, about, mark(side.letter, "role_grant", ""))
        seen = mark(side.letter, "organisation_evidence", "")
        for organisation in reversed(side.organisations):  # the agency's last: it is the side's own
            evidence = shown_to_be(session, staff, organisation, seen, world.settings.var_dir)
            world.evidence[organisation] = side.ids["evidence_id"] = evidence
        asked = mark(side.letter, "organisation_application", "")
        side.ids["application_id"] = applied(session, factor_key(world.settings), asked)
        side.ids["invitation_id"] = waiting_invitation(session, second)
        side.ids["weights_id"] = make_weights(session, compared_with=side.letter).id
        keeper = staff if side.letter == "A" else second
        side.ids["table_id"] = save(session, keeper, Question(), title="By country").id
        placement = side.ids["placement_id"]
        side.ids["follow_up_id"] = followed(session, staff, placement, mark(side.letter, "follow_up", "note"))


def one_who_is_erased(world: World) -> None:
    """Somebody who had a profile, a course, a case and demands, and was erased."""
    session, side = world.session, world.sides["A"]
    gone = world.place.registers()
    publish_one(session, gone)
    named = NameAnswer(full_name="Gone", phone="0303 2345678", email="")
    answers.save_name(session, gone, profile_to_change(session, gone), named)
    world.gone = {"profile_id": world.place.profile_of(gone).id}
    world.gone["enrolment_id"] = applying.apply(session, gone, side.ids["cohort_id"], keys=KEYS).id
    world.gone["trainee_id"] = trainee_of(session, gone)
    staff = world.others[Role.PROJECT_STAFF]
    case = sent_case(session, gone, side.office, staff, "Gone", world.settings.var_dir)
    world.gone |= {name: case[name] for name in ("case_id", "paper_id")} | demanded(session, gone, "Gone")
    world.gone |= let_in(session, gone, case["case_id"], side.officer, side.institute)
    account = session.get_one(Account, gone.id)
    world.tokens["erased"] = sessions.open_session_for(session, account, device="test")
    world.gone |= own_ways_in(session, account, "Gone") | {"help_id": helped(session, gone, staff)}
    erase(session, world.settings, gone.id, reason="test")


def rows_of(side: Side) -> dict[str, str]:
    """For each table that holds something of a side, which rows are this side's."""
    everybody = (side.candidate, side.silent, side.officer, side.colleague, side.institute, side.teacher, side.office)
    people = ", ".join(f"'{actor.id}'" for actor in everybody)
    profiles = f"profile_id in (select id from profile where account_id in ({people}))"
    own = f"organisation_id = '{side.officer.organisation_id}'"
    organisations = ", ".join(f"'{one}'" for one in side.organisations)
    kept = f"organisation_id in ({organisations})"
    posted = f"vacancy_id in (select id from vacancy where {own})"
    complaints = f"select id from charge_complaint where account_id in ({people})"
    about = (
        f"case_kind = 'vacancy' and case_id in (select id from vacancy where {own})"
        f" or case_kind = 'charge_complaint' and case_id in ({complaints})"
    )
    parts = ("profile_skill", "profile_language", "qualification", "work_period", "cv_fact")
    return {
        "account": f"id in ({people})",
        "organisation": f"id in ({organisations})",
        "profile": f"account_id in ({people})",
        **dict.fromkeys((*parts, "review_request"), profiles),
        "vacancy": own,
        "vacancy_skill": posted,
        "vacancy_language": posted,
        "vacancy_import": own,
        "stored_file": f"owner_id in ({people})",
        "case_event": f"actor_id in ({people}) or {about}",
        "organisation_evidence": kept,
        **dict.fromkeys(("training_programme", "course", "cohort", "trainee", "training_concern"), kept),
        **dict.fromkeys(("integrity_finding", "training_request"), kept),
        "course_skill": f"course_id in (select id from course where {kept})",
        **dict.fromkeys(("enrolment", "assessment"), f"cohort_id in (select id from cohort where {kept})"),
        **dict.fromkeys(("recognition_case", "curriculum_request"), f"account_id in ({people})"),
        "score_weights": f"compared_with = '{side.letter}'",
        "recognition_paper": f"case_id in (select id from recognition_case where account_id in ({people}))",
        **dict.fromkeys(("rights_request", "role_grant"), f"account_id in ({people})"),
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
        apart = " || '-' || left(id::text, 8)"
        unique = {"reference": apart} | ({"name": apart, "title": apart} if table in UNIQUELY_NAMED else {})
        for column in columns:
            if table == "case_event":
                continue  # a journal is only ever added to; its notes are marked where they are written
            value = f"'{mark(side.letter, table, column)}'{unique.get(column, '')}"
            value = PUBLIC_OR_TOLD_APART.get((table, column), value).format(side=side.letter)
            session.execute(text(f"update {table} set {column} = {value} where {where}"))
    for trainee in session.scalars(select(Trainee).where(text(rows_of(side)["trainee"]))):
        card = Card(mark(side.letter, "trainee", "full_name"))
        trainee.card_sealed = sealed(key_of_organisation(session, trainee.organisation_id), trainee.id, card)
    session.flush()
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


def sign_everybody_in(session: Session, world: World) -> None:
    """A session for each kind of principal; that of the erased person outlives the person by its cookie alone."""
    side, other = world.sides["A"], world.sides["B"]
    for role in sorted(OF_A_SIDE | {Role.CANDIDATE} | set(world.others)):
        actor = world.actor(role)
        account = session.get_one(Account, actor.id)
        world.tokens[role.value] = sessions.open_session_for(session, account, device="test")
        world.personal[role.value] = own_ways_in(session, account, mark("A", "sign_in", ""))
        if role is Role.EMPLOYER:
            world.personal[role.value] |= side.unshared["recognition_officer"]
        if actor.has(Permission.OVERVIEW_READ):
            world.personal[role.value]["table_id"] = save(session, actor, Question(), title="By country").id
        world.personal[role.value] |= side.known.get(role.value, {})
        if role in OFFICERS and account.organisation_id is not None:
            office, words = account.organisation_id, mark("A", "organisation_evidence", "")
            staff, var_dir = world.others[Role.PROJECT_STAFF], world.settings.var_dir
            known = world.evidence.get(office) or shown_to_be(session, staff, office, words, var_dir)
            world.personal[role.value]["evidence_id"] = known
    world.tokens |= not_quite_in(session, session.get_one(Account, side.colleague.id))
    world.words = letters_of(session, session.get_one(Account, side.silent.id))
    other.ids |= own_ways_in(session, session.get_one(Account, other.candidate.id), mark("B", "sign_in", ""))
    side.ids["review_id"], other.ids["review_id"] = side.ids.pop("request_id"), other.ids.pop("request_id")
