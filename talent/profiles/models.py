"""What a candidate tells: the profile that is matched, and the identity that never is."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talent.foundation.database import Base, Instant, Key, Sealed, state_column
from talent.foundation.full_text import SEARCH_WORDS, kept_words
from talent.profiles.states import PROFILE, ProfileState
from talent.taxonomy.levels import CEFR, Evidence, QualificationKind

CASCADE = "all, delete-orphan"
UNMAPPED = (SEARCH_WORDS,)
"""What the database fills by itself: nobody reads it with a row, and nobody writes it."""


class Profile(Base):
    """One candidate's occupation, skills and wishes. No name, sex, age, religion, photo or province."""

    __tablename__ = "profile"
    id: Mapped[Key]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), unique=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)  # what a blind card shows, such as TP-7K3QM2
    state: Mapped[ProfileState] = mapped_column(state_column(ProfileState, "state"), default=PROFILE.initial)
    occupation_id: Mapped[UUID | None] = mapped_column(ForeignKey("occupation.id"), index=True)
    occupation_words: Mapped[str] = mapped_column(String(200), default="")
    about: Mapped[str] = mapped_column(Text, default="")  # the candidate's own words about the work
    countries: Mapped[list[str]] = mapped_column(ARRAY(String(2)), default=list)  # empty: any Member State
    first_countries: Mapped[list[str]] = mapped_column(ARRAY(String(2)), default=list)  # liked best of these
    least_pay_euros: Mapped[int | None]  # a month before tax; None: no such wish
    available_from: Mapped[date | None]
    licences: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)
    answered_licences: Mapped[bool] = mapped_column(default=False)
    answered: Mapped[list[str]] = mapped_column(ARRAY(String(20)), default=list)  # steps answered, also with "none"
    created_at: Mapped[Instant]
    changed_at: Mapped[Instant]
    published_at: Mapped[Instant | None]
    restricted_at: Mapped[Instant | None]  # the candidate objected: nothing is ranked or shown until it is lifted
    version: Mapped[int] = mapped_column()
    skills: Mapped[list["ProfileSkill"]] = relationship(lazy="raise", cascade=CASCADE, order_by="ProfileSkill.words")
    languages: Mapped[list["ProfileLanguage"]] = relationship(
        lazy="raise", cascade=CASCADE, order_by="ProfileLanguage.language"
    )
    qualifications: Mapped[list["Qualification"]] = relationship(
        lazy="raise", cascade=CASCADE, order_by="Qualification.awarded_on.desc()"
    )
    work: Mapped[list["WorkPeriod"]] = relationship(
        lazy="raise", cascade=CASCADE, order_by="WorkPeriod.started_on.desc()"
    )
    __mapper_args__ = {"version_id_col": version, "exclude_properties": UNMAPPED}
    __table_args__ = (
        Index("ix_profile_state", "state"),
        CheckConstraint("least_pay_euros between 1 and 100000", name="least_pay_euros"),
        kept_words("occupation_words || ' ' || about"),
    )


class PersonIdentity(Base):
    """Who the candidate is, sealed: shown to one agency after the candidate's yes to it, and never matched."""

    __tablename__ = "identity"
    profile_id: Mapped[UUID] = mapped_column(ForeignKey("profile.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)  # whose key
    full_name_sealed: Mapped[Sealed]
    email_sealed: Mapped[Sealed]
    phone_sealed: Mapped[Sealed]


class NumberKind(StrEnum):
    """The papers whose number a candidate may give."""

    CNIC = "cnic"
    PASSPORT = "passport"


class IdentityPaper(Base):
    """The number of one paper and the date of birth, given after publishing; sealed, found again by keyed prints."""

    __tablename__ = "identity_paper"
    profile_id: Mapped[UUID] = mapped_column(ForeignKey("profile.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)  # whose key
    kind: Mapped[NumberKind] = mapped_column(state_column(NumberKind, "kind"))
    number_sealed: Mapped[Sealed]
    birth_date_sealed: Mapped[Sealed]
    number_print: Mapped[str] = mapped_column(String(64), index=True)  # of kind and number
    person_print: Mapped[str] = mapped_column(String(64), index=True)  # of folded name and date of birth
    given_at: Mapped[Instant]


class ConsentPurpose(StrEnum):
    """What a candidate agrees to."""

    MATCHING = "matching"
    INTRODUCTION = "introduction"
    STATISTICS = "statistics"
    REINTEGRATION = "reintegration"


class Consent(Base):
    """One yes: to what, for whom, to which fields, in which words, until when; withdrawn, it counts no more."""

    __tablename__ = "consent"
    id: Mapped[Key]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[ConsentPurpose] = mapped_column(state_column(ConsentPurpose, "purpose"))
    recipient_id: Mapped[UUID | None]  # the organisation; none: the service itself
    occasion_id: Mapped[UUID | None]  # the vacancy that it was given for
    fields: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    text_version: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(10))  # in which the words were read
    given_at: Mapped[Instant]
    expires_at: Mapped[Instant | None]
    withdrawn_at: Mapped[Instant | None]
    __table_args__ = (Index("ix_consent_recipient", "recipient_id", "occasion_id"),)


class RequestKind(StrEnum):
    """What a person may demand about their own data."""

    OBJECTION = "objection"
    RESTRICTION = "restriction"
    CORRECTION = "correction"


class RightsRequest(Base):
    """A demand about one's own data that a person of the project answers within a month."""

    __tablename__ = "rights_request"
    id: Mapped[Key]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    kind: Mapped[RequestKind] = mapped_column(state_column(RequestKind, "kind"))
    words: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[Instant]
    due_on: Mapped[date]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[UUID | None]
    answered_at: Mapped[Instant | None]


class RetentionNotice(Base):
    """A warning that was sent before an account is erased because nobody uses it any more."""

    __tablename__ = "retention_notice"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    warned_at: Mapped[Instant]
    due_on: Mapped[date]


class SkillSource(StrEnum):
    """Where a skill on a profile came from."""

    CHOSEN = "chosen"
    CV = "cv"
    TRAINING = "training"
    WORK_ABROAD = "work_abroad"


class ProfileSkill(Base):
    """One skill that the candidate says to have, in the candidate's own words."""

    __tablename__ = "profile_skill"
    id: Mapped[Key]
    profile_id: Mapped[UUID] = mapped_column(ForeignKey("profile.id", ondelete="CASCADE"), index=True)
    skill_id: Mapped[UUID] = mapped_column(ForeignKey("skill.id"), index=True)
    words: Mapped[str] = mapped_column(String(300))
    source: Mapped[SkillSource] = mapped_column(state_column(SkillSource, "source"))
    evidence: Mapped[Evidence] = mapped_column(state_column(Evidence, "evidence"), default=Evidence.SELF_DECLARED)
    __mapper_args__ = {"exclude_properties": UNMAPPED}
    __table_args__ = (UniqueConstraint("profile_id", "skill_id"), kept_words("words"))


class ProfileLanguage(Base):
    """One language and its level; the level is unknown until the candidate states one."""

    __tablename__ = "profile_language"
    id: Mapped[Key]
    profile_id: Mapped[UUID] = mapped_column(ForeignKey("profile.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(10))  # BCP 47
    level: Mapped[CEFR | None] = mapped_column(state_column(CEFR, "level"))
    evidence: Mapped[Evidence] = mapped_column(state_column(Evidence, "evidence"), default=Evidence.SELF_DECLARED)
    __table_args__ = (UniqueConstraint("profile_id", "language"),)


class Qualification(Base):
    """One certificate, diploma or degree."""

    __tablename__ = "qualification"
    id: Mapped[Key]
    profile_id: Mapped[UUID] = mapped_column(ForeignKey("profile.id", ondelete="CASCADE"), index=True)
    kind: Mapped[QualificationKind] = mapped_column(state_column(QualificationKind, "kind"))
    title: Mapped[str] = mapped_column(String(200))
    field: Mapped[str] = mapped_column(String(4), default="")  # ISCED-F 2013 detailed field; empty: unknown
    issuing_body: Mapped[str] = mapped_column(String(200), default="")
    full_time_months: Mapped[int | None]
    nvqf_level: Mapped[int | None]
    awarded_on: Mapped[date | None]  # known to the year: its first of January
    evidence: Mapped[Evidence] = mapped_column(
        state_column(Evidence, "evidence"), default=Evidence.SELF_DECLARED, server_default=Evidence.SELF_DECLARED
    )
    __table_args__ = (
        CheckConstraint("full_time_months between 1 and 120", name="full_time_months"),
        CheckConstraint("nvqf_level between 1 and 8", name="nvqf_level"),
    )


class WorkPeriod(Base):
    """One job held, from month to month; no end means that it goes on."""

    __tablename__ = "work_period"
    id: Mapped[Key]
    profile_id: Mapped[UUID] = mapped_column(ForeignKey("profile.id", ondelete="CASCADE"), index=True)
    occupation_id: Mapped[UUID | None] = mapped_column(ForeignKey("occupation.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    employer: Mapped[str] = mapped_column(String(200), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    tasks: Mapped[str] = mapped_column(Text, default="")
    __mapper_args__ = {"exclude_properties": UNMAPPED}
    __table_args__ = (
        CheckConstraint("ended_on >= started_on", name="ends_after_it_starts"),
        kept_words("title || ' ' || tasks"),
    )


class CVFactState(StrEnum):
    """What the candidate said about a fact found in the CV."""

    FOUND = "found"
    CONFIRMED = "confirmed"
    REMOVED = "removed"


class CVFact(Base):
    """One fact found in an uploaded CV; it is used only after the candidate confirms it."""

    __tablename__ = "cv_fact"
    id: Mapped[Key]
    profile_id: Mapped[UUID] = mapped_column(ForeignKey("profile.id", ondelete="CASCADE"), index=True)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("stored_file.id", ondelete="CASCADE"), index=True)
    number: Mapped[int] = mapped_column(Integer)  # the order in which it stands in the CV
    kind: Mapped[str] = mapped_column(String(20))
    value: Mapped[dict[str, Any]] = mapped_column(JSONB)
    words: Mapped[str] = mapped_column(Text)  # exactly as they stand in the CV
    state: Mapped[CVFactState] = mapped_column(state_column(CVFactState, "state"), default=CVFactState.FOUND)


class ProfileChange(Base):
    """The sequence of changes that the worker reads to keep its pool current."""

    __tablename__ = "profile_change"
    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    profile_id: Mapped[UUID] = mapped_column(index=True)
    at: Mapped[Instant]
