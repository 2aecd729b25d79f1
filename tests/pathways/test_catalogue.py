"""The shipped ways are whole, and a data file that is not is refused."""

from datetime import date

import pytest

from talent.casework.sourced import sourced_rows
from talent.pathways.catalogue import catalogue, read_data
from talent.pathways.conditions import Condition
from talent.pathways.terms import Doer, Payer, Stage

SOURCED = "source: S-DE-1, as_of: '2026', confidence: high, review_by: 2027-01-01"
LIMIT = f"{{length: P1M, binding: must, on_silence: none, extendable: false, {SOURCED}}}"


def data(**changed: str) -> str:
    parts = {
        "steps": f"[{{id: one, text: x, doer: worker, stage: visa, {SOURCED}}}]",
        "fees": "[]",
        "criteria": "[]",
        "dates": "",
    } | changed
    return (
        f"pathways: [{{id: made_up, country: DE, kind: work, calendar: DE, title: x, summary: x, outcome: visa, "
        f"validity: {{id: v, text: x, {SOURCED}}}, {parts['dates']} criteria: {parts['criteria']}, "
        f"steps: {parts['steps']}, fees: {parts['fees']}, {SOURCED}}}]"
    )


def test_every_route_of_the_corridor_is_there():
    assert {row.country for row in catalogue().pathways} == {"DE", "IT", "FI", "ES", "GR", "AT", "PK"}
    assert len(catalogue().pathways) >= 20


def test_pakistans_steps_stand_apart_and_are_no_destination():
    assert "PK" not in catalogue().destinations()
    assert {step.stage for way in catalogue().of_country("PK", on=date(2026, 11, 22)) for step in way.steps} >= {
        Stage.EXIT
    }


def test_the_accelerated_procedure_is_paid_by_the_employer_and_pakistans_welfare_fund_by_the_worker():
    fast, leaving = catalogue().pathway("de_fast_track_81a"), catalogue().pathway("pk_exit")
    assert fast is not None
    assert leaving is not None
    assert {fee.id: fee.payer for fee in fast.fees}["fast_track"] is Payer.EMPLOYER
    assert {fee.id: fee.payer for fee in leaving.fees}["welfare_fund"] is Payer.WORKER


def test_no_fee_of_recruitment_is_put_on_the_worker():
    fees = [fee for way in catalogue().pathways for fee in way.fees]
    assert [fee.id for fee in fees if fee.is_recruitment] == ["promoter_service"]
    assert all(fee.payer is not Payer.WORKER for fee in fees if fee.is_recruitment)


def test_two_sources_that_disagree_about_a_quota_are_two_counters():
    said = {row.places for row in catalogue().quotas if row.category == "listed_countries" and row.year == 2026}
    assert said == {25_000, 2_000}


def test_every_way_has_criteria_steps_and_an_act_of_somebody_else_than_the_worker():
    for row in catalogue().pathways:
        assert row.criteria, row.id
        assert {step.doer for step in row.steps} - {Doer.WORKER}, row.id


def test_unknown_fees_and_times_are_shipped_as_unknown():
    rows = [row for row in sourced_rows(catalogue()) if row.confidence == "unknown"]
    assert len(rows) >= 10


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"fees": f"[{{id: f, text: x, least_cents: 5, currency: EUR, payer: worker, {SOURCED}}}]"}, "both amounts"),
        ({"fees": f"[{{id: f, text: x, currency: EUR, payer: worker, {SOURCED}}}]"}, "unknown"),
        (
            {"steps": f"[{{id: a, text: x, doer: worker, stage: visa, starts: b, limit: {LIMIT}, {SOURCED}}}]"},
            "does not come before",
        ),
        (
            {
                "steps": f"[{{id: a, text: x, doer: worker, stage: visa, {SOURCED}}}, "
                f"{{id: b, text: x, doer: worker, stage: permit, {SOURCED}}}]"
            },
            "order of the journey",
        ),
        (
            {"criteria": f"[{{id: c, text: x, opens: x, when: {{fact: pay_year_cents, figure: none}}, {SOURCED}}}]"},
            "no such figure",
        ),
        ({"criteria": f"[{{id: c, text: x, opens: x, when: {{fact: has_offer}}, {SOURCED}}}]"}, "one fact"),
        ({"dates": "guess: 3,"}, "guess"),
    ],
)
def test_a_data_file_that_is_not_whole_is_refused(tmp_path, changed, complaint):
    (tmp_path / "wrong.yaml").write_text(data(**changed), encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        read_data(tmp_path)


@pytest.mark.parametrize(
    ("first", "second", "overlaps"),
    [
        ("valid_to: 2026-12-31,", "valid_from: 2027-01-01,", False),
        ("valid_to: 2026-12-31,", "valid_from: 2026-12-31,", True),
        ("", "valid_from: 2027-01-01,", True),
    ],
)
def test_a_way_has_one_set_of_rules_on_each_day(tmp_path, first, second, overlaps):
    (tmp_path / "a.yaml").write_text(data(dates=first), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(data(dates=second), encoding="utf-8")
    if overlaps:
        with pytest.raises(ValueError, match="made_up"):
            read_data(tmp_path)
        return
    found = read_data(tmp_path)
    versions = [found.pathway("made_up", on=day) for day in (date(2026, 12, 31), date(2027, 1, 1))]
    assert [row.valid_from for row in versions if row] == [None, date(2027, 1, 1)]
    assert versions[0] is not None
    assert versions[1] is not None
    assert versions[0].version != versions[1].version


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"fact": "has_offer", "equals": True, "any": [{"fact": "has_visa", "equals": True}]},
        {"sum": [{"fact": "has_offer", "equals": True, "points": 1}]},
        {"sum": [{"fact": "has_offer", "equals": True}], "reaches": 1},
        {"all": [{"fact": "has_offer", "equals": True}], "any": [{"fact": "has_offer", "equals": True}]},
    ],
)
def test_a_condition_says_one_thing(wrong):
    with pytest.raises(ValueError):
        Condition.model_validate(wrong)
