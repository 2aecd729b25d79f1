"""Documents of steps, and one for each of many placements that move at once: who brings, opens and removes them."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from talent.foundation.audit import AuditEntry
from talent.foundation.documents import StoredFile
from talent.pathways.catalogue import catalogue
from talent.pathways.terms import Document
from talent.placements.proofs import SEEN_ONLY
from talent.placements.row_rules import EXIT_WAY
from talent.placements.states import PlacementState
from talent.placements.step_models import PlacementProof
from tests.factories.placements import make_placement
from tests.web.placement_world import World

S = PlacementState
WAY = "de_fast_track_81a"


def pdf():
    """A document that no other test has."""
    return f"%PDF-1.4\n%{uuid4().hex}\ntrailer<<>>\n%%EOF\n".encode()


@pytest.fixture
def world(session, signed_in):
    made = World(session, signed_in)
    made.begin()
    made.accept()
    return made


def proofs(world):
    world.session.expire_all()
    return world.session.scalars(select(PlacementProof).order_by(PlacementProof.added_at)).all()


def add(world, browser, step, content=None, *, way=WAY, expect=303, name="contract.pdf"):
    page = browser.get(f"{world.here}/proofs?way={way}&step={step}")
    return browser.send(page, action=f"{world.here}/proofs", files={"proof": (name, content or pdf())}, expect=expect)


def open_one(world, browser, proof):
    return browser.client.get(f"{world.here}/proofs/{proof.id}")


def test_a_step_is_noted_together_with_its_document_and_candidate_agency_and_staff_open_it(world):
    content = pdf()
    page = world.agency.get(f"{world.here}/done?way={WAY}&step=offer")
    boxes = {"done_on-day": "2", "done_on-month": "11", "done_on-year": "2026"}
    world.agency.send(page, files={"proof": ("contract.pdf", content)}, **boxes)
    (proof,) = proofs(world)
    assert (proof.way_id, proof.step_id, proof.action) == (WAY, "offer", None)
    for browser in (world.candidate, world.agency, world.staff):
        assert f"/proofs/{proof.id}" in " ".join(browser.get(world.here).links())
        answer = open_one(world, browser, proof)
        assert (answer.content, answer.headers["content-type"]) == (content, "application/pdf")
        assert answer.headers["content-disposition"].startswith("attachment")
    assert open_one(world, world.other_agency, proof).status_code == 404
    assert open_one(world, world.protector, proof).status_code == 404


def test_the_file_is_the_candidates_own_and_each_look_of_another_is_written_down(world):
    world.note(world.agency, WAY, "offer")
    add(world, world.agency, "offer")
    (proof,) = proofs(world)
    owner = world.session.scalar(select(StoredFile.owner_id).where(StoredFile.id == proof.document_id))
    assert owner == world.placement.account_id
    for browser in (world.candidate, world.agency):
        open_one(world, browser, proof)
    looks = select(func.count()).where(AuditEntry.action == "placement_proof.read")
    assert world.session.scalar(looks) == 1


def test_the_protectorate_opens_documents_of_pakistans_steps_alone(world):
    world.note(world.agency, WAY, "offer")
    add(world, world.agency, "offer")
    world.note(world.candidate, EXIT_WAY, "papers")
    add(world, world.candidate, "papers", way=EXIT_WAY)
    world.placement.state = S.EXIT_CLEARANCE
    world.session.flush()
    foreign, own = proofs(world)
    assert open_one(world, world.protector, own).status_code == 200
    assert open_one(world, world.protector, foreign).status_code == 404
    links = " ".join(world.protector.get(world.here).links())
    assert (f"/proofs/{own.id}" in links, f"/proofs/{foreign.id}" in links) == (True, False)


def test_every_way_of_pakistan_is_the_one_whose_documents_the_protectorate_opens():
    assert {way.id for way in catalogue().pathways if way.country == "PK"} == {EXIT_WAY}


def test_whose_side_brought_a_document_takes_it_back_with_its_bytes_and_nobody_else_but_staff(world):
    world.note(world.agency, WAY, "offer")
    for _ in range(2):
        add(world, world.agency, "offer")
    first, second = proofs(world)
    remove = f"{world.here}/proofs/{first.id}/remove"
    page = world.candidate.get(world.here)
    token = page.tree.xpath("//input[@name='_token']/@value")[0]
    headers = {"Origin": "http://127.0.0.1:8000"}
    refused = world.candidate.client.post(remove, data={"_token": token}, headers=headers)
    assert refused.status_code == 403
    world.agency.send(world.agency.get(world.here), action=remove)
    world.staff.send(world.staff.get(world.here), action=f"{world.here}/proofs/{second.id}/remove")
    assert proofs(world) == []
    assert world.session.scalar(select(func.count()).select_from(StoredFile)) == 0


def test_what_is_no_document_or_of_a_step_that_is_open_or_anothers_is_refused_in_words(world):
    assert "Note first that the step is done." in add(world, world.agency, "offer", expect=422).text
    world.note(world.agency, WAY, "offer")
    assert "Bring a PDF" in add(world, world.agency, "offer", b"MZ program", expect=422).text
    world.note(world.candidate, EXIT_WAY, "papers")
    page = add(world, world.agency, "papers", way=EXIT_WAY, expect=422)
    assert "Somebody else notes this step." in page.text
    form = world.agency.get(f"{world.here}/proofs?way={WAY}&step=offer")
    assert "Choose a file." in world.agency.send(form, action=f"{world.here}/proofs", expect=422).text
    world.agency.get(f"{world.here}/proofs?way={WAY}&step=nothing", expect=404)
    assert proofs(world) == []


def test_no_copy_of_passports_police_or_medical_papers_is_taken_in():
    assert {Document.PASSPORT, Document.CNIC, Document.POLICE_CERTIFICATE, Document.MEDICAL_CERTIFICATE} < SEEN_ONLY
    brought = {(step.brings, step.id) for way in catalogue().pathways for step in way.steps if step.brings in SEEN_ONLY}
    assert brought == {(Document.POLICE_CERTIFICATE, "police_certificate")}


def move_with(world, rows, names, *, expect=303):
    page = world.agency.get("/placements/together?action=arrive")
    files = [("documents", (name, pdf())) for name in names]
    return world.agency.send(page, files=files, chosen=[str(row.id) for row in rows], expect=expect)


def test_a_hundred_are_moved_with_one_document_each_and_the_refused_come_back_with_their_reasons(world):
    rows = [make_placement(world.session, world.vacancy, state=S.TRAVELLED) for _ in range(100)]
    bare, doubled, shared, gone_on = rows[:4]
    names = [f"{row.reference} arrival.pdf" for row in rows[4:]]
    names += [f"{doubled.reference}-1.pdf", f"{doubled.reference}-2.pdf"]
    names += [f"{shared.reference} and {gone_on.reference}.pdf"]
    page_names = [*names, "holiday.pdf"]
    here = move_with(world, rows, page_names)
    text = world.agency.get(here).text
    assert "96 placements were moved. 4 were refused." in text
    assert f"the file’s name must hold the reference {bare.reference}" in text
    assert "More than one file came for it." in text
    assert text.count("The name of its file holds the references of several placements.") == 2
    assert "1 file was not used" in text
    kept = proofs(world)
    assert {proof.placement_id for proof in kept} == {row.id for row in rows[4:]}
    assert {proof.action for proof in kept} == {"arrive"}
    shown = world.agency.get(f"/placements/{rows[4].id}")
    assert "Documents that came when the placement moved on" in shown.text


def test_a_move_that_is_refused_keeps_no_document_and_a_bad_file_keeps_its_placement_back(world):
    ready, early = (make_placement(world.session, world.vacancy, state=state) for state in (S.TRAVELLED, S.PERMIT))
    page = world.agency.get("/placements/together?action=arrive")
    files = [
        ("documents", (f"{ready.reference}.pdf", b"MZ program")),
        ("documents", (f"{early.reference}.pdf", pdf())),
    ]
    here = world.agency.send(page, files=files, chosen=[str(ready.id), str(early.id)])
    text = world.agency.get(here).text
    assert "0 placements were moved. 2 were refused." in text
    assert "Bring a PDF" in text
    assert proofs(world) == []
    world.session.refresh(ready)
    assert ready.state is S.TRAVELLED


def test_without_files_many_are_moved_as_before(world):
    row = make_placement(world.session, world.vacancy, state=S.TRAVELLED)
    here = move_with(world, [row], [])
    assert "1 placement was moved." in world.agency.get(here).text
