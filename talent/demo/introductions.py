"""What people of the demonstration did about their matches; added once matches are there."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.demo.content import identity
from talent.demo.organisations import SIGN_INS, actor
from talent.matching import introductions
from talent.matching.models import Introduction, Suggestion
from talent.matching.states import IntroductionAction
from talent.profiles.models import Profile
from talent.vacancies.models import Vacancy

A = IntroductionAction
REASON = "Thank you. We chose somebody who has worked with this machine before."
STORIES: tuple[tuple[tuple[str, A], ...], ...] = (
    (("candidate", A.SAY_YES),),
    (("agency", A.ASK),),
    (("agency", A.ASK), ("candidate", A.SAY_YES), ("agency", A.ACCEPT)),
    (("agency", A.ASK), ("candidate", A.SAY_NO)),
    (("candidate", A.SAY_YES), ("agency", A.TURN_DOWN)),
    (("candidate", A.SAY_YES), ("candidate", A.WITHDRAW)),
)
"""What happens with the first candidates of a shortlist, one story each."""

MOST_VACANCIES = 24


def are_there(session: Session) -> bool:
    """Whether any introduction of the demonstration's own candidate exists."""
    return bool(session.scalar(select(exists().where(Introduction.profile_id == identity("profile", 0)))))


def add_introductions(session: Session) -> int:
    """Let candidates and agencies act on the best matches of some vacancies; how many introductions began.

    The visitor's own candidate is asked by one agency, has said yes to another, and has the rest still to answer.
    """
    officers = {
        account.organisation_id: actor(account)
        for account in session.scalars(select(Account).where(Account.role == Role.AGENCY_OFFICER))
    }
    visitor = identity("profile", 0)
    done = 0
    for number, vacancy in enumerate(demo_vacancies(session)):
        officer = officers.get(vacancy.organisation_id)
        best = [match for match in shortlist(session, vacancy) if match.profile_id != visitor]
        if officer is None:
            continue
        for place, match in enumerate(best[: 2 + number % 3]):
            play(session, match, officer, STORIES[(number + place) % len(STORIES)])
            done += 1
    own = session.scalars(
        select(Suggestion)
        .where(Suggestion.profile_id == visitor)
        .order_by(Suggestion.missing, Suggestion.score.desc(), Suggestion.tie)
        .limit(2)
    )
    for match, story in zip(own, (STORIES[1], STORIES[0]), strict=False):
        organisation = session.scalar(select(Vacancy.organisation_id).where(Vacancy.id == match.vacancy_id))
        if organisation in officers:
            play(session, match, officers[organisation], story)
            done += 1
    ask_for_reviews(session)
    return done


def demo_vacancies(session: Session) -> list[Vacancy]:
    """Vacancies with a shortlist, in the order of their references, as many as get introductions."""
    with_matches = select(Suggestion.vacancy_id).distinct()
    query = select(Vacancy).where(Vacancy.id.in_(with_matches)).order_by(Vacancy.reference).limit(MOST_VACANCIES)
    return list(session.scalars(query))


def shortlist(session: Session, vacancy: Vacancy) -> list[Suggestion]:
    """The first suggestions of this vacancy, in the order that its agency reads."""
    return list(
        session.scalars(
            select(Suggestion)
            .where(Suggestion.vacancy_id == vacancy.id)
            .order_by(Suggestion.missing, Suggestion.score.desc(), Suggestion.tie)
            .limit(6)
        )
    )


def play(session: Session, match: Suggestion, officer: Actor, story: tuple[tuple[str, A], ...]) -> None:
    """Take the steps of one story, each by whom it belongs to."""
    candidate = candidate_of(session, match)
    for who, action in story:
        if who == "candidate":
            introductions.answer(session, candidate, match.vacancy_id, action)
        else:
            reason = REASON if action is A.TURN_DOWN else ""
            introductions.decide(session, officer, match.vacancy_id, match.profile_id, action, reason)


def candidate_of(session: Session, match: Suggestion) -> Actor:
    """The candidate of a match, as they act."""
    account = session.scalars(
        select(Account).join(Profile, Profile.account_id == Account.id).where(Profile.id == match.profile_id)
    ).one()
    return actor(account)


def ask_for_reviews(session: Session) -> None:
    """Two candidates ask a person to look; the project has answered one of them."""
    login = next(who.login for who in SIGN_INS if who.role is Role.PROJECT_STAFF)
    staff = session.scalars(select(Account).where(Account.login == login)).one()
    low = session.scalars(select(Suggestion).order_by(Suggestion.missing.desc(), Suggestion.tie).limit(2)).all()
    words = (
        "My certificate says 12 months, but the match says that the length is not known.",
        "I worked abroad for three years and I think that it was not counted.",
    )
    for number, (match, said) in enumerate(zip(low, words, strict=False)):
        request = introductions.ask_for_review(session, candidate_of(session, match), match.vacancy_id, said)
        if number == 0:
            answer = "We looked at it: add the length to your certificate in your profile, then it counts."
            introductions.answer_review(session, actor(staff), request.id, answer)
