"""The words of training that tables, forms and files share."""

from enum import StrEnum

from talent.foundation.words import N_
from talent.training.states import EnrolmentState

MOST_SEATS = 1_000
MOST_MINUTES_A_DAY = 12 * 60
MINUTES_AN_HOUR = 60


class CoursePart(StrEnum):
    """What a day of training belongs to."""

    VOCATIONAL = "vocational"
    CIVIC = "civic"


class AssessmentKind(StrEnum):
    """How something was examined."""

    WRITTEN = "written"
    PRACTICAL = "practical"
    ORAL = "oral"
    LANGUAGE = "language"


class ReportKind(StrEnum):
    """What an institute reports about a cohort."""

    INCEPTION = "inception"
    TRAINEES = "trainees"
    PROGRESS = "progress"
    COMPLETION = "completion"
    ON_THE_JOB = "on_the_job"


class FindingKind(StrEnum):
    """What the registers or a trainee's word point at."""

    FEE_CHARGED = "fee_charged"
    GHOST_TRAINEE = "ghost_trainee"
    MISSING_REGISTER = "missing_register"
    COUNT_MISMATCH = "count_mismatch"
    RELOCATION = "relocation"
    SAME_PATTERN = "same_pattern"
    SHARED_CONTACT = "shared_contact"
    IMPOSSIBLE_DAY = "impossible_day"
    OTHER = "other"


PART_NAMES: dict[CoursePart, str] = {
    CoursePart.VOCATIONAL: N_("Vocational part"),
    CoursePart.CIVIC: N_("Civic and language part"),
}
ASSESSMENT_NAMES: dict[AssessmentKind, str] = {
    AssessmentKind.WRITTEN: N_("Written test"),
    AssessmentKind.PRACTICAL: N_("Practical test"),
    AssessmentKind.ORAL: N_("Oral test"),
    AssessmentKind.LANGUAGE: N_("Language test"),
}
REPORT_NAMES: dict[ReportKind, str] = {
    ReportKind.INCEPTION: N_("Inception report"),
    ReportKind.TRAINEES: N_("List of trainees"),
    ReportKind.PROGRESS: N_("Monthly progress"),
    ReportKind.COMPLETION: N_("Completion report"),
    ReportKind.ON_THE_JOB: N_("On-the-job report"),
}
STATE_NAMES: dict[EnrolmentState, str] = {
    EnrolmentState.APPLIED: N_("Waits for a seat"),
    EnrolmentState.ENROLLED: N_("Has a seat"),
    EnrolmentState.ACTIVE: N_("On the course"),
    EnrolmentState.COMPLETED: N_("Completed"),
    EnrolmentState.FAILED: N_("Not passed"),
    EnrolmentState.DROPPED_OUT: N_("Left"),
    EnrolmentState.EXCLUDED: N_("Excluded"),
}
FINDING_NAMES: dict[FindingKind, str] = {
    FindingKind.FEE_CHARGED: N_("A trainee was asked for money"),
    FindingKind.GHOST_TRAINEE: N_("Somebody in the register who does not attend"),
    FindingKind.MISSING_REGISTER: N_("No register was kept"),
    FindingKind.COUNT_MISMATCH: N_("Counts do not agree"),
    FindingKind.RELOCATION: N_("The class moved without a word"),
    FindingKind.SAME_PATTERN: N_("Identical attendance"),
    FindingKind.SHARED_CONTACT: N_("One phone for several people"),
    FindingKind.IMPOSSIBLE_DAY: N_("A day that cannot be"),
    FindingKind.OTHER: N_("Something else"),
}
CONCERNS = (
    FindingKind.FEE_CHARGED,
    FindingKind.GHOST_TRAINEE,
    FindingKind.MISSING_REGISTER,
    FindingKind.COUNT_MISMATCH,
    FindingKind.RELOCATION,
    FindingKind.OTHER,
)
"""What a trainee may report without a name."""
