"""What one does with what is somebody else's, straight at the services: no page, no policy and no row-level security.

One row an act: the function with its guard, what is done, and what comes back; an error stands for itself. ``given`` is
what the database holds besides, where the scene has no such case: a row that says it is another's, a draft, a day.
"""

from datetime import timedelta

from talent.accounts import confirming, sessions
from talent.accounts.permissions import Role
from talent.foundation.errors import NotFound, Unprocessable
from talent.matching import introductions, judging, prospects, revealing
from talent.matching import service as matching
from talent.matching.states import IntroductionAction
from talent.monitoring import outreach
from talent.organisations import service as organisations
from talent.organisations.policy import visible_organisations
from talent.placements import (
    bulk,
    check_ins,
    complaints,
    contracts,
    costs,
    demands,
    feeds,
    listing,
    partners,
    places,
    proofs,
    rule_changes,
)
from talent.placements.models import Placement
from talent.placements.states import PlacementAction
from talent.profiles import consent, cv, rights
from talent.profiles import service as profiles
from talent.profiles.models import ConsentPurpose
from talent.readiness import applying
from talent.staffing import service as staffing
from talent.training import integrity, overview, reports
from talent.training import service as training
from talent.training.models import Cohort
from talent.training.policy import visible_cohorts
from talent.training.states import FindingAction
from tests.access.acting import Act, stands
from tests.access.scenes import KEYS
from tests.access.tried import (
    applied_without_phone,
    costs_there,
    feeds_kept,
    found_alike,
    found_people,
    in_force,
    kept_twice,
    leaving,
    looked_at,
    matched,
    of,
    on_shortlist,
    paper_of_another,
    proposed,
    seen_at,
    taken_back,
    trainee,
    unchanged,
    unseen,
)

PASSWORD = "four quiet words here"


ANOTHERS = (
    "update introduction set organisation_id = '{b.officer.organisation_id}' where vacancy_id = '{a.vacancy.id}';"
)
SILENTS = "(select id from profile where account_id = '{a.silent.id}')"
UNMATCHED = "delete from suggestion where vacancy_id = '{a.vacancy.id}'"
OF_SILENT = "update introduction set profile_id = " + SILENTS + " where vacancy_id = '{a.vacancy.id}'"
REVIEW_OF_SILENT = "update review_request set profile_id = " + SILENTS + " where vacancy_id = '{a.vacancy.id}'"
RESTRICTED = "update profile set restricted_at = now() where id = '{a.ids[profile_id]}'"
ALL_RESTRICTED = "update profile set restricted_at = now()"
DUE = "update placement set next_due_on = current_date; update recognition_case set next_deadline_on = current_date"
OTHER_WAYS = "update placement_proof set way_id = 'de_fast_track_81a'"
NO_CHARGES = "update cost set is_charge = false"
EMPLOYER = "update organisation set parent_id = '{a.officer.organisation_id}' where kind = 'employer'"
GRADE = judging.JudgedGrade(grade=2, reason="The trade fits, the language does not.")
DRAFTS = "update contract set state = 'draft'"
COUNTED = (
    "insert into seat_book (id, key, kind, capacity, free, reserved, used)"
    " values (gen_random_uuid(), 'quota:{quota}', 'quota', 9, 4, 5, 0) on conflict (key) do update set"
    " capacity = 9, free = 4, reserved = 5, used = 0"
)
PHONES = (
    "update account set login = '0302' || left(id::text, 8) where id <> '{a.silent.id}';"
    "update account set name = name where id = '{a.silent.id}'"
)
"""Everybody's login is a number but one's own, which comes last."""
ANOTHER_SCHOOLS = (
    "update course set organisation_id = '{b.institute.organisation_id}'"
    " where organisation_id = '{a.institute.organisation_id}'"
)
PLANNED = "update cohort set state = 'planned'"
ACCEPT = IntroductionAction.ACCEPT
QUESTION = revealing.RevealReason.QUESTION

ACTS = (
    Act("talent.accounts.confirming:_fits", lambda s: confirming._fits(s.session, s.b.officer, PASSWORD), True),
    Act("talent.accounts.sessions:holder_of", lambda s: seen_at(s, ago=timedelta(minutes=2)), True),
    Act("talent.accounts.sessions:holder_of", lambda s: seen_at(s, ago=timedelta(seconds=30)), False),
    Act(
        "talent.accounts.sessions:actor_of",
        lambda s: sessions.actor_of(s.session, s.world.tokens["agency_officer"]).id == s.a.officer.id,
        True,
    ),
    Act("talent.accounts.sessions:actor_of", lambda s: sessions.actor_of(s.session, s.world.tokens["halfway"]), None),
    Act("talent.looking:own_looks", looked_at, True),
    Act(
        "talent.matching.introductions:decide",
        lambda s: introductions.decide(s.session, s.a.officer, s.a.vacancy.id, s.a.ids["profile_id"], ACCEPT),
        NotFound,
        f"{ANOTHERS};{UNMATCHED}",
    ),
    Act(
        "talent.matching.introductions:ask_for_review",
        lambda s: introductions.ask_for_review(s.session, s.b.candidate, s.a.vacancy.id, "Why?"),
        NotFound,
    ),
    Act(
        "talent.matching.introductions:ask_for_review",
        lambda s: (
            introductions.ask_for_review(s.session, s.a.candidate, s.a.vacancy.id, "Why?").profile_id
            == s.a.ids["profile_id"]
        ),
        True,
        REVIEW_OF_SILENT,
    ),
    Act(
        "talent.matching.introductions:reviews_of",
        lambda s: introductions.reviews_of(s.session, s.a.silent, s.a.vacancy.id),
        [],
    ),
    Act(
        "talent.matching.revealing:reveal",
        lambda s: revealing.reveal(
            s.session, s.a.officer, s.a.vacancy.id, s.world.place.profile_of(s.a.silent).id, QUESTION
        ),
        NotFound,
    ),
    Act("talent.matching.judging:standing", lambda s: judging.standing(s.session, s.staff)[0].judged, 0),
    Act(
        "talent.matching.judging:judge",
        lambda s: judging.judge(s.session, s.staff, s.a.ids["pair_id"], GRADE).judge_id == s.staff.id,
        True,
    ),
    Act(
        "talent.matching.prospects:prospect",
        lambda s: prospects.prospect(s.session, s.b.candidate, s.a.vacancy.id),
        NotFound,
    ),
    Act("talent.matching.people_query:people", found_people, 0, ALL_RESTRICTED),
    Act("talent.matching.people_query:people", found_people, 0, "update profile set state = 'paused'"),
    Act("talent.matching.people:_like", found_alike, NotFound, "update profile set state = 'paused'"),
    Act("talent.matching.shared_places:proposed_to", lambda s: proposed(s, s.b.officer), 1),
    Act("talent.matching.shared_places:proposed_to", lambda s: proposed(s, s.b.officer, "is_unseen"), 0),
    Act("talent.matching.shared_places:unseen", lambda s: unseen(s, "is_proposed"), 0),
    Act("talent.matching.policy:visible_shared_places", lambda s: unseen(s, "is_unseen"), 2),
    Act("talent.matching.policy:visible_shared_places", lambda s: proposed(s, s.b.officer), 1),
    Act("talent.placements.proofs:proofs_of", lambda s: proofs.proofs_of(s.session, s.b.officer, s.placement), []),
    Act(
        "talent.placements.proofs:proof_of",
        lambda s: proofs.proof_of(s.session, s.b.officer, s.placement, s.a.ids["proof_id"]),
        NotFound,
    ),
    Act(
        "talent.placements.policy:visible_proofs",
        lambda s: proofs.proofs_of(s.session, s.world.others[Role.PROTECTORATE_OFFICER], leaving(s)),
        [],
        OTHER_WAYS,
    ),
    Act(
        "talent.placements.policy:visible_costs",
        lambda s: bool(costs.costs_of(s.session, s.a.officer, s.placement)),
        True,
        NO_CHARGES,
    ),
    Act(
        "talent.placements.rule_changes:changes_of",
        lambda s: rule_changes.changes_of(s.session, s.b.officer, s.placement),
        [],
    ),
    Act(
        "talent.organisations.policy:visible_organisations",
        lambda s: len(s.session.scalars(visible_organisations(s.a.officer)).all()),
        2,
        EMPLOYER,
    ),
    Act(
        "talent.staffing.service:get_grant",
        lambda s: staffing.get_grant(s.session, s.stranger, s.a.ids["grant_id"]),
        NotFound,
    ),
    Act("talent.matching.service:as_matches", matched, None, OF_SILENT),
    Act("talent.matching.service:shortlist", on_shortlist, True),
    Act("talent.matching.service:shortlist", on_shortlist, False, RESTRICTED),
    Act(
        "talent.matching.service:suggested",
        lambda s: s.session.scalar(matching.suggested(s.b.officer, s.a.vacancy.id, s.a.ids["profile_id"])),
        None,
    ),
    Act(
        "talent.matching.service:introductions_to",
        lambda s: matching.introductions_to(s.session, s.b.officer, s.a.vacancy.id),
        {},
    ),
    Act(
        "talent.matching.service:opened",
        lambda s: matching.opened(
            s.session, s.b.officer, matching.introductions_to(s.session, s.a.officer, s.a.offers[0].id)
        ),
        set(),
    ),
    Act("talent.matching.withdrawing:withdraw_consent", taken_back, None, OF_SILENT),
    Act(
        "talent.monitoring.outreach:waiting",
        lambda s: outreach.waiting(s.session, s.other(Role.PROJECT_STAFF)).total,
        0,
    ),
    Act(
        "talent.monitoring.outreach:waiting",
        lambda s: outreach.waiting(s.session, s.world.others[Role.PROJECT_STAFF]).total > 0,
        True,
    ),
    Act("talent.monitoring.saved:save", kept_twice, True),
    Act(
        "talent.organisations.service:get_organisation",
        lambda s: organisations.get_organisation(s.session, s.b.officer, s.a.officer.organisation_id),
        NotFound,
    ),
    Act(
        "talent.placements.bulk:ready_for",
        lambda s: (
            of(one for action in PlacementAction for one in bulk.ready_for(s.session, s.b.officer, action))
            - {str(s.b.officer.organisation_id)}
        ),
        set(),
    ),
    Act(
        "talent.placements.check_ins:of_placement",
        lambda s: check_ins.of_placement(s.session, s.a.officer, s.placement),
        [],
    ),
    Act(
        "talent.placements.complaints:complaints_about",
        lambda s: complaints.complaints_about(s.session, s.a.officer, costs_there(s)),
        {},
    ),
    Act(
        "talent.placements.contracts:contracts_of",
        lambda s: contracts.contracts_of(s.session, s.b.officer, s.placement),
        [],
    ),
    Act(
        "talent.placements.contracts:to_change",
        lambda s: contracts.to_change(s.session, s.b.officer, s.placement),
        NotFound,
    ),
    Act(
        "talent.placements.policy:visible_contracts",
        lambda s: contracts.contracts_of(s.session, s.a.candidate, s.placement),
        [],
        DRAFTS,
    ),
    Act(
        "talent.placements.policy:visible_contracts",
        lambda s: contracts.contracts_of(
            s.session,
            s.world.others[Role.PROTECTORATE_OFFICER],
            s.session.get_one(Placement, s.a.known["protectorate_officer"]["placement_id"]),
        ),
        [],
        DRAFTS,
    ),
    Act("talent.placements.costs:costs_of", lambda s: costs.costs_of(s.session, s.b.officer, s.placement), []),
    Act("talent.placements.demands:letter_of", lambda s: demands.letter_of(s.session, s.b.officer, s.placement), None),
    Act("talent.placements.feeds:deadlines", lambda s: feeds.deadlines(s.session, s.stranger), [], DUE),
    Act(
        "talent.placements.feeds:end_feed",
        unchanged(feeds_kept, lambda s: feeds.end_feed(s.session, s.stranger)),
        True,
    ),
    Act("talent.placements.listing:countries", lambda s: listing.countries(s.session, s.stranger), []),
    Act("talent.placements.partners:met", lambda s: partners.met(s.session, s.stranger), {}),
    Act("talent.placements.partners:taught_by", lambda s: partners.taught_by(s.session, s.stranger), {}),
    Act(
        "talent.placements.places:quotas",
        lambda s: sum(promise.book.reserved for _, promise in places.quotas(s.session, s.stranger)),
        0,
        COUNTED,
    ),
    Act(
        "talent.profiles.consent:withdraw",
        unchanged(in_force, lambda s: consent.withdraw(s.session, s.stranger, ConsentPurpose.MATCHING)),
        True,
    ),
    Act("talent.profiles.cv:cv_file", lambda s: cv.cv_file(s.session, s.stranger), None),
    Act("talent.profiles.papers:own_paper", paper_of_another, (None, True)),
    Act(
        "talent.profiles.rights:is_restricted",
        lambda s: rights.is_restricted(s.session, s.stranger),
        False,
        ALL_RESTRICTED,
    ),
    Act("talent.profiles.service:own_state", lambda s: profiles.own_state(s.session, s.stranger), None),
    Act("talent.profiles.service:_own", lambda s: profiles._own(s.session, s.stranger, locked=False), None),
    Act("talent.profiles.service:suggested_contact", lambda s: profiles.suggested_contact(s.session, s.stranger), {}),
    Act(
        "talent.readiness.applying:apply",
        lambda s: applying.apply(s.session, s.stranger, s.a.ids["cohort_id"], keys=KEYS),
        Unprocessable,
    ),
    Act("talent.readiness.applying:apply", applied_without_phone, Unprocessable, PHONES),
    Act("talent.readiness.applying:_own_trainings", lambda s: applying._own_trainings(s.session, s.stranger), []),
    Act(
        "talent.readiness.applying:_joined",
        lambda s: applying._joined(s.session, s.stranger, trainee(s)),
        Unprocessable,
    ),
    Act(
        "talent.training.integrity:findings",
        lambda s: of(one for one, _ in integrity.findings(s.session, s.b.institute)) == {s.school},
        True,
    ),
    Act(
        "talent.training.integrity:settle",
        lambda s: integrity.settle(
            s.session, s.b.institute, s.a.ids["finding_id"], FindingAction.EXPLAIN, reason="It was a holiday."
        ),
        NotFound,
    ),
    Act(
        "talent.training.overview:figures",
        lambda s: of(overview.figures(s.session, s.b.institute)) <= {s.school},
        True,
    ),
    Act(
        "talent.training.overview:courses_by_programme",
        lambda s: of(one for one, _ in overview.courses_by_programme(s.session, s.b.institute)) == {s.school},
        True,
    ),
    Act(
        "talent.training.overview:courses_by_programme",
        lambda s: [list(courses) for _, courses in overview.courses_by_programme(s.session, s.a.institute) if courses],
        [],
        ANOTHER_SCHOOLS,
    ),
    Act(
        "talent.training.reports:due_reports",
        lambda s: [
            due.report
            for due in reports.due_reports(s.session, s.b.institute, s.session.get_one(Cohort, s.a.ids["cohort_id"]))
            if due.report
        ],
        [],
    ),
    Act(
        "talent.training.service:programmes",
        lambda s: of(training.programmes(s.session, s.b.institute)) == {s.school},
        True,
    ),
    Act(
        "talent.training.service:cohorts", lambda s: of(training.cohorts(s.session, s.b.institute)) == {s.school}, True
    ),
    Act(
        "talent.training.service:course_titles",
        lambda s: str(s.a.ids["course_id"]) in training.course_titles(s.session, s.b.institute),
        False,
    ),
    Act(
        "talent.training.policy:visible_cohorts",
        lambda s: s.session.scalars(visible_cohorts(s.stranger)).all(),
        [],
        PLANNED,
    ),
)


def wrong_acts(world, place=None):
    """The acts at this place, or all of them, that end otherwise than they must, with what came back."""
    asked = [act for act in ACTS if place in (None, act.place)]
    found = [(act.place, act.given, *stands(world, act)) for act in asked]
    return [(where, given, came) for where, given, came, is_right in found if not is_right]
