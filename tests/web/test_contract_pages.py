"""A contract on its pages: the agency writes it, the worker reads, objects or agrees, the Protectorate attests."""

import pytest
from sqlalchemy import select

from talent.foundation.clock import today
from talent.placements.contract_models import Contract, DemandLetter
from talent.placements.contract_states import ContractState
from talent.placements.states import PlacementState
from tests.web.placement_world import World

S = ContractState
TODAY = today()
DAY = {f"attested_on-{box}": str(getattr(TODAY, box)) for box in ("day", "month", "year")}
LETTER = {"seats": "12", "pay_cents": "3000", "currency": "EUR", "period": "month", "months": "24"}


@pytest.fixture
def world(session, signed_in):
    made = World(session, signed_in)
    made.begin()
    return made


def contract(world):
    world.session.expire_all()
    return world.session.scalars(select(Contract).where(Contract.state != S.WITHDRAWN)).one()


def step(world, browser, action, *, expect=303, **told):
    here = f"{world.here}/contract"
    return browser.send(browser.get(here), action=f"{here}/step/{action}", expect=expect, **told)


def letter(world, browser, *, expect=303, **told):
    here = f"{world.here}/demand-letter"
    return browser.send(browser.get(here), action=here, expect=expect, **told)


def agree(world, browser, *, expect=303):
    here = f"{world.here}/demand-letter"
    return browser.send(browser.get(here), action=f"{here}/agree", expect=expect)


def test_nobody_accepts_an_offer_whose_terms_were_not_sent(world):
    refused = world.move(world.candidate, "accept", expect=422).text
    assert "The agency has not sent the terms of the contract yet." in refused
    assert world.placement.state is PlacementState.OFFERED
    world.accept()
    assert world.placement.state is PlacementState.ACCEPTED


def test_a_draft_is_the_agencys_alone_and_what_was_sent_is_read_in_words_in_both_languages(world):
    page = world.agency.get(f"{world.here}/contract/terms")
    world.agency.send(page, pay_cents="2950", period="month", hours_week="38.5", length="fixed", months="24")
    assert "2,950" not in world.candidate.get(f"{world.here}/contract").text
    step(world, world.agency, "send")
    english = world.candidate.get(f"{world.here}/contract").text
    for words in ("2,950", "a month", "38.5 hours a week", "24 months", "48 hours a week on average", "S-WT"):
        assert words in english, words
    assert "Not written down" in english  # no word about a ticket home
    assert contract(world).state is S.SENT


def test_a_worker_objects_the_agency_mends_and_the_worker_agrees(world):
    world.send_terms()
    assert "Say what is not as you were promised" in step(world, world.candidate, "object", expect=422, words="").text
    step(world, world.candidate, "object", words="You promised me a room.")
    assert "You promised me a room." in world.agency.get(f"{world.here}/contract").text
    page = world.agency.get(f"{world.here}/contract/terms")
    world.agency.send(page, housing="free")
    step(world, world.agency, "send")
    assert "The employer provides it, free of charge" in world.candidate.get(f"{world.here}/contract").text
    assert "Tick that you have read" in step(world, world.candidate, "confirm", expect=422).text
    step(world, world.candidate, "confirm", was_read="true")
    assert contract(world).state is S.CONFIRMED


def test_what_the_worker_agreed_to_is_never_changed_but_withdrawn_with_a_reason(world):
    world.send_terms()
    step(world, world.candidate, "confirm", was_read="true")
    page = world.agency.get(f"{world.here}/contract/terms")
    assert "Withdraw the contract" in world.agency.send(page, pay_cents="900", expect=422).text
    assert contract(world).pay_cents == 295_000
    assert "Say why." in step(world, world.agency, "withdraw", expect=422, words="").text
    step(world, world.agency, "withdraw", words="The employer closed the site.")
    assert "1 contract was withdrawn before." in world.candidate.get(f"{world.here}/contract").text
    world.send_terms()
    assert contract(world).state is S.SENT


def test_pakistans_mission_attests_and_the_step_stands_on_the_line_once(world):
    world.accept()
    step(world, world.candidate, "confirm", was_read="true")
    world.protector.get(f"{world.here}/contract", expect=404)
    placement = world.placement
    placement.state = PlacementState.EXIT_CLEARANCE
    world.session.flush()
    world.note(world.staff, "pk_exit", "papers")
    world.note(world.staff, "pk_exit", "attestation")
    told = {"attested_by": "Embassy of Pakistan, Berlin", "attestation_number": "CWA-77", **DAY}
    assert "Enter which office" in step(world, world.protector, "attest", expect=422, attested_by="Berlin").text
    step(world, world.protector, "attest", **told)
    assert contract(world).state is S.ATTESTED
    noted = [row.step_id for row in world.placement.done]
    assert noted.count("contract_attestation") == 1
    assert "CWA-77" in world.candidate.get(f"{world.here}/contract").text


def test_a_demand_letter_is_one_record_and_a_change_undoes_what_was_agreed(world):
    letter(world, world.agency, **LETTER)
    placement = world.placement
    placement.state = PlacementState.VISA
    world.session.flush()
    here = f"{world.here}/demand-letter"
    page = world.protector.get(here)
    assert "Not agreed yet" in page.text
    assert page.tree.xpath("//main//form") == []  # the agency agrees first
    agree(world, world.agency)
    agree(world, world.protector)
    found = world.session.scalars(select(DemandLetter)).one()
    world.session.refresh(found)
    assert found.agency_agreed_at is not None
    assert found.protectorate_agreed_at is not None
    assert found.reference in world.candidate.get(here).text
    letter(world, world.agency, **{**LETTER, "pay_cents": "2500"})
    world.session.refresh(found)
    assert (found.agency_agreed_at, found.protectorate_agreed_at) == (None, None)


def test_nobody_agrees_to_a_letter_that_changed_while_they_read(world):
    letter(world, world.agency, **LETTER)
    here = f"{world.here}/demand-letter"
    read = world.agency.get(here)
    letter(world, world.agency, **{**LETTER, "seats": "30"})
    assert "was changed while you were reading" in world.agency.send(read, action=f"{here}/agree", expect=422).text


def test_a_contract_below_the_demand_letter_says_so(world):
    letter(world, world.agency, **LETTER)
    world.send_terms()
    found = world.session.scalars(select(DemandLetter)).one()
    text = world.candidate.get(f"{world.here}/contract").text
    assert f"At least the pay of the demand letter {found.reference}" in text
    assert text.index("Missing") > 0


def test_nobody_else_reads_contract_or_letter(world):
    world.send_terms()
    for page in ("contract", "contract/terms", "demand-letter"):
        world.other_agency.get(f"{world.here}/{page}", expect=404)
    world.candidate.get(f"{world.here}/contract/terms", expect=403)
