"""Whether an occupation is regulated in a country, and where recruiting for it is reserved; unknown stays unknown.

No row means unknown: nobody may read "not regulated" out of silence. A lawyer of the country reviews the rows before
real use, as docs/sources.md says.
"""

from dataclasses import dataclass

from talent.foundation.words import N_

YES, NO, UNKNOWN = "yes", "no", "unknown"


@dataclass(frozen=True)
class RegulatedRow:
    """One sourced statement: occupations whose ISCO-08 code begins so, in this country.

    note: a msgid with what "yes" or "no" leaves out; empty when nothing.
    """

    country: str
    isco_prefix: str
    answer: str  # yes, no or unknown
    source: str
    as_of: str
    confidence: str
    note: str = ""


@dataclass(frozen=True)
class ReservedRow:
    """Recruiting from Pakistan for these occupations is reserved by law to one body."""

    country: str
    isco_prefix: str
    reserved_to: str
    legal: str
    source: str
    as_of: str
    confidence: str


TITLE_ONLY = N_("The title is protected. People with the needed skills may do the work under another title.")
REGION_DECIDES = N_("The region where the work is recognises the training.")
LAND_DECIDES = N_("The training is regulated by each German Land.")

REGULATED: tuple[RegulatedRow, ...] = (
    RegulatedRow("DE", "221", YES, "S-DE-13", "undated", "medium"),
    RegulatedRow("DE", "222", YES, "S-DE-5", "2025-12", "high"),
    RegulatedRow("DE", "2264", YES, "S-DE-13", "undated", "medium"),
    RegulatedRow("DE", "3211", YES, "S-DE-13", "undated", "medium"),
    RegulatedRow("DE", "3212", YES, "S-DE-13", "undated", "medium"),
    RegulatedRow("DE", "3213", YES, "S-DE-13", "undated", "medium"),
    RegulatedRow("DE", "3221", YES, "S-DE-3", "2025-12-22", "medium", LAND_DECIDES),
    RegulatedRow("IT", "221", YES, "S-IT-6", "2010-11-24", "medium"),
    RegulatedRow("IT", "2221", YES, "S-IT-6", "2010-11-24", "medium"),
    RegulatedRow("IT", "2264", YES, "S-IT-6", "2010-11-24", "medium"),
    RegulatedRow("IT", "3211", YES, "S-IT-6", "2010-11-24", "medium"),
    RegulatedRow("IT", "3212", YES, "S-IT-6", "2010-11-24", "medium"),
    RegulatedRow("IT", "5321", YES, "S-IT-6", "2010-11-24", "low", REGION_DECIDES),
    RegulatedRow("FI", "221", YES, "S-FI-9", "undated", "medium"),
    RegulatedRow("FI", "2221", YES, "S-FI-7", "2026", "high"),
    RegulatedRow("FI", "2264", YES, "S-FI-9", "undated", "medium"),
    RegulatedRow("FI", "3211", YES, "S-FI-9", "undated", "medium"),
    RegulatedRow("FI", "3212", YES, "S-FI-9", "undated", "medium"),
    RegulatedRow("FI", "3221", YES, "S-FI-9", "undated", "medium", TITLE_ONLY),
    RegulatedRow("FI", "5321", NO, "S-FI-9", "undated", "medium"),
)
NOT_KNOWN = RegulatedRow("", "", UNKNOWN, "", "", "unknown")

RESERVED: tuple[ReservedRow, ...] = tuple(
    ReservedRow("DE", prefix, "Bundesagentur für Arbeit", "BeschV §38, Annex no. 36", "S-DE-3", "2025-12-22", "high")
    for prefix in ("22", "32", "532")
)


def regulated(country: str, isco_group: str) -> RegulatedRow:
    """What is known about this occupation in this country; the row of the longest fitting prefix."""
    fitting = [row for row in REGULATED if row.country == country and isco_group.startswith(row.isco_prefix)]
    return max(fitting, key=lambda row: len(row.isco_prefix), default=NOT_KNOWN)


def reserved_recruitment(country: str, isco_group: str) -> ReservedRow | None:
    """The row that reserves recruiting from Pakistan for this occupation, if there is one."""
    return next((row for row in RESERVED if row.country == country and isco_group.startswith(row.isco_prefix)), None)
