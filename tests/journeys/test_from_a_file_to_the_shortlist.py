"""An agency brings a file: good rows become vacancies that candidates see, bad ones come back with their reasons."""

from datetime import timedelta

import pytest

from talent.foundation.clock import today
from talent.matching.service import candidate_matches, shortlist
from talent.vacancies import importing
from talent.vacancies.examining import Outcome

HEADER = (
    "reference,title,employer,occupation,description,country,place,must_skills,languages,"
    "pay_from,pay_period,hours_per_week,closing_date,recruitment_costs_paid_by"
)
WORK = "You weld steel frames for bridges in our workshop and check your own seams."
CLOSES = today() + timedelta(days=60)
ROWS = (
    f"W-1,Welder MAG,Muster Stahlbau GmbH,7212,{WORK},DE,Leipzig,welding steel,en A2,2950,month,38.5,{CLOSES},employer",
    f"W-2,Welder TIG,Muster Stahlbau GmbH,9999,{WORK},DE,Leipzig,welding steel,en A2,2950,month,38.5,{CLOSES},employer",
    f"W-3,Welder TIG,Muster Stahlbau GmbH,7212,{WORK},DE,Leipzig,welding steel,en A2,2950,month,38.5,{CLOSES},worker",
)


@pytest.fixture
def brought(place, officer, tmp_path):
    """The file after its dry run."""
    content = "\n".join((HEADER, *ROWS)).encode()
    return importing.upload(place.session, officer, content, original_name="welders.csv", var_dir=tmp_path)


@pytest.fixture
def published(place, officer, brought, tmp_path):
    """The good rows taken, the checked ones published, and the worker done."""
    importing.take(place.session, officer, brought, var_dir=tmp_path)
    count = importing.publish_checked(place.session, officer, brought)
    place.work()
    return count


def test_the_dry_run_writes_nothing(place, candidate, brought):
    place.work()
    assert candidate_matches(place.session, candidate, language="en") == []
    assert [row.outcome for row in importing.results(brought)] == [Outcome.NEW, Outcome.REFUSED, Outcome.NEW]


def test_a_vacancy_of_the_file_reaches_the_candidate(place, candidate, published):
    assert published == 1
    (match,) = candidate_matches(place.session, candidate, language="en")
    assert match.vacancy.reference == "W-1"


def test_the_agency_reads_its_shortlist(place, candidate, officer, brought, published):
    made = next(row.vacancy_id for row in importing.results(brought) if row.reference == "W-1")
    (card,) = shortlist(place.session, officer, made, language="en")[1].rows
    assert card.profile_id == place.profile_of(candidate).id


def test_a_row_that_lets_the_worker_pay_stays_a_draft(brought, published):
    left = {row.reference: [problem.column for problem in row.left] for row in importing.results(brought)}
    assert left["W-3"] == ["recruitment_costs_paid_by"]
    assert published == 1


def test_a_row_with_an_unknown_occupation_comes_back_with_the_reason(place, brought, tmp_path):
    content, kind = importing.rejected(
        place.session, brought, var_dir=tmp_path, say=lambda sentence: sentence.english()
    )
    assert kind == "csv"
    assert "W-2" in content.decode("utf-8-sig")
    assert "9999" in content.decode("utf-8-sig")
    assert "W-1" not in content.decode("utf-8-sig")
