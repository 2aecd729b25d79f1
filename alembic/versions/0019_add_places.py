"""the ledger of places"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

RULES = Path(__file__).parent.parent / "row_security_places.sql"
"""The rules of the new tables and those added to others, as ``python -m talent.row_security TABLE …`` printed them."""


def upgrade() -> None:
    op.create_table('seat_book',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.Enum('quota', 'vacancy', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('vacancy_id', sa.Uuid(), nullable=True),
    sa.Column('organisation_id', sa.Uuid(), nullable=True),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('free', sa.Integer(), nullable=False),
    sa.Column('reserved', sa.Integer(), nullable=False),
    sa.Column('used', sa.Integer(), nullable=False),
    sa.CheckConstraint("(kind = 'vacancy') = (vacancy_id is not null)", name=op.f('ck_seat_book_vacancy_of_its_kind')),
    sa.CheckConstraint('capacity >= 0 and reserved >= 0 and used >= 0', name=op.f('ck_seat_book_not_below_nothing')),
    sa.CheckConstraint('free + reserved + used = capacity', name=op.f('ck_seat_book_balanced')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_seat_book_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_seat_book_vacancy_id_vacancy'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat_book')),
    sa.UniqueConstraint('key', name=op.f('uq_seat_book_key')),
    sa.UniqueConstraint('vacancy_id', name=op.f('uq_seat_book_vacancy_id'))
    )
    op.create_table('seat_transfer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('book_id', sa.Uuid(), nullable=False),
    sa.Column('from_pocket', sa.Enum('supply', 'free', 'reserved', 'used', name='from_pocket', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('to_pocket', sa.Enum('supply', 'free', 'reserved', 'used', name='to_pocket', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('from_pocket <> to_pocket', name=op.f('ck_seat_transfer_two_pockets')),
    sa.CheckConstraint('places > 0', name=op.f('ck_seat_transfer_places')),
    sa.ForeignKeyConstraint(['book_id'], ['seat_book.id'], name=op.f('fk_seat_transfer_book_id_seat_book'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat_transfer'))
    )
    op.create_index('ix_seat_transfer_book_id', 'seat_transfer', ['book_id', 'at'], unique=False)
    op.create_table('seat_hold',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('book_id', sa.Uuid(), nullable=False),
    sa.Column('held_for', sa.Uuid(), nullable=True),
    sa.Column('pocket', sa.Enum('supply', 'free', 'reserved', 'used', name='pocket', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.CheckConstraint("pocket in ('reserved', 'used')", name=op.f('ck_seat_hold_held')),
    sa.ForeignKeyConstraint(['book_id'], ['seat_book.id'], name=op.f('fk_seat_hold_book_id_seat_book'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['held_for'], ['placement.id'], name=op.f('fk_seat_hold_held_for_placement'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat_hold')),
    sa.UniqueConstraint('book_id', 'held_for', name=op.f('uq_seat_hold_book_id_held_for'))
    )
    op.create_index(op.f('ix_seat_hold_held_for'), 'seat_hold', ['held_for'], unique=False)
    op.get_bind().exec_driver_sql(RULES.read_text(encoding="utf-8").replace("%", "%%"))


def downgrade() -> None:
    op.execute("drop policy places_select on vacancy")
    op.execute("drop table seat_hold cascade")
    op.execute("drop table seat_transfer cascade")
    op.execute("drop table seat_book cascade")
