"""The shipped procedures say what the law says, and unknown where nothing was found."""

import pytest

from talent.casework.clock_terms import Binding, OnSilence, Pause
from talent.recognition.procedures import Deadline, catalogue, read_data
from talent.recognition.terms import Act, ClockStart, PaperKind, ProcedureKind

SOURCED = "source: S-DE-2, as_of: '2023', confidence: high, review_by: 2027-01-01"


def deadline(procedure: str, act: Act) -> Deadline:
    found = catalogue().procedure(procedure)
    assert found is not None
    row = found.deadline(act)
    assert row is not None
    return row


@pytest.mark.parametrize(
    ("procedure", "act", "length", "binding", "start", "extendable"),
    [
        ("de_bqfg_nonregulated", Act.RECEIPT, "P1M", Binding.MUST, ClockStart.APPLICATION, False),
        ("de_bqfg_nonregulated", Act.DECISION, "P3M", Binding.MUST, ClockStart.COMPLETE_FILE, "once_reasoned"),
        ("de_bqfg_fast_track", Act.RECEIPT, "P2W", Binding.MUST, ClockStart.APPLICATION, False),
        ("de_bqfg_fast_track", Act.DECISION, "P2M", Binding.SHOULD, ClockStart.COMPLETE_FILE, "once_reasoned"),
        ("de_bqfg_fast_track", Act.INVITE_EMPLOYER, "P3D", Binding.MUST, ClockStart.RECEIPT_BY_OFFICE, False),
        ("de_regulated_generic", Act.DECISION, "P3M", Binding.MUST, ClockStart.COMPLETE_FILE, "once_reasoned"),
        ("de_regulated_generic", Act.APTITUDE_TEST_OFFERED, "P6M", Binding.MUST, ClockStart.CHOICE_OF_TEST, False),
        ("de_nurse", Act.DECISION, "P4M", Binding.MUST, ClockStart.COMPLETE_FILE, False),
        ("de_nurse", Act.DECISION_FAST_TRACK, "P2M", Binding.SHOULD, ClockStart.COMPLETE_FILE, False),
        ("de_nurse", Act.KNOWLEDGE_TEST_OFFERED, "P6M", Binding.MUST, ClockStart.DEFICIT_DECISION, False),
        ("fi_edufi_degree", Act.RECEIPT, "P1M", Binding.REGULAR, ClockStart.APPLICATION, "unknown"),
    ],
)
def test_a_deadline_is_the_one_of_the_paragraph(procedure, act, length, binding, start, extendable):
    row = deadline(procedure, act)
    assert (row.length, row.binding, row.clock_start, row.extendable) == (length, binding, start, extendable)


@pytest.mark.parametrize("procedure", ["de_bqfg_nonregulated", "de_bqfg_fast_track", "de_regulated_generic"])
def test_the_clock_of_the_decision_stops_for_information_originals_and_other_procedures(procedure):
    assert set(deadline(procedure, Act.DECISION).pauses) == set(Pause)


def test_silence_is_a_yes_only_for_a_longer_adaptation_course():
    consent = [
        (row.id, one.act)
        for row in catalogue().procedures
        for one in row.deadlines
        if one.on_silence is OnSilence.DEEMED_CONSENT
    ]
    assert consent == [("de_nurse", Act.COURSE_EXTENSION)]


@pytest.mark.parametrize(
    "procedure", ["it_health_extra_ue", "it_vocational_titles", "fi_nurse_extra_eu", "de_degree_zab"]
)
def test_what_was_not_found_is_shipped_as_unknown(procedure):
    assert deadline(procedure, Act.DECISION).length is None


def test_the_accelerated_procedure_is_paid_by_the_employer_and_costs_411_euros():
    found = catalogue().procedure("de_bqfg_fast_track")
    assert found is not None
    fee = found.fees[0]
    assert (fee.least_cents, fee.most_cents, fee.payer.value) == (411_00, 411_00, "employer")


def test_the_curriculum_is_asked_for_only_on_request_in_germany():
    found = catalogue().procedure("de_bqfg_nonregulated")
    assert found is not None
    assert [paper.when.value for paper in found.papers if paper.kind is PaperKind.CURRICULUM] == ["on_request"]


def test_every_procedure_that_an_authority_decides_has_one_in_the_data():
    decided = {(row.country, kind) for row in catalogue().authorities for kind in row.for_kinds}
    without = {
        row.id
        for row in catalogue().procedures
        if row.kind not in (ProcedureKind.EMPLOYER_ASSESSMENT, ProcedureKind.WITHOUT_PAPERS)
        and (row.country, row.kind) not in decided
    }
    assert without == set()


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (
            f"frames: [{{country: DE, is_researched: true, text: x, {SOURCED.replace('S-DE-2', 'somebody said')}}}]",
            "source",
        ),
        (f"frames: [{{country: DE, is_researched: true, text: x, guess: 3, {SOURCED}}}]", "guess"),
        (f"frames: [{{country: Germany, text: x, {SOURCED}}}]", "is_researched"),
    ],
)
def test_a_data_file_with_a_row_that_is_not_whole_is_refused(tmp_path, row, complaint):
    (tmp_path / "wrong.yaml").write_text(row, encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        read_data(tmp_path)


def test_two_rows_never_share_an_id(tmp_path):
    row = f"{{id: same, country: DE, title: x, text: x, months: 24, {SOURCED}}}"
    (tmp_path / "twice.yaml").write_text(f"routes: [{row}, {row}]", encoding="utf-8")
    with pytest.raises(ValueError, match="same"):
        read_data(tmp_path)


def test_working_days_are_days(tmp_path):
    values = {"act": "receipt", "length": "P3M", "counts": "working", "binding": "must", "clock_start": "application"}
    sourced = {"source": "S-DE-2", "as_of": "2023", "confidence": "high", "review_by": "2027-01-01"}
    with pytest.raises(ValueError, match="working days"):
        Deadline.model_validate(values | sourced | {"on_silence": "none", "extendable": False})
