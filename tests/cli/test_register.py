"""``talent import-report``: what it read, in figures, and the register says the same."""

from talent.monitoring.register import kept_register, report_of_register
from talent.monitoring.report_reader import read_report
from tests.monitoring.reports import TEXT


def test_a_report_is_read_counted_and_kept(talent, rows, environment):
    file = environment / "report.txt"
    file.write_text(TEXT, encoding="utf-8")
    result = talent("import-report", str(file))
    assert result.exit_code == 0, result.output
    assert (
        "3 measures, 3 items completed, 3 pending; 2 objectives; annex of 3 messages with 3 redactions" in result.output
    )
    assert report_of_register(kept_register(rows)) == read_report(TEXT)
    file.write_bytes(b"\xff\xfe\x00")
    assert "is no plain text" in str(talent("import-report", str(file)).exception)
