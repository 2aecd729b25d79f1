"""The words of training's pages: states, what was done, how somebody stands."""

from collections.abc import Mapping

from talent.foundation.words import N_
from talent.training.people_file import Outcome
from talent.training.standing import Outlook
from talent.training.states import (
    CohortAction,
    CohortState,
    EnrolmentAction,
    EnrolmentState,
    FindingState,
    RequestState,
)
from talent.training.terms import STATE_NAMES
from web.parts import Tag

COHORT_TAGS: Mapping[CohortState, Tag] = {
    CohortState.PLANNED: Tag(N_("Planned"), "waiting"),
    CohortState.ENROLLING: Tag(N_("Takes people"), "attention"),
    CohortState.RUNNING: Tag(N_("Running"), "good"),
    CohortState.ASSESSED: Tag(N_("Assessed"), "attention"),
    CohortState.CERTIFIED: Tag(N_("Certified"), "good"),
    CohortState.CLOSED: Tag(N_("Closed"), "neutral"),
    CohortState.CANCELLED: Tag(N_("Cancelled"), "bad"),
}
ENROLMENT_TAGS: Mapping[EnrolmentState, Tag] = {
    EnrolmentState.APPLIED: Tag(STATE_NAMES[EnrolmentState.APPLIED], "waiting"),
    EnrolmentState.ENROLLED: Tag(STATE_NAMES[EnrolmentState.ENROLLED], "good"),
    EnrolmentState.ACTIVE: Tag(STATE_NAMES[EnrolmentState.ACTIVE], "good"),
    EnrolmentState.COMPLETED: Tag(STATE_NAMES[EnrolmentState.COMPLETED], "good"),
    EnrolmentState.FAILED: Tag(STATE_NAMES[EnrolmentState.FAILED], "neutral"),
    EnrolmentState.DROPPED_OUT: Tag(STATE_NAMES[EnrolmentState.DROPPED_OUT], "neutral"),
    EnrolmentState.EXCLUDED: Tag(STATE_NAMES[EnrolmentState.EXCLUDED], "bad"),
}
REQUEST_TAGS: Mapping[RequestState, Tag] = {
    RequestState.ASKED: Tag(N_("Waits for an answer"), "waiting"),
    RequestState.ACCEPTED: Tag(N_("Accepted"), "good"),
    RequestState.DECLINED: Tag(N_("Declined"), "neutral"),
    RequestState.WITHDRAWN: Tag(N_("Withdrawn"), "neutral"),
}
OUTLOOK_TAGS: Mapping[Outlook, Tag] = {
    Outlook.MET: Tag(N_("Met"), "good"),
    Outlook.ON_TRACK: Tag(N_("On track"), "waiting"),
    Outlook.AT_RISK: Tag(N_("At risk"), "attention"),
    Outlook.MISSED: Tag(N_("Missing"), "bad"),
    Outlook.UNKNOWN: Tag(N_("Unknown"), "neutral"),
}
FINDING_TAGS: Mapping[FindingState, Tag] = {
    FindingState.NOTICED: Tag(N_("To look at"), "attention"),
    FindingState.EXPLAINED: Tag(N_("Explained"), "neutral"),
    FindingState.CONFIRMED: Tag(N_("Confirmed"), "bad"),
}
BEFORE: Mapping[Outcome, Tag] = {
    Outcome.NEW: Tag(N_("Would be taken"), "good"),
    Outcome.SAME: Tag(N_("Already there"), "neutral"),
    Outcome.REFUSED: Tag(N_("Cannot be taken"), "bad"),
}
AFTER: Mapping[Outcome, Tag] = {
    Outcome.NEW: Tag(N_("Taken"), "good"),
    Outcome.SAME: Tag(N_("Already there"), "neutral"),
    Outcome.REFUSED: Tag(N_("Not taken"), "bad"),
}
STEP_BUTTONS: Mapping[CohortAction, str] = {
    CohortAction.OPEN: N_("Open for people"),
    CohortAction.START: N_("Start the cohort"),
    CohortAction.ASSESS: N_("Finish the assessments"),
    CohortAction.CERTIFY: N_("Certify"),
    CohortAction.CLOSE: N_("Close the cohort"),
    CohortAction.CANCEL: N_("Cancel the cohort"),
}
COHORT_DONE: Mapping[str, str] = {
    CohortAction.OPEN.value: N_("Opened for people"),
    CohortAction.START.value: N_("Started"),
    CohortAction.ASSESS.value: N_("Assessments finished"),
    CohortAction.CERTIFY.value: N_("Certified"),
    CohortAction.CLOSE.value: N_("Closed"),
    CohortAction.CANCEL.value: N_("Cancelled"),
}
ENROLMENT_DONE: Mapping[str, str] = {
    EnrolmentAction.ENROL.value: N_("Got a seat"),
    EnrolmentAction.START.value: N_("Started the course"),
    EnrolmentAction.COMPLETE.value: N_("Completed the course"),
    EnrolmentAction.FAIL.value: N_("Did not pass"),
    EnrolmentAction.DROP_OUT.value: N_("Left the course"),
    EnrolmentAction.EXCLUDE.value: N_("Excluded"),
    EnrolmentAction.WITHDRAW.value: N_("Withdrew"),
}
WEEKDAYS: tuple[str, ...] = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
