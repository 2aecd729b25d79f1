"""What is done in an act where one call does not say it."""

from datetime import timedelta

from sqlalchemy import func, select, text

from talent import looking
from talent.accounts import sessions
from talent.accounts.models import SignInSession
from talent.accounts.permissions import Role
from talent.foundation.clock import now, today
from talent.matching import people, revealing, shared_places, withdrawing
from talent.matching import service as matching
from talent.matching.models import Suggestion
from talent.matching.schemas import PeopleQuestion
from talent.monitoring import saved
from talent.monitoring.crosstab import Question
from talent.placements import (
    costs,
)
from talent.placements.feed_models import CalendarFeed
from talent.placements.models import Placement
from talent.profiles import answers, papers
from talent.profiles import service as profiles
from talent.profiles.models import Consent, Profile
from talent.profiles.schemas import NameAnswer
from talent.readiness import applying
from talent.training.models import Trainee
from tests.access.rows import rows_of_whole
from tests.access.scenes import KEYS
from tests.access.standins import filled_in


def of(rows, name="organisation_id"):
    """Whose these rows are."""
    return {str(getattr(row, name)) for row in rows}


def in_force(s):
    """How many yeses stand."""
    return s.session.scalar(select(func.count()).select_from(Consent).where(Consent.withdrawn_at.is_(None)))


def feeds_kept(s):
    """Whose addresses of calendars there are."""
    return set(s.session.scalars(select(CalendarFeed.account_id)))


def unchanged(count, done):
    """An act that leaves as much as there was: what it is told counts before and after."""

    def act(s):
        before = count(s)
        done(s)
        s.session.flush()
        return bool(before) and count(s) == before

    return act


def seen_at(s, *, ago):
    """Whether a request so long after the last one is noted as the last."""
    token = s.world.tokens["agency_officer"]
    kept = select(SignInSession).where(SignInSession.token_hash == sessions.token_hash(token))
    s.session.scalars(kept).one().last_seen_at = now() - ago
    found = sessions.holder_of(s.session, token)
    return found is not None and found.session.last_seen_at == now()


def kept_twice(s):
    """Whose the table is that somebody keeps under the name under which somebody else keeps one."""
    staff, auditor = s.world.others[Role.PROJECT_STAFF], s.world.others[Role.AUDITOR]
    saved.save(s.session, staff, Question(), title="By country and month")
    return saved.save(s.session, auditor, Question(), title="By country and month").account_id == auditor.id


def looked_at(s):
    """Whose lines of the journal the candidate reads, after officers of both sides looked at their own lists."""
    for side in (s.a, s.b):
        matching.shortlist(s.session, side.officer, side.vacancy.id, language="en")
    revealing.reveal(s.session, s.a.officer, s.a.offers[0].id, s.a.ids["profile_id"], revealing.RevealReason.QUESTION)
    rows = looking.own_looks(s.session, s.a.candidate, number=1).page.rows
    return {row.subject_id for row in rows} == {s.a.candidate.id, s.a.ids["profile_id"]}


def paper_of_another(s):
    """What somebody without a paper reads, when somebody else gave one."""
    papers.give_paper(s.session, s.a.candidate, papers.NumberKind.CNIC, "35202-1234567-1", today() - timedelta(8_000))
    return papers.own_paper(s.session, s.a.silent), papers.own_paper(s.session, s.a.candidate) is not None


def matched(s):
    """What the candidate reads of a match that another person answered."""
    row = s.session.get_one(Suggestion, (s.a.vacancy.id, s.a.ids["profile_id"]))
    return matching.as_matches(s.session, s.a.candidate, [row], language="en")[0].introduction


def on_shortlist(s):
    """Whether the candidate is on the list of the agency's vacancy."""
    _, page = matching.shortlist(s.session, s.a.officer, s.a.vacancy.id, language="en")
    return s.a.ids["profile_id"] in {card.profile_id for card in page.rows}


def taken_back(s):
    """The candidate takes back the yes to a job of which another person is in the introduction."""
    own = select(Consent.id).where(Consent.account_id == s.a.candidate.id, Consent.occasion_id == s.a.vacancy.id)
    return withdrawing.withdraw_consent(s.session, s.a.candidate, s.session.scalars(own).one())


def applied_without_phone(s):
    """Somebody applies whose profile has no number, and whose login is none: other people's logins are."""
    named = NameAnswer(full_name="Silent", phone="", email="silent@example.org")
    answers.save_name(s.session, s.a.silent, profiles.profile_to_change(s.session, s.a.silent), named)
    return applying.apply(s.session, s.a.silent, s.a.ids["cohort_id"], keys=KEYS)


def trainee(s):
    """A record of an institute that nobody joined."""
    return s.session.get_one(Trainee, s.a.colleagues["trainee_id"])


def costs_there(s):
    """What the candidate told about the placement."""
    return costs.costs_of(s.session, s.a.candidate, s.placement)


def shared_out(s, flag):
    """A shared place of each side, with this flag alone; the vacancies of both."""
    for side in (s.a, s.b):
        filled_in(s.session, "shared_place", side, rows_of_whole(side))
    other = "is_unseen" if flag == "is_proposed" else "is_proposed"
    s.session.execute(text(f"update shared_place set {flag} = true, {other} = false"))
    return set(s.session.scalars(text("select vacancy_id from shared_place")))


def proposed(s, officer, flag="is_proposed"):
    """How many of both sides' shared places this officer's agency is proposed."""
    return len(shared_places.proposed_to(s.session, officer, shared_out(s, flag)))


def unseen(s, flag):
    """How many people the staff read of whom nobody sees."""
    shared_out(s, flag)
    return shared_places.unseen(s.session, s.staff).total


def found_alike(s):
    """How many are found who are like the candidate."""
    reference = s.session.get_one(Profile, s.a.ids["profile_id"]).reference
    return people.find(s.session, s.staff, PeopleQuestion(like=reference), language="en").page.total


def found_people(s):
    """How many people a search without any filter finds."""
    return people.find(s.session, s.staff, PeopleQuestion(), language="en").page.total


def leaving(s):
    """The placement of side A that the Protectorate knows of."""
    return s.session.get_one(Placement, s.a.known["protectorate_officer"]["placement_id"])
