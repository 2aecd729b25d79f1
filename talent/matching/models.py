"""Vectors, runs and what they found: every ranking can be replayed from its rows."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from pgvector.sqlalchemy import Vector
from sqlalchemy import (
    BigInteger,
    FetchedValue,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from talent.foundation.database import Base, Instant, Key, state_column
from talent.matching.states import INTRODUCTION, IntroductionState

COPIED = FetchedValue()
"""The database itself copies it when the row is added, for row-level security: nobody can write another owner."""


class SubjectKind(StrEnum):
    """Whose vector, input or run it is."""

    PROFILE = "profile"
    VACANCY = "vacancy"
    LABEL = "label"


class SubjectVector(Base):
    """The vector of one text; stale as soon as ``text_hash`` or ``model_hash`` differs from what it should be."""

    __tablename__ = "subject_vector"
    subject_kind: Mapped[SubjectKind] = mapped_column(state_column(SubjectKind, "subject_kind"), primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    text_hash: Mapped[str] = mapped_column(String(64))
    model_hash: Mapped[str] = mapped_column(String(64))
    vector: Mapped[Any] = mapped_column(Vector())


class MatchInput(Base):
    """Exactly what matching saw of one profile or vacancy, kept under its hash for replay and explanation."""

    __tablename__ = "match_input"
    input_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    subject_kind: Mapped[SubjectKind] = mapped_column(state_column(SubjectKind, "subject_kind"))
    subject_id: Mapped[UUID]
    view: Mapped[dict[str, Any]] = mapped_column(JSONB)
    vector: Mapped[Any] = mapped_column(Vector())
    at: Mapped[Instant]
    __table_args__ = (Index("ix_match_input_subject", "subject_kind", "subject_id"),)


class PoolEntry(Base):
    """What a worker read of one published candidate, ready for the pool; whatever is not current is read anew."""

    __tablename__ = "pool_entry"
    profile_id: Mapped[UUID] = mapped_column(ForeignKey("profile.id", ondelete="CASCADE"), primary_key=True)
    record: Mapped[bytes] = mapped_column(LargeBinary)  # the pool's columns, as ``records.layout`` says
    view: Mapped[dict[str, Any]] = mapped_column(JSONB)  # what matching saw, whose hash the record holds
    setup: Mapped[str] = mapped_column(String(64))  # hash of everything else that both depend on
    version: Mapped[int] = mapped_column(Integer)  # of the profile
    followed: Mapped[int] = mapped_column(BigInteger)  # the last change of the profile that was read
    good_until: Mapped[date | None]  # the day on which reading anew would find more experience


class MatchRun(Base):
    """One ranking: whose, with what, over how many, and the order that came out."""

    __tablename__ = "match_run"
    id: Mapped[Key]
    subject_kind: Mapped[SubjectKind] = mapped_column(state_column(SubjectKind, "subject_kind"))
    subject_id: Mapped[UUID]
    at: Mapped[Instant]
    took_ms: Mapped[int]
    model_hash: Mapped[str] = mapped_column(String(64))
    weights_version: Mapped[str] = mapped_column(String(40))
    taxonomy_version: Mapped[str] = mapped_column(String(80))
    input_hash: Mapped[str] = mapped_column(String(64))
    compared: Mapped[int]
    order_shown: Mapped[list[list[Any]]] = mapped_column(JSONB)  # [other id, other input hash, score], best first
    __table_args__ = (Index("ix_match_run_subject", "subject_kind", "subject_id", "at"),)


class ListChange(Base):
    """What one worker did to a list, for all others to follow; without a subject, to every list at once.

    Rows are written by one worker at a time, so their numbers are committed in order. They are kept for a day.
    """

    __tablename__ = "list_change"
    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    worker: Mapped[UUID]
    subject_kind: Mapped[SubjectKind | None] = mapped_column(state_column(SubjectKind, "subject_kind"))
    subject_id: Mapped[UUID | None] = mapped_column(index=True)
    looked_at_anew: Mapped[bool]  # the subject itself was read and embedded, not only its list filled up
    enough: Mapped[int] = mapped_column(BigInteger)  # the key that stands last in the list
    at: Mapped[Instant]


class ListEnd(Base):
    """The key that stands last in one list: a pair with this key or a higher one is stored, whoever compared it."""

    __tablename__ = "list_end"
    subject_kind: Mapped[SubjectKind] = mapped_column(state_column(SubjectKind, "subject_kind"), primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    enough: Mapped[int] = mapped_column(BigInteger)


class Suggestion(Base):
    """One candidate for one vacancy, as the latest run found it."""

    __tablename__ = "suggestion"
    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), primary_key=True)
    profile_id: Mapped[UUID] = mapped_column(ForeignKey("profile.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(
        server_default=FetchedValue(), index=True
    )  # of the vacancy, copied by the database
    account_id: Mapped[UUID] = mapped_column(server_default=FetchedValue())  # of the profile, copied by the database
    run_id: Mapped[UUID] = mapped_column(ForeignKey("match_run.id"), index=True)
    weights_version: Mapped[str] = mapped_column(String(40))  # of the run, which nobody but the worker reads
    score: Mapped[float]
    missing: Mapped[int] = mapped_column(SmallInteger)  # hard requirements not met
    tie: Mapped[int] = mapped_column(Integer)  # a stable number per pair; equal scores stand in its order
    wished: Mapped[float]  # points of 100 for what the candidate wishes for
    mutual: Mapped[float]  # points of 100 for both sides together
    reasons: Mapped[bytes] = mapped_column(LargeBinary)  # what of both inputs made the score, as ``reasons`` says
    vacancy_input: Mapped[str] = mapped_column(String(64))
    profile_input: Mapped[str] = mapped_column(String(64))
    __table_args__ = (
        Index("ix_suggestion_account_id", "account_id", "organisation_id"),
        Index("ix_suggestion_profile_id", "profile_id", "organisation_id"),
    )


class SharedPlace(Base):
    """What sharing out all seats at once made of one pair: proposed to the vacancy, or never seen by anybody."""

    __tablename__ = "shared_place"
    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), primary_key=True)
    profile_id: Mapped[UUID] = mapped_column(ForeignKey("profile.id", ondelete="CASCADE"), primary_key=True, index=True)
    organisation_id: Mapped[UUID] = mapped_column(server_default=FetchedValue(), index=True)  # as in ``Suggestion``
    account_id: Mapped[UUID] = mapped_column(server_default=FetchedValue(), index=True)
    reference: Mapped[str] = mapped_column(String(12))  # of the profile, which project staff may not read
    standing: Mapped[int] = mapped_column(Integer)  # place on the vacancy's shortlist, from 1
    is_proposed: Mapped[bool]
    is_unseen: Mapped[bool]  # the person stands on the first page of no shortlist, and nobody has been in contact
    at: Mapped[Instant]


class Introduction(Base):
    """One candidate and one vacancy, once somebody has acted on the suggestion."""

    __tablename__ = "introduction"
    id: Mapped[Key]
    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), index=True)
    profile_id: Mapped[UUID] = mapped_column(ForeignKey("profile.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    account_id: Mapped[UUID] = mapped_column(
        server_default=FetchedValue(), index=True
    )  # of the profile, copied by the database
    state: Mapped[IntroductionState] = mapped_column(
        state_column(IntroductionState, "state"), default=INTRODUCTION.initial
    )
    changed_at: Mapped[Instant]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (UniqueConstraint("vacancy_id", "profile_id"),)


class ReviewRequest(Base):
    """A candidate asked for a person to look at a match."""

    __tablename__ = "review_request"
    id: Mapped[Key]
    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), index=True)
    profile_id: Mapped[UUID] = mapped_column(ForeignKey("profile.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[Instant]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    answered_at: Mapped[Instant | None]
