"""The cost ledger: what the law lets a worker pay, and what makes a cost a charge that stops everything."""

from itertools import product

import pytest

from talent.pathways.catalogue import catalogue
from talent.pathways.terms import Payer
from talent.placements.complaint_states import COMPLAINT, ComplaintAction, ComplaintFacts, ComplaintState
from talent.placements.cost_terms import NEVER_THE_WORKERS, PAYEES, PAYERS, RECRUITERS, CostKind, CostParty
from talent.placements.costs import StatutoryFee, why_a_charge, workers_share

EXIT = catalogue().pathway("pk_exit")
FAST_TRACK = catalogue().pathway("de_fast_track_81a")
S, A = ComplaintState, ComplaintAction


def fees(*ways):
    return [StatutoryFee(way, fee) for way in ways for fee in way.fees]


def fee(way, name):
    return next(one for one in way.fees if one.id == name)


def test_a_cost_is_a_charge_when_the_worker_pays_a_recruiter_or_pays_for_the_job_and_never_else():
    wrong = [
        (kind, payer, payee)
        for kind, payer, payee in product(CostKind, PAYERS, PAYEES)
        if bool(why_a_charge(kind, payer, payee, None))
        != (payer is CostParty.WORKER and (payee in RECRUITERS or kind in NEVER_THE_WORKERS))
    ]
    assert wrong == []


def test_a_fee_that_the_law_lays_on_the_employer_is_a_charge_when_the_worker_pays_it():
    employers = next(one for one in FAST_TRACK.fees if one.payer is Payer.EMPLOYER)
    papers = (CostKind.PAPERS, CostParty.WORKER, CostParty.OFFICE)
    assert why_a_charge(*papers, employers)
    assert not why_a_charge(CostKind.PAPERS, CostParty.EMPLOYER, CostParty.OFFICE, employers)


def test_the_fees_that_the_law_lays_on_the_worker_are_no_charge_at_an_office():
    own = [one for one in EXIT.fees if one.payer is Payer.WORKER]
    assert own
    assert [one.id for one in own if why_a_charge(CostKind.PAPERS, CostParty.WORKER, CostParty.OFFICE, one)] == []


def test_what_pakistan_lets_promoters_take_is_a_charge_here():
    assert why_a_charge(CostKind.OTHER, CostParty.WORKER, CostParty.OFFICE, fee(EXIT, "promoter_service"))


def test_the_workers_share_leaves_recruitment_fees_out_and_adds_the_rest():
    # By hand: insurance 2 500 + OPF 4 000 + registration 2 500 + OEC 200 + HEC 1 000 to 3 000 + police 500 rupees.
    share = {one.currency: one for one in workers_share(fees(EXIT))}
    assert (share["PKR"].least_cents, share["PKR"].most_cents, share["PKR"].unknown) == (1_070_000, 1_270_000, 0)


def test_a_fee_without_an_amount_is_counted_as_unknown_and_never_as_nothing():
    unknown = EXIT.fees[0].model_copy(update={"least_cents": None, "most_cents": None, "confidence": "unknown"})
    share = workers_share([StatutoryFee(EXIT, unknown), StatutoryFee(EXIT, fee(EXIT, "police"))])
    assert [(one.least_cents, one.unknown) for one in share] == [(50_000, 1)]


def test_nothing_is_to_pay_where_the_law_names_no_fee_of_the_worker():
    assert workers_share([]) == []


LEADS = {(S.OPEN, A.UPHOLD): S.UPHELD, (S.OPEN, A.DISMISS): S.DISMISSED, (S.UPHELD, A.NOTE_PAID_BACK): S.PAID_BACK}


@pytest.mark.parametrize(("state", "action"), list(product(S, A)))
def test_each_pair_leads_where_the_table_says_and_nowhere_else(state, action):
    step = COMPLAINT.step(state, action)
    assert (step.target if step else None) == LEADS.get((state, action))


def test_every_decision_needs_its_reason():
    steps = [COMPLAINT.step(*pair) for pair in LEADS]
    assert all(step.unmet(ComplaintFacts(False)) and not step.unmet(ComplaintFacts(True)) for step in steps)
