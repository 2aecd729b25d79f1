"""The report of now: the words of the register, live evidence, what changed, and the same items in every form."""

import io

import pytest
from docx import Document
from pypdf import PdfReader
from sqlalchemy import literal, select, text

from talent.accounts.actor import SYSTEM, Actor
from talent.accounts.permissions import Role
from talent.foundation.errors import NotPermitted, Unprocessable
from talent.monitoring import indicators, register, reporting
from talent.monitoring.changes import differences
from talent.monitoring.paper import paper
from talent.monitoring.report_docx import as_docx
from talent.monitoring.report_pdf import as_pdf
from talent.monitoring.report_reader import read_report
from talent.monitoring.report_writer import Shape, as_text, blocks
from talent.monitoring.schemas import GoalChange, ItemChange, MeasureChange
from talent.monitoring.taking_in import take_in
from tests.factories.corridor import make_account
from tests.monitoring.reports import TEXT
from web.i18n import LANGUAGES, Words

REPORT = read_report(TEXT)
SMALL, LARGE = indicators.FEWEST_SHOWN - 1, indicators.FEWEST_SHOWN


@pytest.fixture
def staff(session):
    return Actor(make_account(session, Role.PROJECT_STAFF).id, Role.PROJECT_STAFF)


@pytest.fixture
def taken(session):
    return take_in(session, SYSTEM, REPORT)


def linked(session, staff, measure, key):
    wanted = MeasureChange(words=measure.words, lead_actors="\n".join(measure.lead_actors), indicator=key)
    register.change_measure(session, staff, measure, wanted.model_copy(update={"timeframe": measure.timeframe}))


def said(live):
    return [str(block.said or block.label or block.words) for block in live.blocks()]


@pytest.mark.parametrize(
    ("figure", "words"), [(0, "0 (people)"), (1, "fewer than 10"), (SMALL, "fewer than 10"), (LARGE, "10 (people)")]
)
def test_evidence_stands_under_its_measure_and_small_figures_are_withheld(
    session, staff, taken, monkeypatch, figure, words
):
    monkeypatch.setitem(indicators.COUNTERS, "candidates_published", select(literal(figure)).scalar_subquery())
    linked(session, staff, taken.measures[1], "candidates_published")
    shapes = [(block.shape, str(block.said)) for block in reporting.live_report(session, staff).blocks()]
    at = next(place for place, (shape, _) in enumerate(shapes) if shape is Shape.EVIDENCE)
    assert words in shapes[at][1]
    assert shapes[at + 1][0] is Shape.MEASURE, "the next measure begins after it"
    assert [shape for shape, _ in shapes].count(Shape.EVIDENCE) == 1


def test_each_figure_is_what_plain_sql_counts(session, staff):
    questions = {
        "candidates_published": "select count(*) from profile where state = 'published'",
        "seats_offered": "select coalesce(sum(seats), 0) from vacancy where state = 'published'",
        "people_trained": "select count(*) from enrolment where state = 'completed'",
        "qualifications_recognised": "select count(*) from recognition_case where state = 'full'",
        "introductions_accepted": "select count(distinct account_id) from introduction where state = 'accepted'",
    }
    assert set(questions) == {row.key for row in indicators.indicators()}
    assert indicators.counted(session) == {key: session.scalar(text(question)) for key, question in questions.items()}


def test_after_a_change_the_report_says_what_changed_since_the_last(session, staff, taken):
    assert said(reporting.live_report(session, staff))[-1] == "Nothing has changed."
    visas = next(item for item in taken.measures[2].items if item.words == "Visas.")
    register.change_item(session, staff, taken.measures[2], visas, ItemChange(kind="completed", words="Visas."))
    register.add_item(session, staff, taken.measures[1], ItemChange(kind="pending", words="The second course."))
    found = reporting.live_report(session, staff).differences
    assert [str(one.sentence) for one in found] == ["Measure 2, Pending: new.", "Measure 3: from Pending to Completed."]
    reporting.record(session, staff, reference="WK 12/2031")
    assert reporting.live_report(session, staff).differences == ()


def test_every_kind_of_difference_is_seen():
    changed = read_report(
        TEXT.replace("Train 200", "Train 300")
        .replace("Commission and Member States (E", "Member States (E")
        .replace("Q3-Q4 2031:", "Q1 2032:")
        .replace("- ➔ Visas.", "")
        .replace("**Measure 1:**", "**Measure 7:**")
    )
    assert [str(one.sentence) for one in differences(REPORT, changed)] == [
        "Measure 1 is no longer there.",
        "Measure 2 reads differently.",
        "Measure 2 is led by others.",
        "Measure 2 has another timeframe.",
        "Measure 3, Pending: no longer there.",
        "Measure 7 is new.",
    ]
    assert differences(REPORT, REPORT) == []


def on_paper(language):
    words = Words(LANGUAGES[language])
    say = lambda sentence: str(words.say(sentence).unescape())  # noqa: E731 - one line of a test
    return paper(blocks(REPORT), language=language, title=REPORT.title, say=say)


def source_words(page):
    """Every stretch of the source between redactions, in order."""
    return [part for block in page.blocks for part in block.parts if part]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_docx_holds_the_same_words_in_the_same_order(language):
    page = on_paper(language)
    document = Document(io.BytesIO(as_docx(page)))
    whole = "\n".join(paragraph.text for paragraph in document.paragraphs)
    at = 0
    for part in source_words(page):
        at = whole.index(part, at)
    assert whole.count(page.redaction) == 5
    bidi = [paragraph for paragraph in document.paragraphs if paragraph._p.xpath(".//w:bidi")]
    assert bool(bidi) is (language == "ur")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_holds_the_same_words_in_the_same_order(language):
    page = on_paper(language)
    pages = PdfReader(io.BytesIO(as_pdf(page))).pages
    whole = "".join("".join(one.extract_text().split()) for one in pages)
    at = 0
    for part in source_words(page):
        at = whole.index("".join(part.split()), at)
    fonts = {str(font.get_object()["/BaseFont"]) for one in pages for font in one["/Resources"]["/Font"].values()}
    assert any("Nastaliq" in font for font in fonts) is (language == "ur")


def test_the_text_that_is_given_out_is_read_in_again_word_for_word(session, staff, taken):
    report = reporting.live_report(session, staff).report
    assert read_report(as_text(report)) == report == REPORT


def test_a_measure_about_returns_takes_no_figure_of_the_service_as_evidence(session, staff):
    measures = take_in(session, SYSTEM, read_report(TEXT.replace("Measure 3", "Measure 6"))).measures
    with pytest.raises(Unprocessable, match="outside the purpose"):
        linked(session, staff, measures[2], "people_trained")


def test_the_logframe_has_a_line_for_each_indicator_and_leaves_empty_what_nobody_knows(session, staff):
    indicators.set_goal(session, staff, "people_trained", GoalChange(target=200, source="Contract 7"))
    head, *lines = reporting.logframe(session, staff)
    rows = {line[0]: dict(zip(head, line, strict=True)) for line in lines}
    assert len(rows) == len(indicators.indicators())
    trained = rows["Enrolments completed"]
    assert (trained["baseline"], trained["target"]) == ("", "200")
    assert trained["source"].endswith("Contract 7")
    assert rows["Seats in published vacancies"]["target"] == ""


def test_only_staff_set_goals_and_record_reports(session, taken):
    auditor = Actor(SYSTEM.id, Role.AUDITOR)
    with pytest.raises(NotPermitted):
        indicators.set_goal(session, auditor, "people_trained", GoalChange(source="x"))
    with pytest.raises(NotPermitted):
        reporting.record(session, auditor, reference="x")
