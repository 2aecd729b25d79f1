"""why a pair has its score in some fifty bytes, instead of what its stored inputs say already"""

import struct
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

AT_ONCE = 5_000
FORM, NOT_COVERED = 1, 255
PARTS = ("must_skills", "occupation", "experience", "nice_skills", "text")
WISHES = ("work", "country", "pay")
GRANTED = ("met", "partly", "missing", "unknown")
FORMER = ("parts", "wishes", "skills", "findings")
PAIRS = sa.text(
    "select s.vacancy_id, s.profile_id, s.parts, s.wishes, s.skills, s.findings, seen.view -> 'skills' as held"
    " from suggestion s left join match_input seen on seen.input_hash = s.profile_input"
)
WRITE = sa.text(
    "update suggestion set reasons = given.reasons"
    " from unnest(cast(:vacancies as uuid[]), cast(:profiles as uuid[]), cast(:reasons as bytea[]))"
    " as given(vacancy_id, profile_id, reasons)"
    " where suggestion.vacancy_id = given.vacancy_id and suggestion.profile_id = given.profile_id"
)


def hundredths(values: Iterable[float]) -> list[int]:
    """These values in whole hundredths."""
    return [round(100 * value) for value in values]


def packed(
    parts: dict[str, float],
    wishes: dict[str, list[Any]],
    skills: list[Any],
    findings: list[Any],
    held: Sequence[dict[str, Any]] | None,
) -> bytes:
    """What was stored of a pair, in the first form of ``talent/matching/reasons.py``."""
    told = [wishes.get(key, [0, 0, GRANTED[-1]]) for key in WISHES]
    places: dict[str, int] = {}
    for place, skill in enumerate(held or ()):
        places.setdefault(skill["skill_id"], place)
    covering = [places.get(own, NOT_COVERED) if own else NOT_COVERED for _, own, _ in skills]
    strengths = [0 if place == NOT_COVERED else value for place, (_, _, value) in zip(covering, skills, strict=True)]
    points = hundredths([*(parts.get(key, 0) for key in PARTS), *(one[0] for one in told), *(one[1] for one in told)])
    return b"".join(
        (
            bytes((FORM, len(findings))),
            struct.pack(f"<{len(points)}H", *points),
            bytes(GRANTED.index(one[2]) for one in told),
            bytes(finding["verdict"] for finding in findings),
            bytes(covering),
            bytes(hundredths(strengths)),
        )
    )


def upgrade() -> None:
    """Pack what is stored; nothing has to be compared again."""
    op.add_column("suggestion", sa.Column("reasons", sa.LargeBinary))
    connection = op.get_bind()
    for pairs in connection.execute(PAIRS, execution_options={"yield_per": AT_ONCE}).partitions():
        given = {
            "vacancies": [pair.vacancy_id for pair in pairs],
            "profiles": [pair.profile_id for pair in pairs],
            "reasons": [packed(*pair[2:]) for pair in pairs],
        }
        connection.execute(WRITE, given)
    op.alter_column("suggestion", "reasons", nullable=False)
    for name in FORMER:
        op.drop_column("suggestion", name)


def downgrade() -> None:
    """Take them away; the lists are computed anew, because their ends are forgotten."""
    for name, empty in zip(FORMER, ("{}", "{}", "[]", "[]"), strict=True):
        op.add_column("suggestion", sa.Column(name, JSONB, nullable=False, server_default=empty))
        op.alter_column("suggestion", name, server_default=None)
    op.drop_column("suggestion", "reasons")
    op.execute("delete from list_end")
