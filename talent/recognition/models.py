"""Cases of recognition, their papers, the times in which a clock stood still, reminders, and corrected calendars."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talent.casework.clock_terms import Pause
from talent.foundation.database import Base, Instant, Key, state_column
from talent.recognition.precedents import Part
from talent.recognition.states import RECOGNITION_CASE, CaseState, Outcome
from talent.recognition.terms import Act, Measure, Noted, PaperKind
from talent.taxonomy.levels import QualificationKind

CASCADE = "all, delete-orphan"


class RecognitionCase(Base):
    """One request to have one qualification recognised in one country; it knows no name."""

    __tablename__ = "recognition_case"
    id: Mapped[Key]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)  # such as RC-7K3QM2
    state: Mapped[CaseState] = mapped_column(state_column(CaseState, "state"), default=RECOGNITION_CASE.initial)
    award: Mapped[QualificationKind] = mapped_column(state_column(QualificationKind, "award"))
    award_title: Mapped[str] = mapped_column(String(200))
    institute: Mapped[str] = mapped_column(String(200), default="")
    award_year: Mapped[int | None]
    isco_group: Mapped[str] = mapped_column(String(4))
    country: Mapped[str] = mapped_column(String(2))
    procedure_id: Mapped[str] = mapped_column(String(60))
    authority_id: Mapped[str] = mapped_column(String(60))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    """The authority's own office in this service, which then sees the case; None while it has none."""
    region: Mapped[str] = mapped_column(String(6), default="", server_default="")
    """The Land in which the person wants to work, ISO 3166-2; empty while it is not known."""
    acting_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    """The employer or agency that acts under a power of attorney, while it stands; it then sees the case."""
    submitted_on: Mapped[date | None]
    complete_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    outcome: Mapped[Outcome | None] = mapped_column(state_column(Outcome, "outcome"))
    left_on: Mapped[date | None]
    """The day from which no decision was waited for: the case was taken back, or a test took its place."""
    deficit_at: Mapped[Instant | None]
    extension_told_on: Mapped[date | None]
    extended_until: Mapped[date | None]
    measure: Mapped[Measure | None] = mapped_column(state_column(Measure, "measure"))
    measure_on: Mapped[date | None]  # the day on which it was chosen
    missing_parts: Mapped[str] = mapped_column(Text, default="")
    next_act: Mapped[Act | None] = mapped_column(state_column(Act, "next_act"))
    next_deadline_on: Mapped[date | None]
    created_at: Mapped[Instant]
    changed_at: Mapped[Instant]
    version: Mapped[int] = mapped_column()
    papers: Mapped[list["RecognitionPaper"]] = relationship(
        lazy="raise", cascade=CASCADE, order_by="RecognitionPaper.added_at"
    )
    stops: Mapped[list["RecognitionStop"]] = relationship(
        lazy="raise", cascade=CASCADE, order_by="RecognitionStop.since"
    )
    noted: Mapped[list["RecognitionDay"]] = relationship(
        lazy="raise", cascade=CASCADE, order_by="(RecognitionDay.day, RecognitionDay.noted_at, RecognitionDay.id)"
    )
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_recognition_case_inbox", "next_deadline_on", "id"),
        Index("ix_recognition_case_office_inbox", "organisation_id", "next_deadline_on", "id"),
        Index("ix_recognition_case_acting_inbox", "acting_id", "next_deadline_on", "id"),
        Index("ix_recognition_case_precedents", "country", "isco_group", "award"),
        CheckConstraint("extended_until > extension_told_on", name="extension_is_later"),
    )


class RecognitionPaper(Base):
    """One document of a case, or the translation of one."""

    __tablename__ = "recognition_paper"
    id: Mapped[Key]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("recognition_case.id", ondelete="CASCADE"), index=True)
    kind: Mapped[PaperKind] = mapped_column(state_column(PaperKind, "kind"))
    document_id: Mapped[UUID] = mapped_column(ForeignKey("stored_file.id", ondelete="CASCADE"), index=True)
    original_id: Mapped[UUID | None] = mapped_column(ForeignKey("recognition_paper.id", ondelete="CASCADE"), index=True)
    """The paper of which this is the translation."""
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    verified_on: Mapped[date | None]
    verified_by: Mapped[str] = mapped_column(String(200), default="")
    is_genuine: Mapped[bool | None]
    added_at: Mapped[Instant]
    added_by: Mapped[UUID]
    supplied_by: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    """The institute that brought it because the candidate asked for it; None: the candidate."""
    __table_args__ = (CheckConstraint("original_id <> id", name="translates_another"),)


class RecognitionStop(Base):
    """A time in which the authority's clock stood still, and why."""

    __tablename__ = "recognition_stop"
    id: Mapped[Key]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("recognition_case.id", ondelete="CASCADE"), index=True)
    why: Mapped[Pause] = mapped_column(state_column(Pause, "why"))
    since: Mapped[date]
    until: Mapped[date | None]
    __table_args__ = (CheckConstraint("until >= since", name="ends_after_it_begins"),)


class RecognitionDay(Base):
    """A day that somebody noted because a clock begins or ends with it; rows are added and never changed."""

    __tablename__ = "recognition_day"
    id: Mapped[Key]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("recognition_case.id", ondelete="CASCADE"), index=True)
    what: Mapped[Noted] = mapped_column(state_column(Noted, "what"))
    day: Mapped[date]
    noted_at: Mapped[Instant]
    noted_by: Mapped[UUID]
    noted_role: Mapped[str] = mapped_column(String(40))


IN_ORDER = (RecognitionDay.day, RecognitionDay.noted_at, RecognitionDay.id)
"""The order in which days happened; of two on the same day the one noted first."""


class RecognitionReminder(Base):
    """One reminder that was sent; the same one is never sent twice."""

    __tablename__ = "recognition_reminder"
    case_id: Mapped[UUID] = mapped_column(ForeignKey("recognition_case.id", ondelete="CASCADE"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(60), primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    sent_at: Mapped[Instant]


class CalendarCorrection(Base):
    """What staff know of a day that the calendar of holidays does not."""

    __tablename__ = "calendar_correction"
    region: Mapped[str] = mapped_column(String(6), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    is_free: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(200))
    written_by: Mapped[UUID]
    written_at: Mapped[Instant]


class RecognitionPrecedent(Base):
    """One published line of how others fared: numbers in fives, about nobody in particular."""

    __tablename__ = "recognition_precedent"
    id: Mapped[Key]
    country: Mapped[str] = mapped_column(String(2))
    isco_group: Mapped[str] = mapped_column(String(4))
    award: Mapped[QualificationKind] = mapped_column(state_column(QualificationKind, "award"))
    part: Mapped[Part] = mapped_column(state_column(Part, "part"))
    name: Mapped[str] = mapped_column(String(200), default="")  # of the institute, or the year
    folded: Mapped[str] = mapped_column(String(200), default="")
    cases: Mapped[int]
    outcomes: Mapped[dict[str, int]] = mapped_column(JSONB)  # an outcome under five is not in it
    days: Mapped[int | None]
    missing_parts: Mapped[list[str]] = mapped_column(ARRAY(Text))
    counted: Mapped[int | None]
    """How many cases the whole table rests on, never shown: tells when it may be published anew."""
    as_of: Mapped[date]
    __table_args__ = (
        UniqueConstraint("country", "isco_group", "award", "part", "name"),
        CheckConstraint("cases >= 5", name="cases"),
    )


class RecognitionDuration(Base):
    """How long a procedure is likely to take, from the service's own history."""

    __tablename__ = "recognition_duration"
    procedure_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    decisions: Mapped[int]
    median_days: Mapped[int | None]  # None: longer than any case was seen to wait
    first_days: Mapped[int | None]
    last_days: Mapped[int | None]
    as_of: Mapped[date]
    __table_args__ = (CheckConstraint("decisions >= 10", name="decisions"),)
