"""What would move a candidate in a list: the same places as comparing everybody anew, read on the match's own page."""

from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import event, update

from talent.accounts.actor import Actor
from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.foundation.clock import today
from talent.foundation.errors import NotFound, NotPermitted
from talent.matching import prospects, runs
from talent.matching.counterfactuals import SKILL
from talent.matching.engine import load
from talent.matching.models import Suggestion
from talent.matching.prospects import prospect
from talent.matching.ranking import own_keys, rank
from talent.matching.wishes import both_sides
from talent.profiles.models import ProfileLanguage
from talent.taxonomy.levels import CEFR
from talent.training import service as training
from talent.training.schemas import CourseDraft, ProgrammeDraft
from talent.training.states import CohortAction
from tests.factories.corridor import (
    concept,
    make_agency,
    make_published_profile,
    make_published_vacancy,
    make_release,
)
from tests.factories.encoder import KeywordEncoder
from tests.factories.training import a_cohort, make_institute

OTHERS = 8


class Corridor:
    """Nine welders for one job that asks for German A2, a crane licence and three skills; ours lacks most of it."""

    def __init__(self, session):
        make_release(session)
        self.session = session
        self.vacancy = make_published_vacancy(
            session, make_agency(session), must=("welding steel", "pipe welding", "wiring"), licences=["crane"], seats=9
        )
        english = [ProfileLanguage(language="en", level=CEFR.B1)]
        self.profile = make_published_profile(session, skills=("welding steel",), languages=english)
        for number in range(OTHERS):
            make_published_profile(
                session,
                skills=("welding steel", "pipe welding", "wiring", "care")[: number % 5],
                licences=["crane"] if number % 2 else [],
                first_countries=["DE"] if number % 3 else ["IT"],
            )
        self.engine = load(session, KeywordEncoder())
        runs.match_everything(session, self.engine)
        self.candidate = Actor(self.profile.account_id, Role.CANDIDATE)

    def place_among_everybody(self, outcome):
        """The place of these changes when everybody is compared anew; texts as they are."""
        pool = self.engine.pool
        row = pool.index[self.profile.id]
        digest = pool.digest(row)
        before = view = self.engine.views(self.session, [row])[row]
        for change in outcome.changes:
            view = change.applied(view)
        pool.put(view, pool.vectors[row].astype(np.float32) / 2**11)
        open_ = self.engine.vacancies[self.vacancy.id]
        ranked = rank(pool, open_.view, open_.vector)
        pool.put(before, pool.vectors[row].astype(np.float32) / 2**11, digest)
        by_both = own_keys(ranked.keys, both_sides(ranked.scores, ranked.wished.total[:, 0]))
        return 1 + ranked.rows[np.argsort(-by_both)].tolist().index(row)


@pytest.fixture
def corridor(session):
    return Corridor(session)


def test_every_place_is_the_one_that_comparing_everybody_gives(session, corridor, monkeypatch):
    told = []
    monkeypatch.setattr(prospects, "worth_saying", lambda *found: told.append(found) or ((), ()))
    prospect(session, corridor.candidate, corridor.vacancy.id)
    ((before, singles, pair),) = told
    assert [change.kind for one in singles for change in one.changes].count(SKILL) == 2
    wrong = [one for one in (before, *singles, pair) if one.place != corridor.place_among_everybody(one)]
    assert wrong == []
    assert before.key < singles[0].key <= pair.key
    assert before.place >= singles[0].place >= pair.place
    assert before.place > pair.place


def test_places_beyond_the_stored_list_are_not_told(session, corridor, monkeypatch):
    monkeypatch.setattr(prospects, "shortlist_length", lambda _seats: 2)
    found = prospect(session, corridor.candidate, corridor.vacancy.id)
    assert (found.before.place, found.length) == (None, 2)
    assert all(one.place in (1, 2) for one in found.moves)


def test_nothing_is_said_while_what_is_stored_was_scored_otherwise(session, corridor):
    session.execute(update(Suggestion).where(Suggestion.profile_id == corridor.profile.id).values(score=1.0))
    assert prospect(session, corridor.candidate, corridor.vacancy.id) is None


def test_only_the_candidate_asks_and_only_about_an_own_match(session, corridor):
    officer = Actor(corridor.candidate.id, Role.AGENCY_OFFICER)
    with pytest.raises(NotPermitted):
        prospect(session, officer, corridor.vacancy.id)
    with pytest.raises(NotFound):
        prospect(session, corridor.candidate, corridor.profile.id)


def give_a_course(session, title="Pipes in ten weeks"):
    institute = make_institute(session)
    programme = training.create_programme(session, institute, ProgrammeDraft(title="Metal"))
    draft = CourseDraft(title=title, occupation_id=concept("Welder"), language="ur", language_taught="de",
                        language_level=CEFR.A2)  # fmt: skip
    course = training.create_course(session, institute, programme, draft)
    training.teach(session, institute, course, [concept("pipe welding")])
    cohort = training.create_cohort(session, institute, course, a_cohort(starts_on=today() + timedelta(days=20)))
    training.move(session, institute, cohort, CohortAction.OPEN)


def test_the_page_says_the_place_what_would_change_it_the_course_and_no_promise(session, corridor, signed_in):
    give_a_course(session)
    page = signed_in(session.get_one(Account, corridor.candidate.id)).get(f"/matches/{corridor.vacancy.id}")
    found = prospect(session, corridor.candidate, corridor.vacancy.id)
    best = found.moves[0]
    assert len(best.changes) == 2
    for words in (
        "What would change your place",
        f"You stand at place {found.before.place} of the list for 9 seats.",
        f"from place {found.before.place} to place {best.place}",
        "Crane operator certificate",
        "German at level A2",
        "Taught in: Pipes in ten weeks.",
        "no promise of a seat, a visa or a permit",
    ):
        assert words in page.text, words


def test_the_page_says_it_in_urdu(session, corridor, signed_in):
    account = session.get_one(Account, corridor.candidate.id)
    account.language = "ur"
    page = signed_in(account).get(f"/matches/{corridor.vacancy.id}")
    assert "آپ کا نمبر کس چیز سے بدلے گا" in page.text
    assert "What would change" not in page.text
    assert page.tree.get("dir") == "rtl"


def test_who_lacks_nothing_reads_that_nothing_would_change(session, corridor, signed_in):
    best = make_published_profile(session, skills=("welding steel", "pipe welding", "wiring"), licences=["crane"])
    runs.match_profile(session, load(session, KeywordEncoder()), best.id)
    page = signed_in(session.get_one(Account, best.account_id)).get(f"/matches/{corridor.vacancy.id}")
    assert "Nothing that this vacancy asks for would change your place" in page.text


def test_the_page_needs_no_more_than_twenty_four_queries(session, corridor, signed_in, engine):
    give_a_course(session)
    browser = signed_in(session.get_one(Account, corridor.candidate.id))
    session.expire_all()
    seen = []
    event.listen(engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    browser.get(f"/matches/{corridor.vacancy.id}")
    asked = [one for one in seen if "SAVEPOINT" not in one]
    assert 10 <= len(asked) <= 24, len(asked)
