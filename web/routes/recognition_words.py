"""How people read a case of recognition: its states, steps, days, and what its clocks say."""

from collections.abc import Mapping
from typing import Any

from talent.accounts.permissions import Role
from talent.foundation.words import N_
from talent.recognition.states import CaseAction, CaseState
from talent.recognition.terms import (
    FORM_NAMES,
    MEASURE_NAMES,
    PAPER_NAMES,
    SHARE_NAMES,
    TRANSLATION_NAMES,
    WHEN_NAMES,
)
from web.parts import Tag

S, A = CaseState, CaseAction
STATE_TAGS: Mapping[CaseState, Tag] = {
    S.DRAFT: Tag(N_("Draft"), "neutral"),
    S.DOCUMENTS: Tag(N_("Collecting documents"), "attention"),
    S.SUBMITTED: Tag(N_("Sent to the authority"), "waiting"),
    S.DEFICIENT: Tag(N_("The authority asks for documents"), "attention"),
    S.SUPPLIED: Tag(N_("Documents sent later"), "waiting"),
    S.COMPLETE: Tag(N_("Complete, being decided"), "waiting"),
    S.WAIVED: Tag(N_("Test instead of comparison"), "attention"),
    S.PARTIAL: Tag(N_("Recognised in part"), "attention"),
    S.MEASURE: Tag(N_("Making up the missing part"), "waiting"),
    S.FULL: Tag(N_("Fully recognised"), "good"),
    S.REFUSED: Tag(N_("Refused"), "bad"),
    S.WITHDRAWN: Tag(N_("Withdrawn"), "neutral"),
}
NEXT: Mapping[CaseState, str] = {
    S.DRAFT: N_("Begin with the documents."),
    S.DOCUMENTS: N_("Add each document of the list. When nothing is missing, send the application to the authority."),
    S.SUBMITTED: N_("The authority checks whether all papers are there. Its clock for the decision has not begun yet."),
    S.DEFICIENT: N_("Add what the authority asks for. Its clock for the decision begins when everything is there."),
    S.SUPPLIED: N_("The authority checks what you added."),
    S.COMPLETE: N_("All papers are there. The authority decides."),
    S.WAIVED: N_("Choose the test or the course."),
    S.PARTIAL: N_("Choose how you make up the missing part. After it you can be fully recognised."),
    S.MEASURE: N_("When the measure is passed, the recognition is full."),
    S.FULL: N_("Your qualification is fully recognised."),
    S.REFUSED: N_("The authority refused. Read the reason below and how to appeal."),
    S.WITHDRAWN: N_("You took this application back."),
}
BUTTONS: Mapping[CaseAction, str] = {
    A.PREPARE: N_("Begin"),
    A.SUBMIT: N_("I have sent the application"),
    A.FIND_DEFICIT: N_("Record a notice of missing documents"),
    A.SUPPLY: N_("I have sent the missing documents"),
    A.CONFIRM_COMPLETE: N_("Record that the file is complete"),
    A.RECOGNISE: N_("Record full recognition"),
    A.RECOGNISE_IN_PART: N_("Record partial recognition"),
    A.REFUSE: N_("Record a refusal"),
    A.WAIVE: N_("Give up the comparison and take the test instead"),
    A.BEGIN_MEASURE: N_("Begin this measure"),
    A.PASS_MEASURE: N_("Record that the measure was passed"),
    A.FAIL_MEASURE: N_("Record that the measure was not passed"),
    A.WITHDRAW: N_("Take the application back"),
}
DONE_WORDS: Mapping[str, str] = {
    A.PREPARE: N_("The case was begun"),
    A.SUBMIT: N_("The application was sent"),
    A.FIND_DEFICIT: N_("The authority asked for documents"),
    A.SUPPLY: N_("Documents were sent later"),
    A.CONFIRM_COMPLETE: N_("The file is complete"),
    A.RECOGNISE: N_("Full recognition"),
    A.RECOGNISE_IN_PART: N_("Partial recognition"),
    A.REFUSE: N_("Refusal"),
    A.WAIVE: N_("The comparison was given up for a test"),
    A.BEGIN_MEASURE: N_("The measure began"),
    A.PASS_MEASURE: N_("The measure was passed"),
    A.FAIL_MEASURE: N_("The measure was not passed"),
    A.WITHDRAW: N_("The application was taken back"),
}
WITH_A_LETTER = frozenset({A.FIND_DEFICIT, A.RECOGNISE_IN_PART, A.REFUSE, A.FAIL_MEASURE})
"""Steps that need what the authority's letter says."""
FINAL_WORDS: Mapping[CaseAction, str] = {
    A.WAIVE: N_("This cannot be taken back: the authority no longer compares your training."),
    A.WITHDRAW: N_("This cannot be taken back. What you paid may be lost."),
}
WHO: Mapping[str, str] = {
    Role.CANDIDATE: N_("Candidate"),
    Role.RECOGNITION_OFFICER: N_("Authority"),
    Role.PROJECT_STAFF: N_("Project staff"),
    Role.AGENCY_OFFICER: N_("Agency with a power of attorney"),
    Role.EMPLOYER: N_("Employer with a power of attorney"),
}
SERVICE = N_("Service")
NOTED_ON = N_("{what}: {day}")
BY_THEN = N_("{act} by {day}.")
DAYS_LEFT = N_("Days left: {n}.")
PASSED = N_("{act}: the deadline ended on {day}, {n} days ago.")
STANDS = N_("{act}: the clock stands still since {day}, {why}.")
LENGTH_UNKNOWN = N_("{act}: how long this takes is not known to us.")
NOT_BEGUN = N_("{act}: the clock has not begun.")
NAMES: Mapping[str, Mapping[Any, str]] = {
    "form": FORM_NAMES,
    "paper": PAPER_NAMES,
    "translation": TRANSLATION_NAMES,
    "when": WHEN_NAMES,
    "measure": MEASURE_NAMES,
    "share": SHARE_NAMES,
}
