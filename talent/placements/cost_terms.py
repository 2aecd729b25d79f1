"""The words of the costs of a placement: what was paid for, who paid, and to whom."""

from enum import StrEnum

from talent.foundation.words import N_


class CostKind(StrEnum):
    """What is paid for: the categories of the ILO definition of recruitment fees and related costs, and the rest."""

    RECRUITMENT = "recruitment"
    DEPOSIT = "deposit"
    MEDICAL = "medical"
    INSURANCE = "insurance"
    TESTS = "tests"
    TRAINING = "training"
    EQUIPMENT = "equipment"
    TRAVEL = "travel"
    PAPERS = "papers"
    OTHER = "other"


COST_KIND_NAMES: dict[CostKind, str] = {
    CostKind.RECRUITMENT: N_("Fee for finding or giving the job"),
    CostKind.DEPOSIT: N_("Deposit, security or advance"),
    CostKind.MEDICAL: N_("Medical test"),
    CostKind.INSURANCE: N_("Insurance"),
    CostKind.TESTS: N_("Language or trade test"),
    CostKind.TRAINING: N_("Training or briefing"),
    CostKind.EQUIPMENT: N_("Tools, clothes, equipment"),
    CostKind.TRAVEL: N_("Travel and lodging"),
    CostKind.PAPERS: N_("Papers, visa, permit, attestation"),
    CostKind.OTHER: N_("Something else"),
}


class CostParty(StrEnum):
    """Who pays, or is paid."""

    WORKER = "worker"
    EMPLOYER = "employer"
    AGENCY = "agency"
    PROMOTER = "promoter"
    GO_BETWEEN = "go_between"
    OFFICE = "office"
    PROVIDER = "provider"
    PROGRAMME = "programme"


COST_PARTY_NAMES: dict[CostParty, str] = {
    CostParty.WORKER: N_("The worker"),
    CostParty.EMPLOYER: N_("The employer"),
    CostParty.AGENCY: N_("The agency"),
    CostParty.PROMOTER: N_("The promoter"),
    CostParty.GO_BETWEEN: N_("Somebody in between: an agent, a helper, a friend of the firm"),
    CostParty.OFFICE: N_("An office of the State, or its bank"),
    CostParty.PROVIDER: N_("A doctor, an insurer, an institute, an airline, a shop"),
    CostParty.PROGRAMME: N_("The programme"),
}
PAYERS = (CostParty.WORKER, CostParty.EMPLOYER, CostParty.AGENCY, CostParty.PROMOTER, CostParty.PROGRAMME)
PAYEES = (
    CostParty.GO_BETWEEN,
    CostParty.PROMOTER,
    CostParty.AGENCY,
    CostParty.EMPLOYER,
    CostParty.OFFICE,
    CostParty.PROVIDER,
)
RECRUITERS = frozenset({CostParty.EMPLOYER, CostParty.AGENCY, CostParty.PROMOTER, CostParty.GO_BETWEEN})
"""To whom a worker pays nothing at all, whatever it is called."""
NEVER_THE_WORKERS = frozenset({CostKind.RECRUITMENT, CostKind.DEPOSIT})
"""What a worker pays to nobody."""
