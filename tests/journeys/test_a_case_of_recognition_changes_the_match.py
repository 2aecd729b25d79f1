"""A nurse sees what is missing for a job in Finland, begins a case, and her match follows every step of it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.permissions import Role
from talent.foundation.text import fold
from talent.matching.engine import load
from talent.matching.inputs import candidate_from, vacancy_from
from talent.matching.models import MatchInput, Suggestion
from talent.matching.reasons import unpacked
from talent.matching.service import candidate_match, shortlist
from talent.profiles.models import ProfileChange
from talent.recognition import service as recognition
from talent.recognition.models import RecognitionCase
from talent.recognition.schemas import CaseBegun
from talent.recognition.states import CaseAction, CaseState
from talent.taxonomy.levels import QualificationKind
from talent.taxonomy.models import Label, Occupation, TaxonomyRelease
from tests.factories.corridor import concept, make_release
from tests.factories.encoder import KeywordEncoder
from tests.factories.profiles import publish_one
from tests.journeys.conftest import Place

A = CaseAction


@pytest.fixture
def place(session: Session) -> Place:
    """The corridor with a nurse in it, which Finland regulates."""
    release: TaxonomyRelease = make_release(session)
    nurse = concept("Nurse")
    session.add(Occupation(id=nurse, release_id=release.id, uri="urn:test:nurse", isco_group="2221", sector=None))
    session.flush()
    session.add(Label(language="en", text="Nurse", folded=fold("Nurse"), is_preferred=True, occupation_id=nurse))
    session.flush()
    return Place(session, load(session, KeywordEncoder()))


@pytest.fixture
def vacancy(place, officer):
    return place.posts(officer, occupation_id=concept("Nurse"), title="Nurse", country="FI")


@pytest.fixture
def nurse(place, vacancy):
    actor = place.registers()
    publish_one(place.session, actor)
    place.work()
    return actor


def begun(place, nurse, procedure="fi_nurse_extra_eu") -> RecognitionCase:
    told = CaseBegun(procedure=procedure, award=QualificationKind.BACHELOR, occupation="2221", title="BSN")
    return recognition.begin_case(place.session, nurse, told)


def verdict_of(place, nurse, vacancy) -> tuple[str, str]:
    place.work()
    lines = candidate_match(place.session, nurse, vacancy.id, language="en").explanation.requirements
    line = next(one for one in lines if one.kind == "regulated")
    return line.verdict, line.sentence.english()


def test_the_match_follows_the_case_from_missing_to_met(place, officer, nurse, vacancy):
    staff = place.joins(Role.PROJECT_STAFF)
    assert verdict_of(place, nurse, vacancy)[0] == "missing"
    case = begun(place, nurse)
    assert verdict_of(place, nurse, vacancy)[0] == "unknown"
    case.state = CaseState.COMPLETE
    recognition.move(place.session, staff, case, A.RECOGNISE_IN_PART, note="Practice in geriatric care")
    assert "recognised in part" in verdict_of(place, nurse, vacancy)[1]
    case.state = CaseState.MEASURE
    recognition.move(place.session, staff, case, A.PASS_MEASURE)
    assert verdict_of(place, nurse, vacancy)[0] == "met"
    card = shortlist(place.session, officer, vacancy.id, language="en")[1].rows[0]
    said = [line.sentence.english() for line in card.explanation.requirements if line.kind == "regulated"]
    assert said == ["Fully recognised for this occupation in Finland."]


@pytest.mark.parametrize("ending", [A.REFUSE, A.WITHDRAW])
def test_a_refused_or_withdrawn_case_is_missing_again_and_the_agency_does_not_learn_which(
    place, officer, nurse, vacancy, ending
):
    case = begun(place, nurse)
    assert verdict_of(place, nurse, vacancy)[0] == "unknown"
    case.state = CaseState.COMPLETE
    actor = nurse if ending is A.WITHDRAW else place.joins(Role.PROJECT_STAFF)
    recognition.move(place.session, actor, case, ending, note="The training is too short.")
    assert verdict_of(place, nurse, vacancy)[0] == "missing"
    found = place.session.scalars(select(Suggestion).where(Suggestion.vacancy_id == vacancy.id)).one()
    inputs = [place.session.get_one(MatchInput, digest).view for digest in (found.vacancy_input, found.profile_input)]
    read = unpacked(found.reasons).findings(vacancy_from(inputs[0]), candidate_from(inputs[1]))
    assert [one.held for one in read if one.requirement.kind == "regulated"] == [None]


def test_a_statement_about_a_degree_opens_no_regulated_profession(place, nurse, vacancy):
    begun(place, nurse, procedure="fi_edufi_degree").state = CaseState.FULL
    assert verdict_of(place, nurse, vacancy)[0] == "missing"


def test_every_worker_hears_of_the_case(place, nurse, vacancy):
    changes = select(ProfileChange).where(ProfileChange.profile_id == place.profile_of(nurse).id)
    before = len(place.session.scalars(changes).all())
    begun(place, nurse)
    place.work()
    assert len(place.session.scalars(changes).all()) == before + 1
