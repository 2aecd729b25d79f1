"""The demonstration's organisations and everybody who can sign in to it."""

import base64
import hmac
import secrets
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from talent.accounts import authenticator_apps
from talent.accounts.actor import Actor
from talent.accounts.models import Account, Organisation, OrganisationKind
from talent.accounts.passwords import hash_password
from talent.accounts.permissions import NEEDS_SECOND_STEP, Role
from talent.demo.content import DOMAIN, content_hash, identity, read
from talent.foundation.clock import now
from talent.foundation.settings import Settings

PASSWORD_CHARACTERS = 20  # 100 bits in base 32


@dataclass(frozen=True)
class SignIn:
    """One person whom a visitor may be; the password belongs to this installation alone."""

    group: str
    role: Role
    login: str


SIGN_INS: tuple[SignIn, ...] = (
    SignIn("Candidate", Role.CANDIDATE, f"candidate@{DOMAIN}"),
    SignIn("Employment agency", Role.AGENCY_OFFICER, f"agency@{DOMAIN}"),
    SignIn("Employer", Role.EMPLOYER, f"employer@{DOMAIN}"),
    SignIn("Training institute", Role.INSTITUTE_OFFICER, f"institute@{DOMAIN}"),
    SignIn("Project staff", Role.PROJECT_STAFF, f"project@{DOMAIN}"),
    SignIn("Protectorate", Role.PROTECTORATE_OFFICER, f"protectorate@{DOMAIN}"),
    SignIn("Administrator", Role.ADMINISTRATOR, f"administrator@{DOMAIN}"),
)


def letters_of(settings: Settings, purpose: str) -> str:
    """Letters of base 32 that only this installation's secret key gives for a purpose."""
    assert settings.secret_key is not None  # load_settings() puts one in place
    digest = hmac.digest(settings.secret_key.get_secret_value().encode(), purpose.encode(), "sha256")
    return base64.b32encode(digest).decode()


def app_secret_of(settings: Settings, login: str) -> str:
    """The secret of a demonstration sign-in's authenticator app, 160 bits."""
    return letters_of(settings, f"demo app:{login}")[:32]


def shown_code(settings: Settings, login: str) -> str:
    """The code that the app of a demonstration sign-in shows now; empty for everybody else and everywhere else.

    A real account is never given away: its app holds another secret than the one that this code is made from.
    """
    if not settings.demo or login not in {who.login for who in SIGN_INS if who.role in NEEDS_SECOND_STEP}:
        return ""
    return authenticator_apps.code_at(app_secret_of(settings, login), authenticator_apps.present_step())


def password_of(settings: Settings, login: str) -> str:
    """The password of a demonstration sign-in: made from the installation's secret key, so never the same twice."""
    letters = letters_of(settings, f"demo:{login}").lower()[:PASSWORD_CHARACTERS]
    return "-".join(letters[start : start + 5] for start in range(0, PASSWORD_CHARACTERS, 5))


def project_id() -> object:
    """The id of the demonstration's project office: there only if this demonstration is loaded."""
    return identity("project", content_hash())


@dataclass(frozen=True)
class People:
    """Everybody of the demonstration who is no candidate, as they act."""

    officers: dict[str, Actor]  # by the country of their agency
    candidate: Account  # the one whom a visitor may be
    staff: Actor
    nobodys_hash: str  # of a password that was thrown away


def add_people(session: Session, settings: Settings) -> People:
    """Add organisations and accounts; only those of ``SIGN_INS`` have a password that anybody knows."""
    content = read("organisations")
    nobodys_hash = hash_password(secrets.token_urlsafe(32))
    hashes = {who.login: hash_password(password_of(settings, who.login)) for who in SIGN_INS}
    logins = {who.role: who.login for who in SIGN_INS}

    def account(role: Role, name: str, organisation: Organisation | None, login: str) -> Account:
        made = Account(
            id=identity("account", login),
            login=login,
            password_hash=hashes.get(login, nobodys_hash),
            role=role,
            name=name,
            organisation_id=organisation.id if organisation else None,
            created_at=now(),
        )
        session.add(made)
        return made

    officers = {}
    for number, row in enumerate(content["agencies"]):
        agency = organisation(session, OrganisationKind.AGENCY, row["name"], row["country"])
        login = logins[Role.AGENCY_OFFICER] if number == 0 else f"agency-{row['country'].lower()}@{DOMAIN}"
        officers[row["country"]] = actor(account(Role.AGENCY_OFFICER, row["officer"], agency, login))
    for number, row in enumerate(content["institutes"]):
        institute = organisation(session, OrganisationKind.INSTITUTE, row["name"], "PK")
        login = logins[Role.INSTITUTE_OFFICER] if number == 0 else f"institute-{number + 1}@{DOMAIN}"
        account(Role.INSTITUTE_OFFICER, row["officer"], institute, login)
    row = content["employer"]
    brought_by = officers[row["country"]].organisation_id
    employer = organisation(session, OrganisationKind.EMPLOYER, row["name"], row["country"], parent_id=brought_by)
    account(Role.EMPLOYER, row["officer"], employer, logins[Role.EMPLOYER])
    row = content["protectorate"]
    protectorate = organisation(session, OrganisationKind.PROTECTORATE, row["name"], "PK")
    account(Role.PROTECTORATE_OFFICER, row["officer"], protectorate, logins[Role.PROTECTORATE_OFFICER])
    office = organisation(session, OrganisationKind.PROJECT, content["project"]["name"], "PK", project=True)
    staff = account(Role.PROJECT_STAFF, content["project"]["staff"], office, logins[Role.PROJECT_STAFF])
    account(Role.ADMINISTRATOR, content["project"]["administrator"], office, logins[Role.ADMINISTRATOR])
    candidate = account(Role.CANDIDATE, "", None, logins[Role.CANDIDATE])
    session.flush()
    add_apps(session, settings)
    return People(officers, candidate, actor(staff), nobodys_hash)


def add_apps(session: Session, settings: Settings) -> None:
    """Give every sign-in that needs a second step its authenticator app."""
    key = authenticator_apps.factor_key(settings)
    for who in SIGN_INS:
        if who.role in NEEDS_SECOND_STEP:
            account_id = identity("account", who.login)
            authenticator_apps.keep(session, key, account_id, app_secret_of(settings, who.login))


def organisation(
    session: Session,
    kind: OrganisationKind,
    name: str,
    country: str,
    *,
    project: bool = False,
    parent_id: UUID | None = None,
) -> Organisation:
    """Add one organisation; the project office carries the mark of this demonstration as its id."""
    made = Organisation(
        id=project_id() if project else identity("organisation", name),
        kind=kind,
        name=name,
        country=country,
        parent_id=parent_id,
        created_at=now(),
    )
    session.add(made)
    session.flush()
    return made


def actor(account: Account) -> Actor:
    """Somebody who acts under this account."""
    return Actor(account.id, account.role, account.name, account.organisation_id)
