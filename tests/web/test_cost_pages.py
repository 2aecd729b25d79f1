"""Costs on their pages: fees of the law beforehand, a charge that stops the vacancy, and staff who decide."""

import pytest
from sqlalchemy import select

from talent.placements.cost_models import ChargeComplaint, Cost
from talent.vacancies.freezing import freeze_for_charge
from talent.vacancies.models import Vacancy
from talent.vacancies.states import FrozenFor, VacancyState
from tests.web.placement_world import World

CHARGE = {"kind": "recruitment", "payee": "go_between", "payee_name": "Agent Malik", "amount_cents": "150000"}
INSURANCE = {"kind": "insurance", "payee": "office", "amount_cents": "2500", "fee": "pk_exit/insurance"}


@pytest.fixture
def world(session, signed_in):
    made = World(session, signed_in)
    made.begin()
    return made


def tell(world, browser, *, expect=303, **told):
    return browser.send(browser.get(f"{world.here}/costs"), action=f"{world.here}/costs", expect=expect, **told)


def vacancy(world):
    world.session.expire_all()
    return world.session.get_one(Vacancy, world.vacancy.id)


def complaint(world):
    return world.session.scalars(select(ChargeComplaint)).one()


def decide(world, decision, reason="Both sides were heard.", *, expect=303):
    here = f"/complaints/{complaint(world).id}"
    return world.staff.send(world.staff.get(here), expect=expect, decision=decision, reason=reason)


def test_before_anything_is_paid_everybody_reads_the_fees_of_the_law_with_their_payer_and_date(world):
    for reader in (world.candidate, world.agency, world.staff):
        page = reader.get(f"{world.here}/costs").text
        assert "State Life insurance" in page
        assert "411" in page  # the fast-track fee, EUR, which the employer pays
        assert "As of" in page or "as of" in page
        assert "pays no recruitment fees" in page


def test_a_fee_of_the_law_is_kept_with_its_basis_and_alarms_nobody(world):
    tell(world, world.candidate, payer="worker", **INSURANCE)
    kept = world.session.scalars(select(Cost)).one()
    assert (kept.is_charge, kept.amount_cents, kept.legal) == (False, 250_000, "S-PK-1")
    assert vacancy(world).state is VacancyState.PUBLISHED
    assert "S-PK-1" in world.agency.get(f"{world.here}/costs").text


def test_a_charge_freezes_the_vacancy_and_opens_a_complaint_at_once(world):
    tell(world, world.candidate, payer="worker", **CHARGE)
    assert (vacancy(world).state, vacancy(world).frozen_for) == (VacancyState.FROZEN, FrozenFor.CHARGE)
    assert complaint(world).reference in world.staff.get("/complaints").text
    assert complaint(world).reference in world.candidate.get(f"{world.here}/costs").text


def test_neither_agency_nor_protectorate_learns_that_the_worker_told(world):
    tell(world, world.candidate, payer="worker", **CHARGE)
    assert "Malik" not in world.agency.get(f"{world.here}/costs").text
    world.agency.get("/complaints", expect=403)
    world.other_agency.get(f"{world.here}/costs", expect=404)


def test_nobody_is_placed_in_a_vacancy_that_is_frozen(session, signed_in):
    world = World(session, signed_in)
    freeze_for_charge(session, world.vacancy.id)
    assert "frozen" in world.agency.get(f"/placements/new/{world.introduction.id}", expect=422).text


def test_what_the_agency_tells_of_a_charge_opens_a_complaint_too(world):
    tell(world, world.agency, payer="worker", **CHARGE)
    assert complaint(world).account_id == world.profile.account_id
    assert "Malik" in world.agency.get(f"{world.here}/costs").text


def test_a_dismissed_complaint_gives_the_vacancy_back_to_its_agency_unpublished(world):
    tell(world, world.candidate, payer="worker", **CHARGE)
    decide(world, "dismiss")
    assert (vacancy(world).state, vacancy(world).frozen_for) == (VacancyState.CHECKED, None)
    assert "Both sides were heard." in world.candidate.get(f"/complaints/{complaint(world).id}").text


def test_a_vacancy_stays_frozen_while_one_of_its_complaints_is_true_and_not_paid_back(world):
    tell(world, world.candidate, payer="worker", **CHARGE)
    decide(world, "uphold")
    assert vacancy(world).state is VacancyState.FROZEN
    decide(world, "note_paid_back", "The agent gave the money back in cash; the worker confirmed it.")
    assert vacancy(world).state is VacancyState.CHECKED


def test_a_second_complaint_keeps_the_vacancy_frozen_when_the_first_is_dismissed(world):
    tell(world, world.candidate, payer="worker", **CHARGE)
    first = complaint(world).id
    tell(world, world.candidate, payer="worker", **{**CHARGE, "payee": "promoter"})
    page = world.staff.get(f"/complaints/{first}")
    world.staff.send(page, decision="dismiss", reason="It was a loan between cousins.")
    assert vacancy(world).state is VacancyState.FROZEN


def test_a_decision_without_a_reason_is_not_taken(world):
    tell(world, world.candidate, payer="worker", **CHARGE)
    assert "Say what was found and why" in decide(world, "uphold", "", expect=422).text
    assert vacancy(world).state is VacancyState.FROZEN


def test_a_candidate_reads_the_own_complaint_and_decides_nothing(world):
    tell(world, world.candidate, payer="worker", **CHARGE)
    page = world.candidate.get(f"/complaints/{complaint(world).id}")
    assert "Project staff look into it" in page.text
    assert page.tree.xpath("//main//form") == []


def test_a_cost_cannot_be_paid_tomorrow_or_to_nobody(world):
    answer = tell(
        world, world.candidate, expect=422, payer="worker", kind="medical", payee="provider", amount_cents="0"
    )
    assert "more than nothing" in answer.text
    assert "Choose who is paid." in tell(world, world.candidate, expect=422, payer="worker", kind="medical").text
    day = {"paid_on-day": "1", "paid_on-month": "1", "paid_on-year": "2099"}
    assert "in the future" in tell(world, world.candidate, expect=422, payer="worker", **INSURANCE, **day).text
    wrong = {**INSURANCE, "fee": "pk_exit/none"}
    assert "fee of the list" in tell(world, world.candidate, expect=422, payer="worker", **wrong).text
