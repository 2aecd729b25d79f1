"""What is stored as held is what the candidate's view says, whether it is read from columns or from the view."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.matching.holding import HOLDERS, held_by, held_for, needs_views
from talent.matching.requirements import JUDGES, Requirement
from talent.matching.views import HeldLanguage, HeldQualification, HeldRecognition, RecognitionStage
from talent.taxonomy.languages import LANGUAGE_CODES
from talent.taxonomy.levels import CEFR, QualificationKind
from tests.factories.matching import make_candidate, make_pool

PLACES = (("DE", "2221"), ("FI", "2221"), ("ES", "7411"))
ASKED = (
    *(Requirement("language", code, "B1") for code in ("de", "en", "ur")),
    Requirement("licence", "driving_c"),
    Requirement("qualification", QualificationKind.DAE.value, 24),
    Requirement("availability", "", "2027-03-01"),
    Requirement("place", "DE"),
    *(Requirement("regulated", f"{country}-{group}", "yes") for country, group in PLACES),
)


@st.composite
def candidates(draw):
    """Anybody, with any papers, cases and languages."""
    spoken = draw(st.lists(st.sampled_from(LANGUAGE_CODES), max_size=4, unique=True))
    cases = draw(st.lists(st.sampled_from(PLACES), max_size=3, unique=True))
    papers = draw(st.lists(st.tuples(st.sampled_from(QualificationKind), st.none() | st.integers(0, 60)), max_size=3))
    return make_candidate(
        languages=tuple(HeldLanguage(code, draw(st.none() | st.sampled_from(CEFR))) for code in spoken),
        recognitions=tuple(HeldRecognition(*place, draw(st.sampled_from(RecognitionStage))) for place in cases),
        qualifications=tuple(HeldQualification(kind, full_time_months=months) for kind, months in papers),
        available_from=draw(st.none() | st.dates(date(2020, 1, 1), date(2040, 1, 1))),
        licences=tuple(draw(st.sets(st.sampled_from(("driving_b", "driving_c"))))),
        countries=tuple(draw(st.sets(st.sampled_from(("DE", "IT"))))),
    )


@given(candidates())
def test_columns_and_view_say_the_same(candidate):
    pool, row = make_pool(candidate), np.array([0], np.int32)
    for asked in ASKED:
        assert held_by(pool, row, asked, {0: candidate}) == [held_for(candidate, asked)]


def test_every_kind_of_requirement_is_read_from_columns_but_papers():
    assert JUDGES.keys() - HOLDERS.keys() == {"qualification"}


@pytest.mark.parametrize(
    ("asked", "needed"),
    [
        ([], False),
        ([Requirement("language", "de", "B1"), Requirement("place", "DE")], False),
        ([Requirement("language", "tlh", "B1")], True),
        ([Requirement("place", "DE"), Requirement("qualification", "dae")], True),
    ],
)
def test_views_are_fetched_for_papers_and_for_languages_that_have_no_column(asked, needed):
    assert needs_views(asked) is needed


def test_a_language_without_a_column_is_read_from_the_view():
    speaker = make_candidate(languages=(HeldLanguage("tlh", CEFR.B2),))
    asked = Requirement("language", "tlh", "B1")
    assert held_by(make_pool(speaker), np.array([0], np.int32), asked, {0: speaker}) == ["B2"]
