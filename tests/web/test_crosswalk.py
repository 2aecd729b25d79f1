"""The workbench: the encoder proposes, people decide, versions are published; matching and courses use the newest."""

import csv
import io
import json
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation, OrganisationKind
from talent.accounts.permissions import Role
from talent.foundation.clock import now
from talent.foundation.errors import Conflict, NotFound, NotPermitted, Unprocessable
from talent.matching import crosswalk as proposals
from talent.matching.assemble import Assembler
from talent.matching.engine import load
from talent.profiles.models import Qualification
from talent.recognition import crosswalk, crosswalk_files
from talent.recognition.crosswalk_models import LinkState, UnitLink
from talent.recognition.schemas import StandardDraft
from talent.taxonomy.levels import Evidence, QualificationKind
from talent.training import service as training
from talent.training.schemas import CourseDraft, ProgrammeDraft
from tests.factories.corridor import concept, make_account, make_published_profile, make_release
from tests.factories.encoder import KeywordEncoder

TITLE = "Welder, six months"
DRAFT = StandardDraft.model_validate(
    {
        "kind": "nvqf_certificate",
        "title": TITLE,
        "source": "Competency standard of the awarding body",
        "as_of": "2024-05-01",
        "units": "[0715-W-1] welding steel\n\npipe welding and safety at work",
    }
)


@pytest.fixture
def memory(session):
    make_release(session)
    return load(session, KeywordEncoder())


@pytest.fixture
def staff(session):
    return Actor(make_account(session, Role.PROJECT_STAFF).id, Role.PROJECT_STAFF)


@pytest.fixture
def standard(session, memory, staff):
    """An award whose units have their proposals."""
    made = crosswalk.add_standard(session, staff, DRAFT)
    proposals.propose(session, memory, made.id)
    session.expire_all()
    return crosswalk.get_standard(session, made.id)


def link(standard, skill: str) -> UnitLink:
    return next(one for unit in standard.units for one in unit.links if one.skill_id == concept(skill))


def publish(session, staff, standard, *skills):
    for skill in skills:
        crosswalk.decide(session, staff, standard, link(standard, skill).id, confirmed=True)
    return crosswalk.release(session, staff, standard)


def test_units_are_read_line_by_line_with_the_issuers_code_or_none(standard):
    assert [(unit.code, unit.title) for unit in standard.units] == [
        ("0715-W-1", "welding steel"),
        ("", "pipe welding and safety at work"),
    ]


def test_the_encoder_proposes_the_likeliest_skills_and_nothing_counts_before_a_person_confirms(
    session, staff, standard
):
    first = standard.units[0].links
    assert first[0].skill_id == concept("welding steel")
    assert {one.verdict for one in first} == {LinkState.PROPOSED}
    assert all(one.likeness >= proposals.LEAST_LIKENESS and one.model_hash for one in first)
    with pytest.raises(Unprocessable, match="Confirm at least one"):
        crosswalk.release(session, staff, standard)


def test_new_proposals_leave_what_people_said(session, memory, staff, standard):
    said = link(standard, "welding steel")
    crosswalk.decide(session, staff, standard, said.id, confirmed=False)
    proposals.propose(session, memory, standard.id)
    session.expire_all()
    again = crosswalk.get_standard(session, standard.id)
    assert link(again, "welding steel").verdict is LinkState.REJECTED
    skills = [one.skill_id for one in again.units[0].links]
    assert len(skills) == len(set(skills))


def test_a_version_never_changes_and_another_needs_a_change(session, staff, standard):
    first = publish(session, staff, standard, "welding steel")
    with pytest.raises(Unprocessable, match="Nothing has changed"):
        crosswalk.release(session, staff, standard)
    second = publish(session, staff, standard, "pipe welding")
    assert (first.number, len(first.content["rows"])) == (1, 1)
    assert (second.number, len(second.content["rows"])) == (2, 2)
    assert crosswalk.version(session, standard.id, 1).content["rows"] == first.content["rows"]


def test_the_open_data_names_source_date_version_and_uri(session, staff, standard):
    published = publish(session, staff, standard, "welding steel")
    told = json.loads(crosswalk_files.as_json(published))
    assert (told["source"], told["as_of"], told["version"]) == (DRAFT.source, "2024-05-01", 1)
    row = next(csv.DictReader(io.StringIO(crosswalk_files.as_csv(published).decode("utf-8-sig"))))
    assert (row["unit_code"], row["skill_uri"], row["as_of"]) == ("0715-W-1", "urn:test:welding steel", "2024-05-01")
    assert "skill_id" not in row


def test_no_cell_of_the_file_is_a_formula(session, staff, standard):
    standard.units[0].title = "=HYPERLINK(1)"
    published = publish(session, staff, standard, "welding steel")
    assert "'=HYPERLINK(1)" in crosswalk_files.as_csv(published).decode("utf-8-sig")


def candidate_with(session, title, kind=QualificationKind.NVQF_CERTIFICATE, **told):
    return make_published_profile(
        session, skills=("safety at work",), qualifications=[Qualification(kind=kind, title=title, **told)]
    )


@pytest.mark.parametrize(
    ("title", "kind", "follows"),
    [
        (TITLE, QualificationKind.NVQF_CERTIFICATE, True),
        ("WELDER,  six months", QualificationKind.NVQF_CERTIFICATE, True),
        (TITLE, QualificationKind.DAE, False),
        ("Welder, twelve months", QualificationKind.NVQF_CERTIFICATE, False),
    ],
)
def test_confirmed_units_of_an_award_that_was_typed_in_count_as_the_candidates_own_word_and_say_so(
    session, staff, standard, title, kind, follows
):
    profile = candidate_with(session, title, kind)
    publish(session, staff, standard, "welding steel")
    view = next(iter(Assembler(session).candidates([profile.id])))
    implied = [(one.skill_id, one.words, one.evidence, one.award) for one in view.skills if one.award]
    expected = [(concept("welding steel"), "welding steel", Evidence.SELF_DECLARED, title)]
    assert implied == (expected if follows else [])


def test_skills_of_an_award_are_shown_as_well_as_the_award_itself(session, staff, standard):
    publish(session, staff, standard, "welding steel")
    for evidence in Evidence:
        profile = candidate_with(session, TITLE, evidence=evidence)
        view = next(iter(Assembler(session).candidates([profile.id])))
        assert [one.evidence for one in view.skills if one.award] == [evidence]


def test_what_is_told_already_is_not_told_again(session, staff, standard):
    profile = candidate_with(session, TITLE)
    publish(session, staff, standard, "safety at work")
    view = next(iter(Assembler(session).candidates([profile.id])))
    assert [one.award for one in view.skills] == [""]


def test_a_published_version_matches_its_holders_anew(session, memory, staff, standard):
    holder, other = candidate_with(session, TITLE), candidate_with(session, "Cook")
    publish(session, staff, standard, "welding steel")
    queued = session.execute(text("select task_name from procrastinate_jobs")).scalars().all()
    assert {crosswalk.PROPOSE_LINKS, crosswalk.MATCH_AWARD} <= set(queued)
    assert proposals.match_award(session, memory, standard.id) == 1
    assert holder.id in memory.pool.index
    assert other.id not in memory.pool.index


def test_the_same_award_is_kept_once(session, staff, standard):
    with pytest.raises(Conflict):
        crosswalk.add_standard(session, staff, DRAFT.model_copy(update={"title": TITLE.upper()}))


def test_who_keeps_no_crosswalk_decides_nothing(session, standard):
    agency = Actor(uuid4(), Role.AGENCY_OFFICER)
    for attempt in (
        lambda: crosswalk.add_standard(session, agency, DRAFT),
        lambda: crosswalk.decide(session, agency, standard, standard.units[0].links[0].id, confirmed=True),
        lambda: crosswalk.release(session, agency, standard),
    ):
        with pytest.raises(NotPermitted):
            attempt()


def test_a_link_of_another_award_is_not_there(session, staff, standard):
    with pytest.raises(NotFound):
        crosswalk.decide(session, staff, standard, uuid4(), confirmed=True)


def test_a_person_finds_a_skill_that_nobody_proposed_and_adds_it(session, signed_in, standard):
    staff = signed_in(make_account(session, Role.PROJECT_STAFF))
    unit = standard.units[1]
    there = f"/crosswalk/{standard.id}/units/{unit.id}/skills"
    assert there in staff.get(f"/crosswalk/{standard.id}").links()
    assert "We found no new skill" in staff.get(f"{there}?words=qqqqq").text
    found = staff.get(f"{there}?words=rice")
    action = f"{there}/{concept('cook rice')}"
    staff.send(found, action=action)
    session.expire_all()
    added = link(crosswalk.get_standard(session, standard.id), "cook rice")
    assert (added.verdict, added.likeness, added.model_hash) == (LinkState.CONFIRMED, None, "")
    again = staff.get(f"{there}?words=rice")
    assert action not in [form.action for form in again.tree.iter("form")]


def test_a_skill_that_was_rejected_can_be_searched_for_and_confirmed_after_all(session, staff, standard):
    said = link(standard, "welding steel")
    crosswalk.decide(session, staff, standard, said.id, confirmed=False)
    again = crosswalk.add_link(session, staff, standard, said.unit_id, said.skill_id)
    assert (again.id, again.verdict) == (said.id, LinkState.CONFIRMED)


@pytest.mark.parametrize("known", ["unit", "skill", "nothing"])
def test_a_unit_or_a_skill_that_is_not_there_is_not_linked(session, staff, standard, known):
    unit = standard.units[0].id if known == "unit" else uuid4()
    skill = concept("welding steel") if known == "skill" else uuid4()
    with pytest.raises(NotFound):
        crosswalk.add_link(session, staff, standard, unit, skill)


def test_a_person_adds_confirms_publishes_and_anybody_takes_the_open_data(session, memory, signed_in, browser):
    staff = signed_in(make_account(session, Role.PROJECT_STAFF))
    page = staff.get("/crosswalk/new")
    told = {
        "kind": "nvqf_certificate", "title": TITLE, "source": "Standard", "as_of-day": "1", "as_of-month": "5",
        "as_of-year": "2024", "units": "welding steel",
    }  # fmt: skip
    here = staff.send(page, action="/crosswalk/new", **told)
    assert "Proposals are on their way" in staff.get(here).text
    proposals.propose(session, memory, UUID(here.rpartition("/")[2]))
    page = staff.get(here)
    action = next(form.action for form in page.tree.iter("form") if form.action.endswith("/confirm"))
    staff.send(page, action=action)
    staff.send(staff.get(here), action=f"{here}/release")
    again = staff.send(staff.get(here), action=f"{here}/release", expect=422)
    assert "Nothing has changed since the last version." in again.text or again.errors
    links = [address for address in browser.get("/crosswalk").links() if "/versions/" in address]
    assert len(links) == 2
    for address in links:
        assert browser.client.get(address).status_code == 200


def test_an_institute_takes_the_skills_of_an_award_into_its_course(session, staff, standard, signed_in):
    publish(session, staff, standard, "welding steel")
    institute = Organisation(kind=OrganisationKind.INSTITUTE, name="GCT", country="PK", created_at=now())
    session.add(institute)
    session.flush()
    account = make_account(session, Role.INSTITUTE_OFFICER, organisation_id=institute.id)
    officer = Actor(account.id, Role.INSTITUTE_OFFICER, organisation_id=institute.id)
    programme = training.create_programme(session, officer, ProgrammeDraft(title="Welders"))
    course = training.create_course(
        session, officer, programme, CourseDraft.model_validate({"title": "Welding", "language": "ur"})
    )
    here = f"/training/courses/{course.id}/skills"
    teacher = signed_in(account)
    teacher.send(teacher.get(here), action=f"{here}/from-award/{standard.id}")
    session.expire_all()
    found = training.get_course(session, officer, course.id)
    assert [one.skill_id for one in found.skills] == [concept("welding steel")]
