"""What the pages about organisations show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation, OrganisationKind
from talent.accounts.permissions import Permission, Role
from talent.foundation.crypto import Key
from talent.foundation.words import N_
from talent.organisations import applications, service
from talent.organisations.models import EvidenceKind, OrganisationApplication, OrganisationEvidence
from talent.organisations.schemas import APPLICANTS
from talent.organisations.states import ORGANISATION, OrganisationAction, OrganisationState
from talent.taxonomy.countries import COUNTRY_CODES, country_name
from web.arranged import Arranged
from web.navigation import ROLE_NAMES
from web.parts import Choice, JournalLine, Tag, Text

KIND_NAMES: Mapping[OrganisationKind, str] = {
    OrganisationKind.AGENCY: N_("Employment agency"),
    OrganisationKind.EMPLOYER: N_("Employer"),
    OrganisationKind.INSTITUTE: N_("Training institute"),
    OrganisationKind.AWARDING_BODY: N_("Awarding body"),
    OrganisationKind.RECOGNITION_AUTHORITY: N_("Recognition authority"),
    OrganisationKind.PROTECTORATE: N_("Protectorate of Emigrants"),
    OrganisationKind.RESOURCE_CENTRE: N_("Migrant Resource Centre"),
    OrganisationKind.PROJECT: N_("Project office"),
}
STATE_TAGS: Mapping[OrganisationState, Tag] = {
    OrganisationState.APPLIED: Tag(N_("Applied"), "waiting"),
    OrganisationState.UNDER_REVIEW: Tag(N_("Under review"), "attention"),
    OrganisationState.VERIFIED: Tag(N_("Verified"), "good"),
    OrganisationState.SUSPENDED: Tag(N_("Suspended"), "bad"),
    OrganisationState.REMOVED: Tag(N_("Removed"), "neutral"),
}
EVIDENCE_NAMES: Mapping[EvidenceKind, str] = {
    EvidenceKind.REGISTER: N_("Entry in a public register"),
    EvidenceKind.LICENCE: N_("Licence"),
    EvidenceKind.MANDATE: N_("Mandate of a Member State or of the project"),
    EvidenceKind.OTHER: N_("Something else"),
}
ACTION_NAMES: Mapping[OrganisationAction, str] = {
    OrganisationAction.REVIEW: N_("Begin the review"),
    OrganisationAction.VERIFY: N_("Verify it"),
    OrganisationAction.REFUSE: N_("Refuse it"),
    OrganisationAction.SUSPEND: N_("Suspend it: its open vacancies leave every list at once, its people only read"),
    OrganisationAction.REINSTATE: N_("End the suspension: its agency publishes each vacancy again"),
    OrganisationAction.REMOVE: N_("Remove it for good"),
}
DONE: Mapping[OrganisationAction, str] = {
    OrganisationAction.REVIEW: N_("The review began"),
    OrganisationAction.VERIFY: N_("Verified"),
    OrganisationAction.REFUSE: N_("Refused"),
    OrganisationAction.SUSPEND: N_("Suspended"),
    OrganisationAction.LAPSE: N_("Suspended, because no evidence counts any longer"),
    OrganisationAction.REINSTATE: N_("The suspension ended"),
    OrganisationAction.REMOVE: N_("Removed"),
}
COUNTS = Tag(N_("Counts"), "good")
TO_CONFIRM = Tag(N_("Waits for the project office"), "waiting")
ENDED = Tag(N_("Has ended"), "bad")
NOT_YET_VETTED = Tag(N_("Not yet vetted"), "attention")
"""How an organisation is shown that was here before vetting began: it may work, and nobody has seen any evidence."""
THE_SERVICE = N_("The service itself")
ALL = Choice("", N_("All"))


@dataclass(frozen=True)
class OrganisationRow:
    """One organisation in a list."""

    organisation: Organisation
    kind: str
    state: Tag
    is_vetted: bool = True


@dataclass(frozen=True)
class ApplicationRow:
    """One application that waits."""

    application: OrganisationApplication
    kind: str


@dataclass(frozen=True)
class OrganisationsView:
    """The organisations that the reader may know, and the applications that wait."""

    rows: Sequence[OrganisationRow]
    applications: Sequence[ApplicationRow]
    may_vet: bool
    arrangement: Arranged
    kinds: Sequence[Choice] = (ALL, *(Choice(kind.value, name) for kind, name in KIND_NAMES.items()))
    states: Sequence[Choice] = (ALL, *(Choice(state.value, tag.label) for state, tag in STATE_TAGS.items()))


@dataclass(frozen=True)
class EvidenceRow:
    """One piece of evidence: what it is, where its file is read, and whether it counts today."""

    evidence: OrganisationEvidence
    kind: str
    file: str
    confirm: str
    state: Tag


@dataclass(frozen=True)
class OrganisationView:
    """One organisation: where it stands, what shows it, what was decided, and what may be decided now."""

    row: OrganisationRow
    evidence: Sequence[EvidenceRow]
    journal: Sequence[JournalLine]
    actions: Sequence[Choice]
    evidence_kinds: Sequence[Choice]
    may_vet: bool
    applicant: str = ""


@dataclass(frozen=True)
class OwnView:
    """The reader's own organisation and, for an agency, the employers that it brought."""

    own: OrganisationView
    employers: Sequence[OrganisationRow]
    may_bring: bool


@dataclass(frozen=True)
class NewView:
    """The choices of the forms that add an organisation."""

    kinds: Sequence[Choice]
    countries: Sequence[Choice]


def row_of(organisation: Organisation, *, is_vetted: bool = True) -> OrganisationRow:
    """The organisation as a list shows it."""
    unseen = organisation.state is OrganisationState.VERIFIED and not is_vetted
    state = NOT_YET_VETTED if unseen else STATE_TAGS[organisation.state]
    return OrganisationRow(organisation, KIND_NAMES[organisation.kind], state, not unseen)


def rows_of(session: Session, organisations: Sequence[Organisation]) -> list[OrganisationRow]:
    """These organisations as a list shows them."""
    vetted = service.shown_something(session, (one.id for one in organisations))
    return [row_of(one, is_vetted=one.id in vetted) for one in organisations]


def organisations_view(session: Session, actor: Actor, arrangement: Arranged) -> OrganisationsView:
    """Every organisation that the actor may know and asks for, and what waits for them."""
    kind, state = arrangement.get("kind"), arrangement.get("state")
    found = [
        one for one in service.organisations(session, actor) if kind in {"", one.kind} and state in {"", one.state}
    ]
    may_vet = actor.has(Permission.ORGANISATION_VET)
    waiting = applications.waiting(session, actor) if may_vet else []
    return OrganisationsView(
        rows_of(session, found),
        [ApplicationRow(one, KIND_NAMES[one.kind]) for one in waiting],
        may_vet,
        arrangement,
    )


def evidence_row(one: OrganisationEvidence, address: str) -> EvidenceRow:
    """One piece of evidence as its table shows it."""
    state = COUNTS if service.counts(one) else TO_CONFIRM if one.confirmed_by is None else ENDED
    here = f"{address}/evidence/{one.id}"
    return EvidenceRow(one, EVIDENCE_NAMES[one.kind], here if one.document_id else "", f"{here}/confirm", state)


def organisation_view(
    session: Session, actor: Actor, organisation: Organisation, key: Key | None = None
) -> OrganisationView:
    """Everything about one organisation that the actor may know; with the key also who applied, while it is vetted."""
    may_vet = actor.has(Permission.ORGANISATION_VET)
    steps = ORGANISATION.steps_from(organisation.state) if may_vet else ()
    address = f"/organisations/{organisation.id}" if actor.has(Permission.ORGANISATION_READ) else "/organisation"
    return OrganisationView(
        row=rows_of(session, [organisation])[0],
        evidence=[evidence_row(one, address) for one in service.evidence_of(session, organisation)],
        journal=[
            JournalLine(line.at, who(line.actor_role), DONE[OrganisationAction(line.action)], line.note)
            for line in reversed(service.organisation_journal(session, organisation))
        ],
        actions=[Choice(step.action.value, ACTION_NAMES[step.action]) for step in steps if step.action in ACTION_NAMES],
        evidence_kinds=[Choice(kind.value, name) for kind, name in EVIDENCE_NAMES.items()],
        may_vet=may_vet,
        applicant=applicant_of(session, actor, organisation, key) if may_vet and key else "",
    )


def applicant_of(session: Session, actor: Actor, organisation: Organisation, key: Key) -> str:
    """Who applied for an organisation that is being vetted: name and address."""
    found = applications.application_of(session, organisation)
    if found is None or organisation.state not in {OrganisationState.APPLIED, OrganisationState.UNDER_REVIEW}:
        return ""
    return ", ".join(filter(None, applications.read_contact(session, actor, key, found)))


def who(role: str) -> Text:
    """Who decided, by what they are."""
    return ROLE_NAMES.get(Role(role), THE_SERVICE)


def own_view(session: Session, actor: Actor) -> OwnView:
    """The actor's own organisation.

    Raises:
        NotFound: the actor works for none.
    """
    known = service.organisations(session, actor)
    own = service.own_organisation(session, actor)
    return OwnView(
        own=organisation_view(session, actor, own),
        employers=rows_of(session, [one for one in known if one.id != own.id]),
        may_bring=actor.has(Permission.ORGANISATION_SPONSOR),
    )


def new_view(language: str) -> NewView:
    """The choices of the forms that add an organisation."""
    countries = sorted(COUNTRY_CODES, key=lambda code: country_name(code, language))
    return NewView(
        [Choice(kind.value, name) for kind, name in KIND_NAMES.items()],
        [Choice(code, country_name(code, language)) for code in countries],
    )


def application_view(language: str) -> NewView:
    """The choices of the form by which an organisation applies from outside."""
    whole = new_view(language)
    return NewView([choice for choice in whole.kinds if OrganisationKind(choice.value) in APPLICANTS], whole.countries)
