"""Loaded releases of occupations and skills, and every label by which people look for them."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from talent.foundation.database import Base, Instant, Key
from talent.foundation.full_text import words_in


class TaxonomyRelease(Base):
    """One release of a taxonomy: the starter, or a release of ESCO; searches use the active one."""

    __tablename__ = "taxonomy_release"
    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(40))
    content_hash: Mapped[str] = mapped_column(String(64), unique=True)
    attribution: Mapped[str] = mapped_column(Text)
    loaded_at: Mapped[Instant]
    is_active: Mapped[bool]
    __table_args__ = (
        Index("ix_taxonomy_release_active", "is_active", unique=True, postgresql_where=text("is_active")),
    )


class Occupation(Base):
    """One occupation of a release; it stays when another release becomes active, because profiles point at it."""

    __tablename__ = "occupation"
    id: Mapped[Key]
    release_id: Mapped[UUID] = mapped_column(ForeignKey("taxonomy_release.id"), index=True)
    uri: Mapped[str] = mapped_column(String(300))
    isco_group: Mapped[str] = mapped_column(String(4), index=True)
    sector: Mapped[str | None] = mapped_column(String(40))
    __table_args__ = (UniqueConstraint("release_id", "uri"),)


class Skill(Base):
    """One skill of a release."""

    __tablename__ = "skill"
    id: Mapped[Key]
    release_id: Mapped[UUID] = mapped_column(ForeignKey("taxonomy_release.id"), index=True)
    uri: Mapped[str] = mapped_column(String(300))
    skill_type: Mapped[str | None] = mapped_column(String(20))
    __table_args__ = (UniqueConstraint("release_id", "uri"),)


class Label(Base):
    """One name of one occupation or one skill in one language."""

    __tablename__ = "label"
    id: Mapped[Key]
    occupation_id: Mapped[UUID | None] = mapped_column(ForeignKey("occupation.id"), index=True)
    skill_id: Mapped[UUID | None] = mapped_column(ForeignKey("skill.id"), index=True)
    language: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    is_preferred: Mapped[bool]
    __table_args__ = (
        CheckConstraint("num_nonnulls(occupation_id, skill_id) = 1", name="names_one_concept"),
        Index("ix_label_search_words", words_in(text), postgresql_using="gin"),
    )


class OccupationSkill(Base):
    """An occupation uses a skill: always (essential) or sometimes."""

    __tablename__ = "occupation_skill"
    occupation_id: Mapped[UUID] = mapped_column(ForeignKey("occupation.id"), primary_key=True)
    skill_id: Mapped[UUID] = mapped_column(ForeignKey("skill.id"), primary_key=True, index=True)
    essential: Mapped[bool]
