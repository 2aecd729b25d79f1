"""Writes judgements.tsv: what was judged by hand, and a zero with its reason for every other pair.

Run it as ``python benchmarks/data/corridor_dev/build.py``. The same inputs always give the same bytes.
"""

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
EVERY_OTHER_ADVERTISEMENT = "*"
KINDS_JUDGED_WHOLLY_BY_HAND = frozenset({"near_miss", "stuffed"})
COLUMNS = ("advertisement", "cv", "grade", "reason")

Pair = tuple[str, str]
Verdict = tuple[str, str]


def read_table(name: str, delimiter: str) -> list[dict[str, str]]:
    """Rows of one table of this folder, by header name."""
    with (HERE / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, delimiter=delimiter))


def hand_verdicts() -> dict[Pair, Verdict]:
    """(advertisement or ``*``, cv) -> (grade, reason), decided by reading both texts.

    Raises:
        ValueError: a pair is judged twice.
    """
    verdicts: dict[Pair, Verdict] = {}
    for row in read_table("judged_by_hand.tsv", "\t"):
        pair = (row["advertisement"], row["cv"])
        if pair in verdicts:
            raise ValueError(f"judged twice: {pair}")
        verdicts[pair] = (row["grade"], row["reason"])
    return verdicts


def zero_by_trade(advertisement: dict[str, str], cv: dict[str, str]) -> Verdict:
    """The grade and reason of a pair whose trades have nothing to do with each other.

    Raises:
        ValueError: the pair is too close, or the CV too tricky, to be left to a table.
    """
    if advertisement["field"] == cv["field"] or cv["kind"] in KINDS_JUDGED_WHOLLY_BY_HAND:
        raise ValueError(f"needs a judgement by hand: {advertisement['id']} and {cv['id']}")
    trade = advertisement["trade"]
    article = "an" if trade[0].lower() in "aeiou" else "a"
    return "0", f"{cv['trade']}; the advertisement asks for {article} {trade}"


def judgements() -> Iterable[tuple[str, str, str, str]]:
    """Every pair advertisement and CV with its grade (0 to 3) and one line of reason, in table order."""
    verdicts = hand_verdicts()
    advertisements, cvs = read_table("advertisements.csv", ","), read_table("cvs.csv", ",")
    known = {EVERY_OTHER_ADVERTISEMENT, *(row["id"] for row in advertisements)}
    strangers = [p for p in verdicts if p[0] not in known or p[1] not in {cv["id"] for cv in cvs}]
    if strangers:
        raise ValueError(f"judged, but not in the tables: {strangers}")
    for advertisement in advertisements:
        for cv in cvs:
            verdict = verdicts.get((advertisement["id"], cv["id"])) or verdicts.get(
                (EVERY_OTHER_ADVERTISEMENT, cv["id"])
            )
            yield advertisement["id"], cv["id"], *(verdict or zero_by_trade(advertisement, cv))


def main() -> None:
    """Write judgements.tsv beside this file and say how many pairs carry each grade."""
    rows = list(judgements())
    text = "".join("\t".join(row) + "\n" for row in (COLUMNS, *rows))
    (HERE / "judgements.tsv").write_text(text, encoding="utf-8", newline="\n")
    counts = {grade: sum(row[2] == grade for row in rows) for grade in "0123"}
    sys.stdout.write(f"{len(rows)} pairs, by grade {counts}\n")


if __name__ == "__main__":
    main()
