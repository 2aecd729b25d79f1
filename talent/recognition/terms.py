"""The words of recognition: kinds of procedure, papers, fees, deadlines and measures, each with how people read it."""

from enum import StrEnum

from talent.foundation.words import N_


class ProcedureKind(StrEnum):
    """What a procedure is about."""

    REGULATED = "regulated"
    NON_REGULATED = "non_regulated"
    DEGREE = "degree"
    STATEMENT = "statement"
    WITHOUT_PAPERS = "without_papers"
    EMPLOYER_ASSESSMENT = "employer_assessment"


class PaperKind(StrEnum):
    """What a document says."""

    APPLICATION_FORM = "application_form"
    CV_TABLE = "cv_table"
    IDENTITY = "identity"
    TRAINING_CERTIFICATE = "training_certificate"
    DEGREE = "degree"
    TRANSCRIPT = "transcript"
    CURRICULUM = "curriculum"
    EXPERIENCE = "experience"
    NO_EARLIER_APPLICATION = "no_earlier_application"
    INTENT_TO_WORK = "intent_to_work"
    RIGHT_TO_PRACTISE = "right_to_practise"
    GOOD_STANDING = "good_standing"
    LANGUAGE_CERTIFICATE = "language_certificate"
    VALUE_DECLARATION = "value_declaration"
    POWER_OF_ATTORNEY = "power_of_attorney"
    REASONS_FOR_MISSING_PAPERS = "reasons_for_missing_papers"


PAPER_NAMES: dict[PaperKind, str] = {
    PaperKind.APPLICATION_FORM: N_("The authority’s application form"),
    PaperKind.CV_TABLE: N_("A table of your training and jobs"),
    PaperKind.IDENTITY: N_("Proof of identity"),
    PaperKind.TRAINING_CERTIFICATE: N_("Certificate of your training"),
    PaperKind.DEGREE: N_("Degree certificate"),
    PaperKind.TRANSCRIPT: N_("List of subjects and marks"),
    PaperKind.CURRICULUM: N_("Content and hours of the training (curriculum)"),
    PaperKind.EXPERIENCE: N_("Proof of work in the occupation"),
    PaperKind.NO_EARLIER_APPLICATION: N_("Declaration that you have not applied before"),
    PaperKind.INTENT_TO_WORK: N_("Proof that you want to work there, such as a letter to an employer"),
    PaperKind.RIGHT_TO_PRACTISE: N_("Proof that you may do the work in Pakistan"),
    PaperKind.GOOD_STANDING: N_("Certificate of good standing"),
    PaperKind.LANGUAGE_CERTIFICATE: N_("Language certificate"),
    PaperKind.VALUE_DECLARATION: N_("Declaration of value by the Italian consulate, or a CIMEA statement"),
    PaperKind.POWER_OF_ATTORNEY: N_("Power of attorney for the employer"),
    PaperKind.REASONS_FOR_MISSING_PAPERS: N_("A statement why papers cannot be had"),
}


class Form(StrEnum):
    """In which form a document is sent."""

    ORIGINAL = "original"
    CERTIFIED_COPY = "certified_copy"
    COPY = "copy"
    ELECTRONIC = "electronic"


FORM_NAMES: dict[Form, str] = {
    Form.ORIGINAL: N_("Original"),
    Form.CERTIFIED_COPY: N_("Certified copy"),
    Form.COPY: N_("Copy or scan"),
    Form.ELECTRONIC: N_("Electronic"),
}
TRANSLATION_NAMES: dict[str, str] = {
    "sworn": N_("with a translation by a sworn translator"),
    "official": N_("with an official translation"),
}


class When(StrEnum):
    """When a paper or a fee is asked for."""

    ALWAYS = "always"
    IF_ANY = "if_any"
    ON_REQUEST = "on_request"
    ON_DOUBT = "on_doubt"


WHEN_NAMES: dict[When, str] = {
    When.IF_ANY: N_("if you have it"),
    When.ON_REQUEST: N_("if the authority asks"),
    When.ON_DOUBT: N_("if the authority doubts a document"),
}


class FeeKind(StrEnum):
    """What a fee is for."""

    PROCEDURE = "procedure"
    STATEMENT = "statement"
    TRANSLATIONS = "translations"
    DOCUMENT_CHECK = "document_check"
    FAST_TRACK = "fast_track"


FEE_NAMES: dict[FeeKind, str] = {
    FeeKind.PROCEDURE: N_("The procedure"),
    FeeKind.STATEMENT: N_("The statement"),
    FeeKind.TRANSLATIONS: N_("Translations"),
    FeeKind.DOCUMENT_CHECK: N_("Check of documents in Pakistan by the embassy"),
    FeeKind.FAST_TRACK: N_("The accelerated procedure"),
}


class Payer(StrEnum):
    """Who pays."""

    CANDIDATE = "candidate"
    EMPLOYER = "employer"
    AUTHORITY = "authority"
    UNKNOWN = "unknown"


PAYER_NAMES: dict[Payer, str] = {
    Payer.CANDIDATE: N_("You"),
    Payer.EMPLOYER: N_("The employer"),
    Payer.AUTHORITY: N_("The authority that asks for it"),
    Payer.UNKNOWN: N_("Not known"),
}


class Act(StrEnum):
    """What is to be done before a deadline ends."""

    RECEIPT = "receipt"
    DECISION = "decision"
    DECISION_FAST_TRACK = "decision_fast_track"
    INVITE_EMPLOYER = "invite_employer"
    APTITUDE_TEST_OFFERED = "aptitude_test_offered"
    KNOWLEDGE_TEST_OFFERED = "knowledge_test_offered"
    COURSE_EXTENSION = "course_extension"
    PAYMENT = "payment"


ACT_NAMES: dict[Act, str] = {
    Act.RECEIPT: N_("The authority confirms receipt and says what is missing"),
    Act.DECISION: N_("The authority decides"),
    Act.DECISION_FAST_TRACK: N_("The authority decides in the accelerated procedure"),
    Act.INVITE_EMPLOYER: N_("The office invites the employer"),
    Act.APTITUDE_TEST_OFFERED: N_("You can take the aptitude test"),
    Act.KNOWLEDGE_TEST_OFFERED: N_("You can take the knowledge test"),
    Act.COURSE_EXTENSION: N_("The authority decides about a longer course"),
    Act.PAYMENT: N_("You pay the fee"),
}


class ClockStart(StrEnum):
    """What starts a clock."""

    APPLICATION = "application"
    COMPLETE_FILE = "complete_file"
    RECEIPT_BY_OFFICE = "receipt_by_office"
    CHOICE_OF_TEST = "choice_of_test"
    DEFICIT_DECISION = "deficit_decision"
    COURSE_REQUEST = "course_request"


START_NAMES: dict[ClockStart, str] = {
    ClockStart.APPLICATION: N_("from the day the application arrives"),
    ClockStart.COMPLETE_FILE: N_("from the day all papers are there"),
    ClockStart.RECEIPT_BY_OFFICE: N_("from the day the office receives it"),
    ClockStart.CHOICE_OF_TEST: N_("from the day you choose the test"),
    ClockStart.DEFICIT_DECISION: N_("from the decision that names the differences"),
    ClockStart.COURSE_REQUEST: N_("from the day you ask for the longer course"),
}


class Noted(StrEnum):
    """A day that somebody notes in a case because a clock begins or ends with it."""

    FEE_PAID = "fee_paid"
    AGREEMENT = "agreement"
    OFFICE_RECEIVED = "office_received"
    EMPLOYER_INVITED = "employer_invited"
    LONGER_COURSE_ASKED = "longer_course_asked"
    LONGER_COURSE_GRANTED = "longer_course_granted"
    LONGER_COURSE_REFUSED = "longer_course_refused"


NOTED_NAMES: dict[Noted, str] = {
    Noted.FEE_PAID: N_("The fee was paid"),
    Noted.AGREEMENT: N_("The employer agreed the accelerated procedure with the office for foreigners"),
    Noted.OFFICE_RECEIVED: N_("The office for foreigners received the authority’s letter"),
    Noted.EMPLOYER_INVITED: N_("The office for foreigners invited the employer"),
    Noted.LONGER_COURSE_ASKED: N_("A longer course was asked for"),
    Noted.LONGER_COURSE_GRANTED: N_("The longer course was granted"),
    Noted.LONGER_COURSE_REFUSED: N_("The longer course was refused"),
}


class Share(StrEnum):
    """What somebody who acts under a power of attorney may see beside the progress of the case."""

    DOCUMENTS = "documents"
    DECISION = "decision"


SHARE_NAMES: dict[Share, str] = {
    Share.DOCUMENTS: N_("My documents"),
    Share.DECISION: N_("What the authority’s letters and its decision say"),
}


class Measure(StrEnum):
    """How a partial recognition becomes a full one."""

    ADAPTATION_PERIOD = "adaptation_period"
    APTITUDE_TEST = "aptitude_test"
    KNOWLEDGE_TEST = "knowledge_test"
    SUPPLEMENTARY_STUDIES = "supplementary_studies"
    TRAINING_COURSE = "training_course"


MEASURE_NAMES: dict[Measure, str] = {
    Measure.ADAPTATION_PERIOD: N_("Adaptation period"),
    Measure.APTITUDE_TEST: N_("Aptitude test"),
    Measure.KNOWLEDGE_TEST: N_("Knowledge test"),
    Measure.SUPPLEMENTARY_STUDIES: N_("Additional studies"),
    Measure.TRAINING_COURSE: N_("Training course for the missing parts"),
}
