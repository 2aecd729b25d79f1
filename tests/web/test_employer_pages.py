"""An employer takes part in a placement: whom the agency lets in, and what the employer then reads and does."""

from uuid import uuid4

import pytest
from sqlalchemy import delete, select

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation, OrganisationKind, OrganisationState
from talent.accounts.permissions import Role
from talent.foundation.audit import AuditEntry
from talent.foundation.clock import now
from talent.foundation.documents import StoredFile
from talent.foundation.errors import NotPermitted
from talent.foundation.row_context import RowContext, enter
from talent.pathways.terms import Doer
from talent.placements import employers
from talent.placements.models import Placement
from talent.placements.proofs import may_remove
from talent.placements.rules import may_note
from talent.placements.service import lines_of
from talent.placements.step_models import PlacementProof
from tests.factories.corridor import make_account
from tests.web.placement_world import World

WAY = "de_fast_track_81a"
PAPER = b"%PDF-1.4\n%employer\ntrailer<<>>\n%%EOF\n"


def make_employer(session, agency_id, *, state=OrganisationState.VERIFIED):
    made = Organisation(
        kind=OrganisationKind.EMPLOYER, name=f"Employer {uuid4().hex[:6]}", country="DE", parent_id=agency_id
    )
    made.state, made.created_at = state, now()
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def world(session, signed_in):
    made = World(session, signed_in)
    made.begin()
    made.office = make_employer(session, made.agency_id)
    made.other_office = make_employer(session, made.agency_id)
    for name, office in (("employer", made.office), ("other_employer", made.other_office)):
        setattr(made, name, signed_in(make_account(session, Role.EMPLOYER, organisation_id=office.id)))
    return made


def let_in(world, office, *, browser=None, expect=303):
    who = browser or world.agency
    chosen = str(office.id) if office else "nobody"
    return who.send(who.get(f"{world.here}/employer"), action=f"{world.here}/employer", employer=chosen, expect=expect)


def status(browser, address):
    return browser.client.get(address).status_code


def test_an_employer_knows_of_a_placement_from_when_its_agency_let_it_in_and_the_offer_was_accepted(world):
    seen = [status(world.employer, world.here)]
    let_in(world, world.office)
    seen.append(status(world.employer, world.here))
    world.accept()
    seen.append(status(world.employer, world.here))
    let_in(world, None)
    seen.append(status(world.employer, world.here))
    assert seen == [404, 404, 200, 404]


def test_another_employer_of_the_same_agency_learns_nothing(world):
    let_in(world, world.office)
    world.accept()
    assert status(world.other_employer, world.here) == 404
    assert world.here not in world.other_employer.get("/placements").links()
    assert world.here in world.employer.get("/placements").links()


@pytest.mark.parametrize("state", [one for one in OrganisationState if one is not OrganisationState.VERIFIED])
def test_an_employer_that_is_not_verified_is_not_let_in(world, state):
    world.office.state = state
    world.session.flush()
    assert "Choose one of the employers" in let_in(world, world.office, expect=422).text
    assert world.placement.employer_id is None


def test_an_employer_of_another_agency_is_not_let_in(world):
    stranger = make_employer(world.session, None)
    assert "Choose one of the employers" in let_in(world, stranger, expect=422).text


def test_only_the_agency_and_project_staff_say_who_is_let_in(world):
    let_in(world, world.office, browser=world.staff)
    world.accept()
    assert world.placement.employer_id == world.office.id
    assert status(world.employer, f"{world.here}/employer") == 403
    assert status(world.candidate, f"{world.here}/employer") == 403
    assert status(world.other_agency, f"{world.here}/employer") == 404
    with pytest.raises(NotPermitted):
        employers.let_in(world.session, Actor(uuid4(), Role.EMPLOYER), world.placement, None)


def test_letting_an_employer_in_and_out_is_written_in_the_journal_of_the_candidate(world):
    let_in(world, world.office)
    let_in(world, world.office)
    let_in(world, None)
    deeds = select(AuditEntry.action).where(
        AuditEntry.subject_id == world.profile.account_id, AuditEntry.action.like("placement.employer_%")
    )
    assert sorted(world.session.scalars(deeds)) == ["placement.employer_let_in", "placement.employer_taken_out"]


def test_the_employer_reads_no_name_no_costs_no_papers_no_history(world):
    let_in(world, world.office)
    world.accept()
    page = world.employer.get(world.here)
    rooms = {link.removeprefix(world.here) for link in page.links() if link.startswith(f"{world.here}/")}
    assert {room.partition("?")[0] for room in rooms} <= {"/contract", "/done", "/proofs", "/clock"}
    assert "What happened" not in page.text
    refused = [f"{world.here}/{room}" for room in ("costs", "papers", "check-in")]
    assert [status(world.employer, room) for room in refused] == [403] * 3
    assert status(world.employer, f"{world.here}/contract") == 200


def test_the_employer_reads_a_contract_only_once_it_was_sent(world):
    let_in(world, world.office)
    world.accept()
    assert "2,950" in world.employer.get(f"{world.here}/contract").text
    form = world.employer.client.get(f"{world.here}/contract/terms")
    assert form.status_code == 403


def test_the_employer_notes_its_own_steps_and_nobody_elses(world):
    let_in(world, world.office)
    world.accept()
    doers = {(line.way.id, line.step.id): line.step.doer for line in lines_of(world.placement)}
    own = {key for key, doer in doers.items() if doer in (Doer.EMPLOYER, Doer.WORKER_AND_EMPLOYER)}
    offered = {
        tuple(part.partition("=")[2] for part in link.partition("?")[2].split("&"))
        for link in world.employer.get(world.here).links()
        if "/done?" in link
    }
    assert offered
    assert offered <= own
    world.note(world.employer, *sorted(offered)[0])
    assert world.placement.done


def test_the_employer_opens_the_documents_that_its_own_office_brought_alone(world):
    let_in(world, world.office)
    world.accept()
    step = next(one.step for one in lines_of(world.placement) if one.is_next and may_note(Role.EMPLOYER, one.step.doer))
    world.note(world.employer, WAY, step.id)
    for number, browser in enumerate((world.employer, world.agency)):
        page = browser.get(f"{world.here}/proofs?way={WAY}&step={step.id}")
        content = PAPER + bytes([number])
        browser.send(page, action=f"{world.here}/proofs", files={"proof": ("paper.pdf", content)})
    rows = {row.added_role: row.id for row in world.session.scalars(select(PlacementProof))}
    assert status(world.employer, f"{world.here}/proofs/{rows['employer']}") == 200
    assert status(world.employer, f"{world.here}/proofs/{rows['agency_officer']}") == 404
    assert status(world.agency, f"{world.here}/proofs/{rows['employer']}") == 200


def test_the_next_employer_does_not_open_what_the_former_one_brought(world):
    let_in(world, world.office)
    world.accept()
    step = next(one.step for one in lines_of(world.placement) if one.is_next and may_note(Role.EMPLOYER, one.step.doer))
    world.note(world.employer, WAY, step.id)
    listed = f"{world.here}/proofs?way={WAY}&step={step.id}"
    files = {"proof": ("paper.pdf", PAPER)}
    world.employer.send(world.employer.get(listed), action=f"{world.here}/proofs", files=files)
    brought = world.session.scalars(select(PlacementProof)).one()
    let_in(world, world.other_office)
    paper = f"{world.here}/proofs/{brought.id}"
    assert (status(world.employer, paper), status(world.other_employer, paper)) == (404, 404)
    assert str(brought.id) not in world.other_employer.get(listed).text
    other = Actor(uuid4(), Role.EMPLOYER, organisation_id=world.other_office.id)
    assert not may_remove(other, brought)
    assert status(world.agency, paper) == 200
    enter(world.session, RowContext(Role.EMPLOYER.value, other.id, other.organisation_id))
    assert world.session.scalars(select(PlacementProof.id)).all() == []
    taken_back = delete(StoredFile).where(StoredFile.id == brought.document_id).returning(StoredFile.id)
    assert world.session.scalars(taken_back).all() == []


def test_no_employer_is_let_in_once_a_placement_is_over(world):
    world.move(world.candidate, "withdraw", reason="changed_mind")
    assert world.session.get_one(Placement, world.placement.id).exit_reason is not None
    assert "is over" in let_in(world, world.office, expect=422).text
