"""A published version of a crosswalk as files of open data."""

import csv
import io
import json
from typing import Final

from talent.recognition.crosswalk_models import CrosswalkRelease

COLUMNS: Final = ("unit_number", "unit_code", "unit_title", "skill_uri", "skill_label", "taxonomy", "likeness")


def as_json(published: CrosswalkRelease) -> bytes:
    """A published version as JSON."""
    rows = [{name: row[name] for name in COLUMNS} for row in published.content["rows"]]
    return json.dumps(published.content | {"rows": rows}, ensure_ascii=False, indent=1).encode()


def as_csv(published: CrosswalkRelease) -> bytes:
    """A published version as CSV; what it rests on and its version stand in every row."""
    told = published.content
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["award", "version", "source", "as_of", *COLUMNS])
    for row in told["rows"]:
        values = [told["award"]["title"], told["version"], told["source"], told["as_of"], *(row[n] for n in COLUMNS)]
        writer.writerow([_harmless(value) for value in values])
    return text.getvalue().encode("utf-8-sig")


def _harmless(value: object) -> object:
    """The value as a spreadsheet may read it: never a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value
