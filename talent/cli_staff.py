"""``talent roles`` and ``talent accounts``: the pages of the staff as commands, with the same verdicts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated
from uuid import UUID

import typer
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.logins import folded_login
from talent.accounts.models import Account, Organisation
from talent.accounts.standing import READ_ONLY
from talent.cli_console import console, database, read_settings
from talent.foundation.audit import acting
from talent.foundation.errors import NotFound, Unprocessable
from talent.foundation.row_context import enter
from talent.profiles import keeping_out
from talent.staffing import service, suspending
from talent.staffing.schemas import NO_ROLE, NewGrant
from talent.staffing.states import AccountAction, GrantAction

roles = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Giving and taking roles: one proposes, one decides."
)
accounts = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Suspending accounts and letting them in again."
)

ActsAs = Annotated[str, typer.Option("--as", help="The login of the member of staff who does it.")]
Why = Annotated[str, typer.Option(help="The reason, which is kept.")]


@contextmanager
def acting_as(login: str) -> Iterator[tuple[Session, Actor]]:
    """One transaction of this member of staff, who may do and see here what the pages let them do and see.

    Raises:
        NotFound: nobody of this login may sign in.
    """
    with database(read_settings()) as sessions, sessions.begin() as session:
        account = session.scalar(select(Account).where(Account.login == folded_login(login)))
        if account is None or account.suspended_at is not None:
            raise NotFound("Nobody who may sign in has this login.")
        office = session.get(Organisation, account.organisation_id) if account.organisation_id else None
        only_reads = office is not None and office.state in READ_ONLY
        actor = Actor(account.id, account.role, account.name, account.organisation_id, account.language, only_reads)
        enter(session, actor.rows)
        acting(session, actor)
        yield session, actor


@roles.command("list")
def list_roles(acts_as: ActsAs) -> None:
    """The newest proposals, first what waits."""
    with acting_as(acts_as) as (session, actor):
        for grant, account in service.grants(session, actor):
            console.print(
                f"{grant.id}  {grant.state}  {account.login}: {grant.role_before} -> {grant.role_after or NO_ROLE}"
            )


@roles.command()
def propose(
    login: Annotated[str, typer.Argument(help="Whose role is to change.")],
    role: Annotated[str, typer.Argument(help="What the person is from then on, or none.")],
    acts_as: ActsAs,
    reason: Why,
    organisation: Annotated[UUID | None, typer.Option(help="The id of the organisation, when it changes.")] = None,
) -> None:
    """Propose a role; prints the number of the proposal."""
    try:
        asked = NewGrant.model_validate({"login": login, "role": role, "organisation": organisation, "reason": reason})
    except ValidationError as wrong:
        raise Unprocessable("; ".join(f"{error['loc'][0]}: {error['msg']}" for error in wrong.errors())) from None
    with acting_as(acts_as) as (session, actor):
        console.print(str(service.propose(session, actor, asked).id))


@roles.command()
def decide(
    grant_id: Annotated[UUID, typer.Argument(help="The number of the proposal.")],
    action: Annotated[GrantAction, typer.Argument(help="What to do.")],
    acts_as: ActsAs,
    reason: Why = "",
) -> None:
    """Approve, decline or withdraw a proposal."""
    with acting_as(acts_as) as (session, actor):
        grant = service.get_grant(session, actor, grant_id)
        service.decide(session, actor, grant, action, reason=reason)
        console.print(f"{grant.id}  {grant.state}")


def _decide_about(login: str, action: AccountAction, acts_as: str, reason: str) -> None:
    with acting_as(acts_as) as (session, actor):
        account = suspending.find(session, actor, login)
        event = keeping_out.decide(session, actor, account, action, reason=reason)
        console.print(f"{account.login}: {event.to_state}")


@accounts.command()
def suspend(login: Annotated[str, typer.Argument(help="Whose account.")], acts_as: ActsAs, reason: Why) -> None:
    """Suspend an account: its sessions end at once."""
    _decide_about(login, AccountAction.SUSPEND, acts_as, reason)


@accounts.command()
def lift(login: Annotated[str, typer.Argument(help="Whose account.")], acts_as: ActsAs, reason: Why) -> None:
    """Lift the suspension of an account."""
    _decide_about(login, AccountAction.LIFT, acts_as, reason)
