"""The jobs that other packages defer by name when a profile or a vacancy changes."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from talent.foundation.jobs import task

MATCH_PROFILE = "match_profile"
MATCH_VACANCY = "match_vacancy"
MATCH_ACCOUNT = "match_account"
MATCH_AWARD = "match_award"
FILL_LISTS = "fill_lists"
PROPOSE_LINKS = "propose_links"
SHARE_OUT = "share_out"
MATCH_ANEW = "match_anew"
AFTER_CHANGES: Final = -1
"""The priority of filling lists up: whatever changed comes before it."""
AFTER_FILLING: Final = -2
"""The priority of what reads all lists."""
AFTER_THE_NIGHT = "41 21 * * *"
"""Every day at 21:41 UTC, when the night's closing and sweeping is done."""


@task(MATCH_PROFILE)
def match_profile(profile_id: str, left: Sequence[str] = ()) -> None:
    """Compute and store the lists that this candidate's change touches; ``left`` are those they were erased from."""
    from talent.matching.worker import this_worker  # The web process knows the job's name and never loads the model.

    this_worker().match_profile(UUID(profile_id), [UUID(vacancy) for vacancy in left])


@task(MATCH_VACANCY)
def match_vacancy(vacancy_id: str) -> None:
    """Compute and store the lists that this vacancy's change touches."""
    from talent.matching.worker import this_worker  # The web process knows the job's name and never loads the model.

    this_worker().match_vacancy(UUID(vacancy_id))


@task(MATCH_ACCOUNT)
def match_account(account_id: str) -> None:
    """Compute and store the lists that a change outside the candidate's profile touches."""
    from talent.matching.worker import this_worker  # The web process knows the job's name and never loads the model.

    this_worker().match_account(UUID(account_id))


@task(MATCH_AWARD)
def match_award(standard_id: str) -> None:
    """Compute and store the lists of everybody who holds an award whose crosswalk was published."""
    from talent.matching.worker import this_worker  # The web process knows the job's name and never loads the model.

    this_worker().match_award(UUID(standard_id))


@task(FILL_LISTS)
def fill_lists(profile_ids: list[str]) -> None:
    """Bring the lists of these candidates up to length, from which a vacancy was taken."""
    from talent.matching.worker import this_worker  # The web process knows the job's name and never loads the model.

    this_worker().fill_lists([UUID(profile) for profile in profile_ids])


@task(MATCH_ANEW)
def match_anew() -> None:
    """Compute every list anew that was made with other weights than those adopted last."""
    from talent.matching.worker import this_worker  # The web process knows the job's name and never loads the model.

    this_worker().match_anew()


@task(PROPOSE_LINKS)
def propose_links(standard_id: str) -> None:
    """Propose skills for the units of an award."""
    from talent.matching.worker import this_worker  # The web process knows the job's name and never loads the model.

    this_worker().propose_links(UUID(standard_id))


@task(SHARE_OUT, cron=AFTER_THE_NIGHT)
def share_out(timestamp: int = 0) -> None:  # noqa: ARG001 - the queue passes the moment for which it was due
    """Share the open seats out over all lists at once."""
    from talent.matching.worker import this_worker  # The web process knows the job's name and never loads the model.

    this_worker().share_out()
