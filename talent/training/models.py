"""What an institute teaches: programmes, courses, cohorts, and who takes part in them."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talent.foundation.database import Base, Instant, Key, Sealed, state_column
from talent.taxonomy.levels import CEFR
from talent.training.states import (
    COHORT,
    ENROLMENT,
    TRAINING_REQUEST,
    CohortState,
    EnrolmentState,
    RequestState,
)

CASCADE = "all, delete-orphan"


class Programme(Base):
    """A programme of one institute, such as the one that a donor pays for; it holds courses."""

    __tablename__ = "training_programme"
    id: Mapped[Key]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    about: Mapped[str] = mapped_column(Text, default="")
    paid_by: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[Instant]
    __table_args__ = (UniqueConstraint("organisation_id", "title"),)


class Course(Base):
    """What is taught, for how many hours, and which skills somebody has in the end."""

    __tablename__ = "course"
    id: Mapped[Key]
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("training_programme.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    about: Mapped[str] = mapped_column(Text, default="")
    occupation_id: Mapped[UUID | None] = mapped_column(ForeignKey("occupation.id"), index=True)
    language: Mapped[str] = mapped_column(String(10))  # of instruction, BCP 47
    vocational_hours: Mapped[int] = mapped_column(default=0)
    civic_hours: Mapped[int] = mapped_column(default=0)
    full_time_months: Mapped[int | None]
    is_state_recognised: Mapped[bool | None]  # None: not known
    least_attendance: Mapped[int | None]  # percent of all hours that the institute's certificate asks for
    nvqf_level: Mapped[int | None]
    language_taught: Mapped[str] = mapped_column(String(10), default="")  # BCP 47; empty: none
    language_level: Mapped[CEFR | None] = mapped_column(state_column(CEFR, "language_level"))
    created_at: Mapped[Instant]
    version: Mapped[int] = mapped_column()
    skills: Mapped[list["CourseSkill"]] = relationship(lazy="raise", cascade=CASCADE, order_by="CourseSkill.words")
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("programme_id", "title"),
        CheckConstraint("vocational_hours between 0 and 10000 and civic_hours between 0 and 10000", name="hours"),
        CheckConstraint("full_time_months between 1 and 120", name="full_time_months"),
        CheckConstraint("least_attendance between 1 and 100", name="least_attendance"),
        CheckConstraint("nvqf_level between 1 and 8", name="nvqf_level"),
    )


class CourseSkill(Base):
    """One skill that the course teaches."""

    __tablename__ = "course_skill"
    id: Mapped[Key]
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    skill_id: Mapped[UUID] = mapped_column(ForeignKey("skill.id"), index=True)
    words: Mapped[str] = mapped_column(String(300))
    eqf_level: Mapped[int | None]  # on completion, where an authority stated one
    __table_args__ = (
        UniqueConstraint("course_id", "skill_id"),
        CheckConstraint("eqf_level between 1 and 8", name="eqf_level"),
    )


class TrainingRequest(Base):
    """An agency asks an institute for so many trained people for one vacancy."""

    __tablename__ = "training_request"
    id: Mapped[Key]
    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey("vacancy.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)  # the agency
    institute_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    people: Mapped[int]
    needed_by: Mapped[date | None]
    words: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[RequestState] = mapped_column(state_column(RequestState, "state"), default=TRAINING_REQUEST.initial)
    asked_at: Mapped[Instant]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (CheckConstraint("people between 1 and 1000", name="people"),)


class Cohort(Base):
    """One run of a course. Seats 1 to ``reserved_seats`` are kept for the vacancy, the others are open."""

    __tablename__ = "cohort"
    id: Mapped[Key]
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    reference: Mapped[str] = mapped_column(String(60))  # the institute's own, unique within it
    state: Mapped[CohortState] = mapped_column(state_column(CohortState, "state"), default=COHORT.initial)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    joins_until: Mapped[date | None]  # the last day on which a freed seat is given away after the start
    seats: Mapped[int]
    reserved_seats: Mapped[int] = mapped_column(default=0)
    vacancy_id: Mapped[UUID | None] = mapped_column(ForeignKey("vacancy.id"), index=True)
    request_id: Mapped[UUID | None] = mapped_column(ForeignKey("training_request.id"), index=True)
    venue: Mapped[str] = mapped_column(String(200), default="")
    instructors: Mapped[list[str]] = mapped_column(ARRAY(String(200)), default=list)
    created_at: Mapped[Instant]
    certified_on: Mapped[date | None]
    at_risk: Mapped[int] = mapped_column(default=0)  # people about to miss a rule, as last counted while it ran
    version: Mapped[int] = mapped_column()
    course: Mapped[Course] = relationship(lazy="raise")
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("organisation_id", "reference"),
        Index("ix_cohort_state", "state"),
        CheckConstraint("seats between 1 and 1000", name="seats"),
        CheckConstraint("reserved_seats between 0 and seats", name="reserved_seats"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),
    )


class Trainee(Base):
    """Somebody whom one institute knows. An identity number is never kept, only its keyed hash."""

    __tablename__ = "trainee"
    id: Mapped[Key]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    card_sealed: Mapped[Sealed]  # name, phone and e-mail, with the institute's key
    phone_key: Mapped[str] = mapped_column(String(64), default="")  # keyed hash; empty without a phone
    email_key: Mapped[str] = mapped_column(String(64), default="")
    person_key: Mapped[str | None] = mapped_column(String(64))  # keyed hash of the identity number
    contact_key: Mapped[str] = mapped_column(String(64))  # keyed hash of the folded name and the phone
    claim_code: Mapped[str] = mapped_column(String(12), unique=True)
    profile_id: Mapped[UUID | None] = mapped_column(ForeignKey("profile.id", ondelete="SET NULL"), index=True)
    claimed_at: Mapped[Instant | None]
    created_at: Mapped[Instant]
    __table_args__ = (
        UniqueConstraint("organisation_id", "person_key"),
        Index("ix_trainee_contact_key", "organisation_id", "contact_key"),
    )


class Enrolment(Base):
    """One person in one cohort. The number of the seat is unique, so a seat is never given twice."""

    __tablename__ = "enrolment"
    id: Mapped[Key]
    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True), unique=True)  # order of arrival
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"))
    trainee_id: Mapped[UUID] = mapped_column(ForeignKey("trainee.id", ondelete="CASCADE"), index=True)
    state: Mapped[EnrolmentState] = mapped_column(state_column(EnrolmentState, "state"), default=ENROLMENT.initial)
    for_vacancy: Mapped[bool] = mapped_column(default=False)  # may take a reserved seat
    seat: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    applied_at: Mapped[Instant]
    version: Mapped[int] = mapped_column()
    trainee: Mapped[Trainee] = relationship(lazy="raise")
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("cohort_id", "trainee_id"),
        UniqueConstraint("cohort_id", "seat"),
        CheckConstraint("seat between 1 and 1000", name="seat"),
        CheckConstraint("(seat is not null) = (state in ('enrolled', 'active'))", name="seated"),
    )


class RegisterFile(Base):
    """One uploaded register: what was read of it, and the rows that could not be taken."""

    __tablename__ = "register_file"
    id: Mapped[Key]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))  # people or attendance
    document_id: Mapped[UUID] = mapped_column(ForeignKey("stored_file.id"), index=True)
    uploaded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    uploaded_at: Mapped[Instant]
    taken_at: Mapped[Instant | None]
    counts: Mapped[dict[str, int]] = mapped_column(JSONB)  # rows by outcome
    refused_sealed: Mapped[Sealed]  # number, name and problems of each, with the institute's key
