"""The words of the ways to work abroad: who acts, which papers, which part of the journey, who pays."""

from enum import StrEnum

from talent.foundation.words import N_


class Doer(StrEnum):
    """Who takes a step."""

    WORKER = "worker"
    EMPLOYER = "employer"
    WORKER_AND_EMPLOYER = "worker_and_employer"
    INSTITUTE = "institute"
    RECOGNITION_BODY = "recognition_body"
    LABOUR_AGENCY = "labour_agency"
    PERMIT_OFFICE = "permit_office"
    MISSION = "mission"
    MINISTRY = "ministry"
    PROMOTER = "promoter"
    PROTECTOR = "protector"
    PAKISTANI_OFFICE = "pakistani_office"
    WELFARE_ATTACHE = "welfare_attache"


DOER_NAMES: dict[Doer, str] = {
    Doer.WORKER: N_("The worker"),
    Doer.EMPLOYER: N_("The employer"),
    Doer.WORKER_AND_EMPLOYER: N_("The worker and the employer"),
    Doer.INSTITUTE: N_("The training institute"),
    Doer.RECOGNITION_BODY: N_("The body that recognises qualifications"),
    Doer.LABOUR_AGENCY: N_("The employment authority there"),
    Doer.PERMIT_OFFICE: N_("The office that gives the permit"),
    Doer.MISSION: N_("The country’s embassy or consulate in Pakistan"),
    Doer.MINISTRY: N_("The ministry that approves the course"),
    Doer.PROMOTER: N_("The licensed overseas employment promoter"),
    Doer.PROTECTOR: N_("The Protector of Emigrants"),
    Doer.PAKISTANI_OFFICE: N_("The office in Pakistan that attests papers"),
    Doer.WELFARE_ATTACHE: N_("Pakistan’s embassy there (Community Welfare Attaché)"),
}


class Stage(StrEnum):
    """Which part of the journey a step belongs to, in order."""

    PREPARATION = "preparation"
    TRAINING = "training"
    PERMIT = "permit"
    VISA = "visa"
    EXIT = "exit"
    ARRIVAL = "arrival"


STAGE_NAMES: dict[Stage, str] = {
    Stage.PREPARATION: N_("Offer and papers"),
    Stage.TRAINING: N_("Training before departure"),
    Stage.PERMIT: N_("Permit"),
    Stage.VISA: N_("Visa"),
    Stage.EXIT: N_("Leaving Pakistan"),
    Stage.ARRIVAL: N_("After arrival"),
}


class Document(StrEnum):
    """A paper that a step needs or brings."""

    CONTRACT = "contract"
    EMPLOYMENT_DECLARATION = "employment_declaration"
    POWER_OF_ATTORNEY = "power_of_attorney"
    AGREEMENT_WITH_OFFICE = "agreement_with_office"
    CERTIFICATE = "certificate"
    TRANSCRIPT = "transcript"
    RECOGNITION_DECISION = "recognition_decision"
    PROFESSIONAL_LICENCE = "professional_licence"
    STATEMENT_ON_AWARD = "statement_on_award"
    LANGUAGE_CERTIFICATE = "language_certificate"
    EXPERIENCE_PROOF = "experience_proof"
    CV = "cv"
    PASSPORT = "passport"
    PHOTO = "photo"
    ADVANCE_APPROVAL = "advance_approval"
    LABOUR_CONSENT = "labour_consent"
    VISA = "visa"
    RESIDENCE_PERMIT = "residence_permit"
    COURSE_CERTIFICATE = "course_certificate"
    PROGRAMME_APPROVAL = "programme_approval"
    NO_WORKER_AVAILABLE = "no_worker_available"
    ACCOMMODATION = "accommodation"
    WORK_AUTHORISATION = "work_authorisation"
    RESIDENCE_CONTRACT = "residence_contract"
    TERMS_OF_EMPLOYMENT = "terms_of_employment"
    EMPLOYER_PAPERS = "employer_papers"
    POLICE_CERTIFICATE = "police_certificate"
    MEDICAL_CERTIFICATE = "medical_certificate"
    SOCIAL_SECURITY = "social_security"
    LIVELIHOOD = "livelihood"
    DRIVING_LICENCE = "driving_licence"
    CNIC = "cnic"
    ATTESTATION = "attestation"
    APOSTILLE = "apostille"
    NO_OBJECTION = "no_objection"
    DEMAND_LETTER = "demand_letter"
    FOREIGN_SERVICE_AGREEMENT = "foreign_service_agreement"
    WELFARE_FUND_RECEIPT = "welfare_fund_receipt"
    INSURANCE = "insurance"
    ORIENTATION = "orientation"
    PROTECTOR_STAMP = "protector_stamp"


DOCUMENT_NAMES: dict[Document, str] = {
    Document.CONTRACT: N_("Employment contract or binding offer"),
    Document.EMPLOYMENT_DECLARATION: N_("The employer’s declaration about the job"),
    Document.POWER_OF_ATTORNEY: N_("Power of attorney for the employer"),
    Document.AGREEMENT_WITH_OFFICE: N_("Agreement with the office for foreigners"),
    Document.CERTIFICATE: N_("Certificate of training or degree"),
    Document.TRANSCRIPT: N_("List of subjects and marks"),
    Document.RECOGNITION_DECISION: N_("Decision about the recognition"),
    Document.PROFESSIONAL_LICENCE: N_("Permission to work in the profession, or its promise"),
    Document.STATEMENT_ON_AWARD: N_("Statement about the award"),
    Document.LANGUAGE_CERTIFICATE: N_("Language certificate"),
    Document.EXPERIENCE_PROOF: N_("Proof of work in the occupation"),
    Document.CV: N_("Curriculum vitae"),
    Document.PASSPORT: N_("Passport"),
    Document.PHOTO: N_("Passport photograph"),
    Document.ADVANCE_APPROVAL: N_("Advance approval"),
    Document.LABOUR_CONSENT: N_("Consent of the employment authority"),
    Document.VISA: N_("Visa"),
    Document.RESIDENCE_PERMIT: N_("Residence permit"),
    Document.COURSE_CERTIFICATE: N_("Certificate that the course was completed"),
    Document.PROGRAMME_APPROVAL: N_("Approval of the training programme"),
    Document.NO_WORKER_AVAILABLE: N_("Proof that no worker was found there"),
    Document.ACCOMMODATION: N_("Proof of a place to live"),
    Document.WORK_AUTHORISATION: N_("Authorisation to work"),
    Document.RESIDENCE_CONTRACT: N_("Contract of stay"),
    Document.TERMS_OF_EMPLOYMENT: N_("Terms of employment on the authority’s form"),
    Document.EMPLOYER_PAPERS: N_("Papers of the company"),
    Document.POLICE_CERTIFICATE: N_("Police certificate (only that it was seen is kept)"),
    Document.MEDICAL_CERTIFICATE: N_("Medical certificate (only that it was seen is kept)"),
    Document.SOCIAL_SECURITY: N_("Registration with social security"),
    Document.LIVELIHOOD: N_("Proof of enough money to live on"),
    Document.DRIVING_LICENCE: N_("Driving licence"),
    Document.CNIC: N_("CNIC or NICOP"),
    Document.ATTESTATION: N_("Attestation of the certificate"),
    Document.APOSTILLE: N_("Attestation or apostille of the Ministry of Foreign Affairs"),
    Document.NO_OBJECTION: N_("No-objection certificate"),
    Document.DEMAND_LETTER: N_("Demand letter and power of attorney"),
    Document.FOREIGN_SERVICE_AGREEMENT: N_("Foreign Service Agreement"),
    Document.WELFARE_FUND_RECEIPT: N_("Receipts of registration, welfare fund and promotion fee"),
    Document.INSURANCE: N_("State Life insurance certificate"),
    Document.ORIENTATION: N_("Briefing before departure"),
    Document.PROTECTOR_STAMP: N_("Protector’s registration in the passport"),
}


class Payer(StrEnum):
    """Who pays a fee by law."""

    WORKER = "worker"
    EMPLOYER = "employer"
    PROMOTER = "promoter"
    UNKNOWN = "unknown"


PAYER_NAMES: dict[Payer, str] = {
    Payer.WORKER: N_("The worker"),
    Payer.EMPLOYER: N_("The employer"),
    Payer.PROMOTER: N_("The promoter"),
    Payer.UNKNOWN: N_("Not known"),
}
