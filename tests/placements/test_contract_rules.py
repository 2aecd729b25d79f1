"""Each term of a contract against what the law asks, worked by hand; and the steps of a contract in full."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.casework.take import unmet
from talent.foundation.errors import Conflict
from talent.pathways.catalogue import catalogue
from talent.pathways.conditions import Answer
from talent.placements.contract_rules import Letter, read_terms, term_rules
from talent.placements.contract_states import CONTRACT, ContractAction, ContractFacts, ContractState
from talent.placements.contract_terms import Housing, Length, Payment, Promises, Term
from talent.vacancies.terms import PayPeriod
from tests.house.code import ROOT

ON = date(2026, 11, 23)
MET, MISSING, UNKNOWN = Answer.MET, Answer.MISSING, Answer.UNKNOWN
WHOLE = Promises(
    pay_cents=295_000,
    period=PayPeriod.MONTH,
    hours_week=40,
    length=Length.FIXED,
    months=24,
    housing=Housing.RENTED,
    rent_cents=45_000,
    return_ticket=Payment.EMPLOYER,
    insurance=Payment.SHARED,
    probation_months=6,
    languages=("de", "ur"),
)
NOTHING = Promises()


def findings(way, promises, *, isco="7212", reads=frozenset({"ur"}), letter=None):
    found = catalogue().pathway(way)
    rows = read_terms(promises, found, catalogue().amounts, isco_group=isco, reads=reads, letter=letter, on=ON)
    return [(row.term, row.answer, getattr(row.row, "id", "")) for row in rows]


def of(way, term, row_id, **changed):
    told = {(term, key): answer for term, answer, key in findings(way, replace(WHOLE, **changed))}
    return told[term, row_id]


WORKED = [
    # Finland, decree 860/2024 § 1: EUR 1 600 a month for an employed person.
    ("fi_employed_person", Term.PAY, "pay", {"pay_cents": 159_999}, MISSING),
    ("fi_employed_person", Term.PAY, "pay", {"pay_cents": 160_000}, MET),
    ("fi_employed_person", Term.PAY, "pay", {"pay_cents": 1_920_000, "period": PayPeriod.YEAR}, MET),
    # Pay for an hour is not turned into pay for a month by guessing at the hours that are really worked.
    ("fi_employed_person", Term.PAY, "pay", {"pay_cents": 2_000, "period": PayPeriod.HOUR}, UNKNOWN),
    # Money other than euro is not compared with a floor in euro.
    ("fi_employed_person", Term.PAY, "pay", {"currency": "SEK"}, UNKNOWN),
    # Finland, specialist in 2026: EUR 3 937 a month.
    ("fi_specialist", Term.PAY, "pay", {"pay_cents": 393_699}, MISSING),
    ("fi_specialist", Term.PAY, "pay", {"pay_cents": 393_700}, MET),
    # Germany, § 6 BeschV: EUR 45 630 a year (45 % of 101 400), or pay by a collective agreement, which is not known.
    ("de_experienced_worker_6beschv", Term.PAY, "pay", {"pay_cents": 4_562_999, "period": PayPeriod.YEAR}, UNKNOWN),
    ("de_experienced_worker_6beschv", Term.PAY, "pay", {"pay_cents": 4_563_000, "period": PayPeriod.YEAR}, MET),
    # Germany, § 18(2) no. 5: from 45 on EUR 55 770; the age is nobody's business here, so less pay stays unknown.
    ("de_fast_track_81a", Term.PAY, "age", {"pay_cents": 5_577_000, "period": PayPeriod.YEAR}, MET),
    ("de_fast_track_81a", Term.PAY, "age", {"pay_cents": 5_576_999, "period": PayPeriod.YEAR}, UNKNOWN),
    # Blue Card, § 18g(1): a contract of six months at least.
    ("de_blue_card_18g", Term.MONTHS, "contract", {"months": 5}, MISSING),
    ("de_blue_card_18g", Term.MONTHS, "contract", {"months": 6}, MET),
    ("de_blue_card_18g", Term.MONTHS, "contract", {"length": Length.OPEN, "months": None}, MET),
    # Seasonal work: nine months in twelve at most; a contract without an end is too long.
    ("it_seasonal_art24", Term.MONTHS, "length", {"months": 9}, MET),
    ("it_seasonal_art24", Term.MONTHS, "length", {"months": 10}, MISSING),
    ("it_seasonal_art24", Term.MONTHS, "length", {"length": Length.OPEN, "months": None}, MISSING),
    # D.Lgs. 286/1998 art. 24: the rent is a third of the pay at most, and is never taken off automatically.
    ("it_seasonal_art24", Term.HOUSING, "rent_share", {"pay_cents": 150_000, "rent_cents": 50_000}, MET),
    ("it_seasonal_art24", Term.HOUSING, "rent_share", {"pay_cents": 150_000, "rent_cents": 50_001}, MISSING),
    ("it_seasonal_art24", Term.HOUSING, "rent_share", {"rent_cents": None}, UNKNOWN),
    ("it_seasonal_art24", Term.HOUSING, "rent_share", {"housing": Housing.FREE, "rent_cents": None}, MET),
    ("it_seasonal_art24", Term.HOUSING, "no_deduction", {"housing": Housing.DEDUCTED}, MISSING),
    ("it_seasonal_art24", Term.HOUSING, "no_deduction", {"housing": Housing.RENTED}, MET),
    ("it_seasonal_art24", Term.HOUSING, "no_deduction", {"housing": None}, UNKNOWN),
    # Directive 2003/88/EC art. 6: 48 hours a week.
    ("es_residencia_trabajo_cuenta_ajena", Term.HOURS, "hours_week", {"hours_week": 48}, MET),
    ("es_residencia_trabajo_cuenta_ajena", Term.HOURS, "hours_week", {"hours_week": 48.5}, MISSING),
    ("es_residencia_trabajo_cuenta_ajena", Term.HOURS, "hours_week", {"hours_week": None}, UNKNOWN),
    ("es_residencia_trabajo_cuenta_ajena", Term.HOURS, "hours_written", {"hours_week": None}, MISSING),
    # Directive (EU) 2019/1152 art. 8: six months of probation.
    ("at_rwr_shortage", Term.PROBATION, "probation", {"probation_months": 6}, MET),
    ("at_rwr_shortage", Term.PROBATION, "probation", {"probation_months": 7}, MISSING),
    ("at_rwr_shortage", Term.PROBATION, "probation", {"probation_months": None}, UNKNOWN),
    # SGB III § 299: the worker's own language, or one that is understood; the profile names Urdu.
    ("de_fast_track_81a", Term.LANGUAGE, "understood", {"languages": ("de", "ur")}, MET),
    ("de_fast_track_81a", Term.LANGUAGE, "understood", {"languages": ("de",)}, MISSING),
    ("de_fast_track_81a", Term.LANGUAGE, "understood", {"languages": ()}, UNKNOWN),
]


@pytest.mark.parametrize(("way", "term", "row", "changed", "answer"), WORKED)
def test_a_term_is_read_as_the_source_says(way, term, row, changed, answer):
    assert of(way, term, row, **changed) is answer


def test_every_term_has_a_line_and_what_no_source_speaks_of_is_never_called_met():
    for way in catalogue().pathways:
        for promises in (WHOLE, NOTHING):
            found = findings(way.id, promises)
            assert {term for term, _, _ in found} == set(Term)
            silent = [answer for _, answer, row in found if not row]
            assert set(silent) <= {UNKNOWN}


def test_who_knows_no_language_of_the_worker_says_so():
    found = {row: answer for _, answer, row in findings("de_fast_track_81a", WHOLE, reads=frozenset())}
    assert found["understood"] is UNKNOWN


@given(st.integers(1, 10_000_000), st.integers(1, 10_000_000))
def test_a_contract_that_pays_less_than_the_demand_letter_never_passes(pay, asked):
    letter = Letter("DL-1", replace(WHOLE, pay_cents=asked))
    found = findings("de_fast_track_81a", replace(WHOLE, pay_cents=pay), letter=letter)
    assert next(answer for term, answer, row in found if term is Term.PAY and not row) is (
        MET if pay >= asked else MISSING
    )


def test_every_rule_names_a_source_that_is_listed():
    listed = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    assert [row.id for row in term_rules() if f"| {row.source} |" not in listed] == []
    assert len({row.id for row in term_rules()}) == len(term_rules())


S, A = ContractState, ContractAction
MOVES = {
    (S.DRAFT, A.SEND): S.SENT,
    (S.OBJECTED, A.SEND): S.SENT,
    (S.SENT, A.CONFIRM): S.CONFIRMED,
    (S.SENT, A.OBJECT): S.OBJECTED,
    (S.CONFIRMED, A.ATTEST): S.ATTESTED,
    **{(state, A.WITHDRAW): S.WITHDRAWN for state in S if state is not S.WITHDRAWN},
}
READY = ContractFacts(has_pay=True, has_hours=True, was_read=True, is_attestation_whole=True, has_words=True)


class OneContract:
    id = None

    def __init__(self, state):
        self.state = state


def test_each_pair_of_state_and_action_leads_where_the_table_says_and_nowhere_else():
    wrong = []
    for state, action in product(S, A):
        step = CONTRACT.step(state, action)
        if (step.target if step else None) != MOVES.get((state, action)):
            wrong.append((state, action))
        if step is None:
            with pytest.raises(Conflict):
                unmet(OneContract(state), CONTRACT, action, READY)
        elif unmet(OneContract(state), CONTRACT, action, READY) or not unmet(
            OneContract(state), CONTRACT, action, ContractFacts()
        ):
            wrong.append((state, action, "asks for nothing, or is never content"))
    assert wrong == []
