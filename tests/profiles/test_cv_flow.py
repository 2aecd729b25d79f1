"""A CV: kept for its owner, asked fact by fact, used only after a yes, forgotten when its owner says so."""

from datetime import date

import pytest
from sqlalchemy import func, select

from talent.foundation.documents import StoredFile, open_file
from talent.foundation.errors import NotFound
from talent.foundation.unreadable import FileTooLarge, LockedFile, Unreadable, WrongType
from talent.profiles import cv, service
from talent.profiles.answers import NotPossible, save_occupation, save_skills
from talent.profiles.cv_facts import FactKind
from talent.profiles.cv_landing import (
    confirm_fact,
    cv_facts,
    fact_values,
    is_complete,
    leave_out_rest,
    own_fact,
    remove_fact,
)
from talent.profiles.entries import save_job, save_language
from talent.profiles.models import CVFact, CVFactState, SkillSource
from talent.profiles.schemas import OccupationAnswer, SkillsAnswer
from talent.profiles.steps import StepName, StepState, step_states
from talent.taxonomy.levels import CEFR, QualificationKind
from tests.factories import files
from tests.factories.corridor import concept, make_release
from tests.factories.profiles import a_job, a_language, begin, make_candidate, publish_one

CV = """Gul Zaman
Father's name: Sher Zaman
CNIC: 35202-1234567-1

WORK EXPERIENCE
Welder, Descon Engineering, Lahore
March 2014 - February 2019
Helper, Gulf Steel LLC, Dubai, 2012 - 2014

EDUCATION
DAE Mechanical Technology, Punjab Board of Technical Education, 2012

SKILLS
welding steel, pipe welding

LANGUAGES
English B2, Urdu mother tongue

LICENCES
Forklift operator certificate
Driving licence LTV
"""
CV_BYTES = CV.encode()


@pytest.fixture
def gul(session):
    make_release(session)
    actor = make_candidate(session)
    begin(session, actor)
    return actor


@pytest.fixture
def var(tmp_path):
    return tmp_path


def bring(session, actor, var, content=CV_BYTES, name="cv.txt"):
    cv.read_cv(session, actor, var_dir=var, name=name, content=content)
    return service.profile_to_change(session, actor)


def waiting(session, own, kind=None):
    found = [fact for fact in cv_facts(session, own) if fact.state is CVFactState.FOUND]
    return [fact for fact in found if kind is None or fact.kind == kind]


def test_reading_a_cv_uses_nothing_of_it(session, gul, var):
    own = bring(session, gul, var)
    assert own.profile.occupation_id is None
    assert own.profile.skills == own.profile.work == own.profile.languages == own.profile.qualifications == []
    assert own.profile.licences == []
    assert own.open_cv_facts == len(cv_facts(session, own)) > 5
    assert step_states(own)[StepName.CV] is StepState.BEGUN


def test_each_fact_stands_in_the_words_of_the_cv(session, gul, var):
    own = bring(session, gul, var)
    assert all(fact.words in CV for fact in cv_facts(session, own))
    assert [fact.number for fact in cv_facts(session, own)] == list(range(1, own.open_cv_facts + 1))


def test_no_fact_tells_who_the_person_is(session, gul, var):
    own = bring(session, gul, var)
    told = " ".join(f"{fact.words} {fact.value}" for fact in cv_facts(session, own))
    assert not any(word in told for word in ("Zaman", "35202", "Father"))


def test_open_facts_keep_a_draft_from_being_published_and_answers_free_it(session, gul, var):
    own = bring(session, gul, var)
    assert own.facts.open_cv_facts > 0
    leave_out_rest(session, gul, own)
    assert service.own_profile(session, gul).facts.open_cv_facts == 0


def confirm(session, gul, own, kind, place=0):
    fact = waiting(session, own, kind)[place]
    confirm_fact(session, gul, own, fact)
    assert fact.state is CVFactState.CONFIRMED
    return fact


def test_a_confirmed_occupation_is_the_occupation_and_the_others_are_no_longer_asked(session, gul, var):
    own = bring(session, gul, var)
    fact = confirm(session, gul, own, FactKind.OCCUPATION)
    assert (own.profile.occupation_id, own.profile.occupation_words) == (concept("Welder"), fact.words)
    assert waiting(session, own, FactKind.OCCUPATION) == []


def test_a_confirmed_skill_is_held_in_the_words_of_the_cv(session, gul, var):
    own = bring(session, gul, var)
    fact = confirm(session, gul, own, FactKind.SKILL)
    [held] = own.profile.skills
    assert (held.words, held.source) == (fact.words, SkillSource.CV)


def test_a_confirmed_job_stands_in_the_list_of_jobs(session, gul, var):
    own = bring(session, gul, var)
    confirm(session, gul, own, FactKind.WORK_PERIOD)
    [job] = own.profile.work
    assert (job.title, job.employer) == ("Welder", "Descon Engineering")
    assert (job.started_on, job.ended_on) == (date(2014, 3, 1), date(2019, 2, 28))
    assert job.occupation_id == concept("Welder")


def test_a_job_without_its_months_is_changed_first_and_not_guessed(session, gul, var):
    own = bring(session, gul, var)
    fact = waiting(session, own, FactKind.WORK_PERIOD)[1]
    assert not is_complete(fact)
    with pytest.raises(NotPossible, match="Change it first"):
        confirm_fact(session, gul, own, fact)
    assert fact_values(fact)["started_year"] == 2012


def test_a_confirmed_certificate_keeps_its_year_and_who_issued_it(session, gul, var):
    own = bring(session, gul, var)
    confirm(session, gul, own, FactKind.QUALIFICATION)
    [held] = own.profile.qualifications
    assert (held.kind, held.awarded_on) == (QualificationKind.DAE, date(2012, 1, 1))
    assert held.issuing_body == "Punjab Board of Technical Education"
    assert held.full_time_months is None


def test_a_level_is_taken_only_where_the_cv_states_one(session, gul, var):
    own = bring(session, gul, var)
    for _ in range(2):
        confirm(session, gul, own, FactKind.LANGUAGE)
    assert {one.language: one.level for one in own.profile.languages} == {"en": CEFR.B2, "ur": None}


def test_a_level_in_the_cv_completes_a_language_that_is_there(session, gul, var):
    save_language(session, gul, service.profile_to_change(session, gul), a_language("en", "unknown"))
    own = bring(session, gul, var)
    confirm(session, gul, own, FactKind.LANGUAGE)
    assert [(one.language, one.level) for one in own.profile.languages] == [("en", CEFR.B2)]


def test_a_confirmed_licence_leaves_the_other_licences_unanswered(session, gul, var):
    own = bring(session, gul, var)
    confirm(session, gul, own, FactKind.LICENCE)
    assert (own.profile.licences, own.profile.answered_licences) == (["forklift"], False)


def test_a_licence_that_is_not_clear_is_never_guessed(session, gul, var):
    own = bring(session, gul, var)
    unclear = next(fact for fact in waiting(session, own, FactKind.LICENCE) if fact.value["code"] is None)
    assert not is_complete(unclear)
    with pytest.raises(NotPossible):
        confirm_fact(session, gul, own, unclear)


def test_a_fact_left_out_is_not_used(session, gul, var):
    own = bring(session, gul, var)
    fact = waiting(session, own, FactKind.SKILL)[0]
    remove_fact(session, gul, own, fact)
    assert fact.state is CVFactState.REMOVED
    assert own.profile.skills == []


def test_confirming_twice_has_one_effect(session, gul, var):
    own = bring(session, gul, var)
    fact = confirm(session, gul, own, FactKind.WORK_PERIOD)
    confirm_fact(session, gul, own, fact)
    assert len(own.profile.work) == 1


def test_what_the_profile_holds_already_is_not_asked(session, gul, var):
    own = service.profile_to_change(session, gul)
    save_occupation(session, gul, own, OccupationAnswer(occupation=concept("Cook")))
    save_skills(session, gul, own, SkillsAnswer(skills=[concept("welding steel")]), at_least=0)
    save_language(session, gul, own, a_language("en", "B2"))
    save_job(session, gul, own, a_job(title="Welder", started_year="2014"))
    own = bring(session, gul, var)
    asked = [(fact.kind, fact.words) for fact in cv_facts(session, own)]
    assert FactKind.OCCUPATION not in [kind for kind, _ in asked]
    assert (FactKind.SKILL, "welding steel") not in asked
    assert not any(words.startswith(("English", "Welder")) for _, words in asked)


def test_another_candidates_fact_does_not_exist(session, gul, var):
    own = bring(session, gul, var)
    other = begin(session, make_candidate(session))
    with pytest.raises(NotFound):
        own_fact(session, other, cv_facts(session, own)[0].id)


def test_a_new_cv_takes_the_place_of_the_old_one_and_its_open_questions(session, gul, var):
    bring(session, gul, var)
    own = bring(session, gul, var, b"SKILLS\nwelding steel", "new.txt")
    assert [fact.words for fact in cv_facts(session, own)] == ["welding steel"]
    assert cv.cv_file(session, gul).original_name == "cv.txt"
    assert session.scalar(select(func.count()).where(StoredFile.owner_id == gul.id)) == 1


def test_deleting_the_file_keeps_what_was_confirmed(session, gul, var):
    own = bring(session, gul, var)
    confirm(session, gul, own, FactKind.SKILL)
    cv.remove_cv(session, gul, own, var)
    assert cv.cv_file(session, gul) is None
    assert session.scalar(select(func.count()).where(CVFact.profile_id == own.profile.id)) == 0
    assert len(own.profile.skills) == 1
    assert step_states(service.own_profile(session, gul))[StepName.CV] is StepState.TODO


def test_the_file_is_on_disk_under_its_hash_and_not_under_its_name(session, gul, var):
    bring(session, gul, var, name="../../etc/passwd.txt")
    kept = cv.cv_file(session, gul)
    assert kept.original_name == "cv.txt"  # the name at home is not kept
    with open_file(var, kept) as stream:
        assert stream.read() == CV_BYTES


def test_a_published_profile_may_bring_a_cv_and_stays_published_while_facts_wait(session, var):
    make_release(session)
    actor = make_candidate(session)
    publish_one(session, actor)
    own = bring(session, actor, var, b"SKILLS\npython, care\nLANGUAGES\nGerman B1")
    assert own.open_cv_facts > 0
    confirm(session, actor, own, FactKind.SKILL)
    assert own.profile.state == "published"


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", Unreadable),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 400, WrongType),
        (b"PK\x03\x04 not really a document", Unreadable),
        (files.locked_pdf(), LockedFile),
        (b"a" * (2 * 1024 * 1024 + 1), FileTooLarge),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence_and_changes_nothing(session, gul, var, content, refusal):
    with pytest.raises(refusal) as raised:
        bring(session, gul, var, content)
    assert raised.value.message.english().endswith(".")
    assert service.own_profile(session, gul).profile.answered == []
    assert cv.cv_file(session, gul) is None


@pytest.mark.parametrize("content", [files.pdf(CV), files.docx(CV), files.odt(CV)])
def test_the_same_facts_come_from_pdf_word_and_opendocument(session, gul, var, content):
    own = bring(session, gul, var, content)
    assert {"welding steel", "pipe welding"} <= {fact.words for fact in cv_facts(session, own)}
