"""Rows that stand for the cases that rules are about and the scene lacks: each a changed copy of one that is there."""

import json
from uuid import uuid4

from sqlalchemy import text

from talent.accounts.permissions import Role
from talent.registry import METADATA

COPIED = (
    "insert into {0} overriding system value"
    " select (jsonb_populate_record(null::{0}, to_jsonb(t) || cast(:changed as jsonb))).* from {0} t where {1} limit 1"
)


def add_cases(world):
    """The rows of every such case, for both sides; whoever adds them takes them away."""
    for side in world.sides.values():
        grant = add_people(world, side)
        add_journal(world, side, grant)
    staff = world.others[Role.PROJECT_STAFF]
    copied(world, "judgement", "true", judge_id=staff.id)
    for side in world.sides.values():
        own = f"compared_with = '{side.letter}'"
        by = {"proposed_by": staff.id, "decided_by": side.candidate.id, "decided_at": "2026-11-01"}
        copied(world, "score_weights", own, state="adopted", **by)
        copied(world, "score_weights", own, state="proposed", proposed_by=staff.id)
        copied(world, "score_weights", own, source="hand", state="computed")
    copied(world, "invitation", "true", sent_by=staff.id, token_hash=uuid4().hex)


def add_people(world, side):
    """Somebody at work who has no case of recognition, an employer of the agency, a request for help, shared seats.

    Answers with the grant of a role to the officer.
    """
    candidate, agency = side.candidate.id, side.officer.organisation_id
    own, posted = f"account_id = '{candidate}'", f"id = '{side.vacancy.id}'"
    jobs = [copied(world, "vacancy", posted, reference=f"{side.letter}-{number}") for number in range(3)]
    newcomer = copied(world, "account", f"id = '{candidate}'", login=f"newcomer {side.letter}")
    met = copied(world, "introduction", own, vacancy_id=jobs[0])
    at_work = {"account_id": newcomer, "work_began_on": "2026-01-01", "state": "employed"}
    copied(world, "placement", own, introduction_id=met, reference=f"PL-{side.letter}", **at_work)
    copied(world, "consent", own, purpose="reintegration", recipient_id=None)
    brought = {"kind": "employer", "parent_id": agency, "name": side.vacancy.employer}
    copied(world, "organisation", f"id = '{agency}'", **brought)
    copied(world, "organisation_evidence", f"organisation_id = '{agency}'", confirmed_by=None)
    for job, told in zip(jobs[1:], ({"is_proposed": True}, {"is_unseen": True}), strict=True):
        copied(world, "shared_place", "true", vacancy_id=job, profile_id=side.ids["profile_id"], **told)
    copied(world, "cost", own, is_charge=False, noted_by=side.officer.id)
    supplied = {"supplied_by": side.institute.organisation_id}
    copied(world, "recognition_paper", f"case_id = '{side.ids['case_id']}'", **supplied)
    copied(world, "used_form_key", "true", key=uuid4().hex, sent_by=candidate)
    copied(world, "calendar_feed", "true", account_id=candidate, token_hash=uuid4().hex)
    return copied(world, "role_grant", "true", account_id=side.officer.id, state="declined")


def add_journal(world, side, grant):
    """A line of the journal about a case of each kind, and about this grant of a role."""
    leaving = side.known["protectorate_officer"]["placement_id"]
    agreed = text("select id from contract where placement_id = :placement")
    told = {
        "placement": leaving,
        "contract": world.session.scalar(agreed, {"placement": leaving}),
        "charge_complaint": side.ids["complaint_id"],
        "organisation": side.officer.organisation_id,
        "account": side.candidate.id,
        "role_grant": grant,
        "profile": side.ids["profile_id"],
        "vacancy": side.vacancy.id,
        "introduction": side.ids["introduction_id"],
        "cohort": side.ids["cohort_id"],
        "enrolment": side.ids["enrolment_id"],
        "recognition_case": side.ids["case_id"],
        "score_weights": side.ids["weights_id"],
    }
    for kind, case in told.items():
        copied(world, "case_event", "true", case_kind=kind, case_id=case, actor_id=world.others[Role.PROJECT_STAFF].id)


def copied(world, table, where, **changed):
    """A copy of the first of these rows with other values; its new key, where it has one of its own."""
    if "id" in METADATA.tables[table].columns:
        changed["id"] = uuid4()
    told = json.dumps(changed, default=str)
    made = world.session.execute(text(COPIED.format(table, where)), {"changed": told}).rowcount
    assert made == 1, (table, where)
    return changed.get("id")
