"""The words of outreach: tasks, channels and outcomes. Channels are ways to reach people, never names of products."""

from enum import StrEnum

from talent.foundation.words import N_


class Task(StrEnum):
    """What is to be done."""

    CALL_CANDIDATE = "call_candidate"
    CALL_EMPLOYER = "call_employer"
    ASK_AUTHORITY = "ask_authority"
    ASK_FOR_PAPERS = "ask_for_papers"
    CHECK_ARRIVAL = "check_arrival"


class Channel(StrEnum):
    """How somebody was reached."""

    PHONE = "phone"
    EMAIL = "email"
    MESSAGE = "message"
    LETTER = "letter"
    IN_PERSON = "in_person"


class Outcome(StrEnum):
    """What came of it."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    ANSWER_PROMISED = "answer_promised"
    SETTLED = "settled"


TASK_NAMES: dict[Task, str] = {
    Task.CALL_CANDIDATE: N_("Speak with the candidate"),
    Task.CALL_EMPLOYER: N_("Speak with the employer"),
    Task.ASK_AUTHORITY: N_("Ask the authority how it stands"),
    Task.ASK_FOR_PAPERS: N_("Ask for missing papers"),
    Task.CHECK_ARRIVAL: N_("Ask how the first days of work went"),
}
CHANNEL_NAMES: dict[Channel, str] = {
    Channel.PHONE: N_("Telephone"),
    Channel.EMAIL: N_("E-mail"),
    Channel.MESSAGE: N_("Message"),
    Channel.LETTER: N_("Letter"),
    Channel.IN_PERSON: N_("In person"),
}
OUTCOME_NAMES: dict[Outcome, str] = {
    Outcome.REACHED: N_("Reached"),
    Outcome.NO_ANSWER: N_("No answer"),
    Outcome.ANSWER_PROMISED: N_("An answer was promised"),
    Outcome.SETTLED: N_("The matter is settled"),
}
