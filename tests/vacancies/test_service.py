"""Writing, checking, publishing, editing and closing vacancies."""

from datetime import timedelta
from itertools import product

import pytest
import time_machine
from sqlalchemy import func, select, text

from talent.accounts.permissions import Role
from talent.casework.take import journal
from talent.foundation.clock import now
from talent.foundation.errors import Conflict, NotFound, NotPermitted, Unprocessable
from talent.taxonomy.levels import CEFR
from talent.vacancies import service
from talent.vacancies.conflicts import EditedMeanwhile
from talent.vacancies.models import VacancyChange, VacancyLanguage, VacancySkill
from talent.vacancies.schemas import VacancyDraft, WantedLanguage, WantedSkill
from talent.vacancies.states import VACANCY, VacancyAction, VacancyState
from talent.vacancies.terms import CostPayer
from tests.factories.vacancies import colleague_of, full_draft, in_days, make_officer, make_vacancy, occupation, skill

S, A = VacancyState, VacancyAction


def changes(session, vacancy) -> int:
    return session.scalar(select(func.count()).where(VacancyChange.vacancy_id == vacancy.id))


def jobs(session, vacancy) -> int:
    waiting = text(
        "select count(*) from procrastinate_jobs where task_name = 'match_vacancy' and args->>'vacancy_id' = :id"
    )
    return session.scalar(waiting, {"id": str(vacancy.id)})


def edit(session, actor, vacancy, **values):
    return service.edit(session, actor, vacancy, VacancyDraft(**values), version=vacancy.version)


@pytest.mark.parametrize(("state", "action"), list(product(S, A)))
def test_an_officer_moves_a_vacancy_only_as_the_table_says(session, officer, state, action):
    vacancy = make_vacancy(session, officer, state)
    step = VACANCY.step(state, action)
    if step is None:
        with pytest.raises(Conflict):
            service.move(session, officer, vacancy, action)
    elif action in {A.EXPIRE, A.FREEZE, A.THAW}:
        with pytest.raises(NotPermitted):
            service.move(session, officer, vacancy, action)
    else:
        service.move(session, officer, vacancy, action)
        assert vacancy.state is step.target
        assert journal(session, VACANCY, vacancy.id)[-1].action == action


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.AGENCY_OFFICER, Role.SYSTEM}])
def test_nobody_else_writes_vacancies(session, officer, role):
    other = make_officer(session, role=role)
    with pytest.raises(NotPermitted):
        service.create(session, other, full_draft())
    vacancy = make_vacancy(session, officer)
    with pytest.raises(NotPermitted):
        edit(session, other, vacancy, title="Cook")
    with pytest.raises(NotPermitted):
        service.check(session, other, vacancy)


def test_a_draft_needs_no_more_than_a_title(session, officer):
    vacancy = service.create(session, officer, VacancyDraft(title="Welder"))
    assert (vacancy.state, vacancy.title, vacancy.reference[:2]) == (S.DRAFT, "Welder", "V-")


def test_a_reference_is_used_once_within_an_agency_and_again_by_another(session, officer, stranger):
    make_vacancy(session, officer, reference="W-1")
    with pytest.raises(Conflict, match="W-1"):
        service.create(session, officer, full_draft(reference="W-1"))
    assert service.create(session, stranger, full_draft(reference="W-1")).reference == "W-1"


def test_an_edit_cannot_take_anothers_reference(session, officer):
    make_vacancy(session, officer, reference="W-1")
    second = make_vacancy(session, officer, reference="W-2")
    with pytest.raises(Conflict, match="W-1"):
        edit(session, officer, second, reference="W-1")


def test_an_unfinished_draft_is_not_checked_and_says_what_is_missing(session, officer):
    vacancy = service.create(session, officer, VacancyDraft(title="Welder"))
    with pytest.raises(Unprocessable, match="Enter the employer"):
        service.check(session, officer, vacancy)
    assert vacancy.state is S.DRAFT


def test_a_vacancy_whose_worker_pays_is_never_published(session, officer):
    vacancy = make_vacancy(session, officer, cost_payer=CostPayer.WORKER)
    with pytest.raises(Unprocessable, match="never pays"):
        service.check(session, officer, vacancy)


def test_a_nurse_for_germany_is_never_published(session, officer):
    vacancy = make_vacancy(session, officer, occupation_id=occupation("2221"))
    with pytest.raises(Unprocessable, match="Bundesagentur"):
        service.check(session, officer, vacancy)
    assert (
        service.what_to_mend(session, make_vacancy(session, officer, occupation_id=occupation("2221"), country="IT"))
        == []
    )


def test_the_rules_are_asked_again_on_the_day_of_publishing(session, officer):
    vacancy = make_vacancy(session, officer, S.CHECKED, closes_on=in_days(3))
    with time_machine.travel(now() + timedelta(days=4)), pytest.raises(Unprocessable, match="closing date"):
        service.publish(session, officer, vacancy)


def test_publishing_and_closing_tell_matching_and_nothing_before_does(session, officer):
    vacancy = make_vacancy(session, officer, S.CHECKED)
    assert (changes(session, vacancy), jobs(session, vacancy), vacancy.published_at) == (0, 0, None)
    service.publish(session, officer, vacancy)
    assert (changes(session, vacancy), jobs(session, vacancy)) == (1, 1)
    assert vacancy.published_at is not None
    service.close(session, officer, vacancy, note="Both seats are filled.")
    assert (changes(session, vacancy), jobs(session, vacancy)) == (2, 1)


def test_an_edit_of_a_published_vacancy_is_matched_anew(session, officer):
    vacancy = make_vacancy(session, officer, S.PUBLISHED)
    edit(session, officer, vacancy, seats=6)
    assert (vacancy.state, vacancy.seats, changes(session, vacancy)) == (S.PUBLISHED, 6, 2)


def test_an_edit_that_would_break_a_rule_leaves_a_published_vacancy_as_it_was(session, officer):
    vacancy = make_vacancy(session, officer, S.PUBLISHED)
    with pytest.raises(service.StillWrong) as refused:
        edit(session, officer, vacancy, cost_payer=CostPayer.UNKNOWN, title="Welder, ladies only")
    assert [problem.field for problem in refused.value.problems] == ["cost_payer", "title"]
    again = service.get_vacancy(session, officer, vacancy.id)
    assert (again.title, again.cost_payer, again.state) == ("Welder MAG/TIG", CostPayer.EMPLOYER, S.PUBLISHED)
    assert changes(session, vacancy) == 1


def test_an_edit_that_breaks_a_rule_makes_a_checked_vacancy_a_draft_again(session, officer):
    vacancy = make_vacancy(session, officer, S.CHECKED)
    edit(session, officer, vacancy, place="")
    assert vacancy.state is S.DRAFT
    assert journal(session, VACANCY, vacancy.id)[-1].action == A.REVISE


def test_an_edit_that_keeps_the_rules_leaves_a_checked_vacancy_checked(session, officer):
    vacancy = make_vacancy(session, officer, S.CHECKED)
    edit(session, officer, vacancy, place="Dresden")
    assert vacancy.state is S.CHECKED


def test_a_closed_vacancy_refuses_every_change(session, officer):
    vacancy = make_vacancy(session, officer, S.CLOSED)
    with pytest.raises(Conflict, match="closed"):
        edit(session, officer, vacancy, title="Cook")


def test_an_edit_writes_only_what_it_sets(session, officer):
    vacancy = make_vacancy(session, officer)
    edit(session, officer, vacancy, title="Pipe welder")
    assert (vacancy.title, vacancy.place, len(vacancy.skills), len(vacancy.languages)) == (
        "Pipe welder",
        "Leipzig",
        2,
        1,
    )


def test_skills_and_languages_are_replaced_as_a_whole_and_kept_where_they_stay(session, officer):
    vacancy = make_vacancy(session, officer)
    kept = next(row.id for row in vacancy.skills if row.skill_id == skill("mig-mag"))
    wanted = (
        WantedSkill(skill_id=skill("mig-mag"), words="MAG", is_must=False),
        WantedSkill(skill_id=skill("tig"), words="TIG welding"),
    )
    edit(session, officer, vacancy, skills=wanted, languages=(WantedLanguage(language="de", level=CEFR.B1),))
    rows = {
        row.skill_id: row for row in session.scalars(select(VacancySkill).where(VacancySkill.vacancy_id == vacancy.id))
    }
    assert set(rows) == {skill("mig-mag"), skill("tig")}
    assert (rows[skill("mig-mag")].id, rows[skill("mig-mag")].is_must) == (kept, False)
    levels = session.scalars(select(VacancyLanguage.level).where(VacancyLanguage.vacancy_id == vacancy.id)).all()
    assert levels == [CEFR.B1]


def test_a_change_of_skills_alone_moves_the_version_on(session, officer):
    vacancy = make_vacancy(session, officer)
    before = vacancy.version
    edit(session, officer, vacancy, skills=(WantedSkill(skill_id=skill("tig"), words="TIG welding"),))
    assert vacancy.version > before


def test_the_second_of_two_editors_is_shown_both_values_and_nothing_is_written(session, officer):
    vacancy = make_vacancy(session, officer)
    read_by_both = vacancy.version
    colleague = colleague_of(session, officer)
    service.edit(session, colleague, vacancy, VacancyDraft(seats=6, place="Halle"), version=read_by_both)
    with pytest.raises(EditedMeanwhile) as refused:
        service.edit(session, officer, vacancy, VacancyDraft(seats=8, title="Welder MAG/TIG"), version=read_by_both)
    assert [(both.field, both.saved, both.sent) for both in refused.value.differences] == [("seats", 6, 8)]
    assert vacancy.seats == 6


def test_two_editors_who_write_the_same_do_not_disagree(session, officer):
    vacancy = make_vacancy(session, officer)
    read_by_both = vacancy.version
    for _ in range(2):
        service.edit(session, officer, vacancy, VacancyDraft(seats=6), version=read_by_both)
    assert vacancy.seats == 6


def test_another_agencys_vacancy_does_not_exist_for_me(session, officer, stranger):
    vacancy = make_vacancy(session, officer, S.PUBLISHED)
    with pytest.raises(NotFound):
        service.get_vacancy(session, stranger, vacancy.id)


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.INSTITUTE_OFFICER, Role.ADMINISTRATOR])
def test_people_who_read_matches_or_gaps_read_no_vacancies(session, officer, role):
    vacancy = make_vacancy(session, officer, S.PUBLISHED)
    with pytest.raises(NotFound):
        service.get_vacancy(session, make_officer(session, role=role), vacancy.id)


def test_staff_read_every_vacancy_and_change_none(session, officer, staff):
    vacancy = make_vacancy(session, officer)
    assert service.get_vacancy(session, staff, vacancy.id) is vacancy
    with pytest.raises(NotPermitted):
        service.check(session, staff, vacancy)


@pytest.mark.parametrize(("days_later", "state"), [(5, S.PUBLISHED), (6, S.CLOSED), (7, S.CLOSED)])
def test_a_vacancy_closes_by_itself_after_its_closing_date(session, officer, days_later, state):
    vacancy = make_vacancy(session, officer, S.PUBLISHED, closes_on=in_days(5))
    with time_machine.travel(now() + timedelta(days=days_later)):
        closed = service.close_expired(session)
    assert (vacancy.state, closed) == (state, int(state is S.CLOSED))


def test_an_expired_vacancy_leaves_matching_and_the_service_signs_its_journal(session, officer):
    vacancy = make_vacancy(session, officer, S.PUBLISHED, closes_on=in_days(5))
    with time_machine.travel(now() + timedelta(days=6)):
        service.close_expired(session)
        assert service.close_expired(session) == 0
    assert changes(session, vacancy) == 2
    assert journal(session, VACANCY, vacancy.id)[-1].actor_role == Role.SYSTEM


def test_drafts_do_not_expire(session, officer):
    vacancy = make_vacancy(session, officer, closes_on=in_days(5))
    with time_machine.travel(now() + timedelta(days=30)):
        assert service.close_expired(session) == 0
    assert vacancy.state is S.DRAFT


def test_vacancies_are_loaded_with_their_skills_and_languages(session, officer):
    made = [make_vacancy(session, officer) for _ in range(3)]
    session.expire_all()
    loaded = service.load_vacancies(session, [vacancy.id for vacancy in made])
    assert {vacancy.id for vacancy in loaded} == {vacancy.id for vacancy in made}
    assert all(len(vacancy.skills) == 2 and len(vacancy.languages) == 1 for vacancy in loaded)
