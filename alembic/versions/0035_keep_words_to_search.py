"""the words of what a profile tells, kept by the database itself, and an index of the words of all labels"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

MARKS = "".join(
    chr(code)
    for first, last in ((0x0300, 0x036F), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06DC))
    for code in range(first, last + 1)
)
UNSEEN = "\u0640\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
LETTERS = {"ي": "ی", "ى": "ی", "ے": "ی", "ك": "ک", "ہ": "ه", "ھ": "ه", "ە": "ه", "ة": "ه", "ۃ": "ه", "ٱ": "ا"}
DIGITS = {chr(base + digit): str(digit) for base in (0x0660, 0x06F0) for digit in range(10)}
BETWEEN = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~،؛؟۔٪٫٬٭«»“”„‘’‚–—…•·|"
PAIRS = LETTERS | DIGITS | dict.fromkeys(BETWEEN, " ")
"""What stands for what, once compatible forms are taken apart; what stands for nothing is dropped."""


def quoted(text: str) -> str:
    """The text as a constant of SQL."""
    return "'" + text.replace("'", "''") + "'"


FOLDED = f"translate(normalize(told, NFKD), {quoted(''.join(PAIRS) + MARKS + UNSEEN)}, {quoted(''.join(PAIRS.values()))})"
FUNCTION = f"""
create function search_words(told text) returns tsvector language sql immutable parallel safe
return to_tsvector('simple'::regconfig, regexp_replace({FOLDED}, '[0-9]{{5,}}', ' ', 'g'))
"""
KEPT = {
    "profile": "occupation_words || ' ' || about",
    "profile_skill": "words",
    "work_period": "title || ' ' || tasks",
}


def upgrade() -> None:
    op.get_bind().exec_driver_sql(FUNCTION.replace("%", "%%"))
    for table, told in KEPT.items():
        made = sa.Computed(f"search_words({told})", persisted=True)
        op.add_column(table, sa.Column("search_words", postgresql.TSVECTOR(), made, nullable=False))
    op.execute("create index ix_label_search_words on label using gin (search_words(text))")


def downgrade() -> None:
    op.drop_index("ix_label_search_words", "label")
    for table in KEPT:
        op.drop_column(table, "search_words")
    op.execute("drop function search_words(text)")
