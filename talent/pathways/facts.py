"""What is known of one person, one job and one day, as far as the law of a way to work asks for it.

Every fact may be unknown (None), and unknown is never taken for a no. Nothing here is stored or reaches matching; age
is asked about only because one rule of a Member State names it, and only the person concerned reads the answer.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from talent.foundation.words import N_
from talent.taxonomy.levels import QualificationKind

NO_LANGUAGE = "none"
"""Said of a language: not even A1."""


class Fact(StrEnum):
    """The facts that conditions name."""

    ISCO_GROUP = "isco_group"
    HAS_OFFER = "has_offer"
    CONTRACT_MONTHS = "contract_months"
    PAY_YEAR_CENTS = "pay_year_cents"
    PAY_MONTH_CENTS = "pay_month_cents"
    HAS_COLLECTIVE_PAY = "has_collective_pay"
    TRAINING_MONTHS = "training_months"
    IS_STATE_RECOGNISED = "is_state_recognised"
    HAS_DEGREE = "has_degree"
    HAS_VOCATIONAL = "has_vocational"
    DEGREE_IS_COMPARABLE = "degree_is_comparable"
    DEGREE_AWARDED_ON = "degree_awarded_on"
    RECOGNITION = "recognition"
    IS_REGULATED = "is_regulated"
    HAS_LICENCE = "has_licence"
    EXPERIENCE_MONTHS_IN_5 = "experience_months_in_5"
    EXPERIENCE_MONTHS_IN_7 = "experience_months_in_7"
    GERMAN = "german"
    ENGLISH = "english"
    AGE = "age"
    HAS_PENSION = "has_pension"
    AGREES_RECOGNITION = "agrees_recognition"
    CAN_TRAIN = "can_train"
    HAS_LIVELIHOOD = "has_livelihood"
    MONTHS_IN_COUNTRY = "months_in_country"
    SPOUSE_QUALIFIES = "spouse_qualifies"
    HAS_DRIVING_LICENCE = "has_driving_licence"
    HAS_APPROVED_COURSE = "has_approved_course"
    COURSE_ENDED_ON = "course_ended_on"
    HAS_QUOTA_PLACE = "has_quota_place"
    MARKET_WAS_TESTED = "market_was_tested"
    STAY_MONTHS = "stay_months"
    HAS_HOUSING = "has_housing"
    PASSPORT_UNTIL = "passport_until"
    HAS_SHORTAGE_TRAINING = "has_shortage_training"
    AUSTRIAN_POINTS = "austrian_points"
    HAS_VISA = "has_visa"
    HAS_CONTRACT = "has_contract"
    WORKER_PAYS_NOTHING = "worker_pays_nothing"


FACT_NAMES: dict[Fact, str] = {
    Fact.ISCO_GROUP: N_("occupation (ISCO-08)"),
    Fact.HAS_OFFER: N_("a concrete job offer"),
    Fact.CONTRACT_MONTHS: N_("length of the contract in months"),
    Fact.PAY_YEAR_CENTS: N_("gross pay for a year"),
    Fact.PAY_MONTH_CENTS: N_("gross pay for a month"),
    Fact.HAS_COLLECTIVE_PAY: N_("pay by a collective agreement that binds the employer"),
    Fact.TRAINING_MONTHS: N_("months of full-time training"),
    Fact.IS_STATE_RECOGNISED: N_("whether the State recognises the award"),
    Fact.HAS_DEGREE: N_("a university degree"),
    Fact.HAS_VOCATIONAL: N_("a vocational qualification"),
    Fact.DEGREE_IS_COMPARABLE: N_("whether the degree is recognised or comparable there"),
    Fact.DEGREE_AWARDED_ON: N_("when the degree was awarded"),
    Fact.RECOGNITION: N_("decision about the recognition"),
    Fact.IS_REGULATED: N_("whether the profession is regulated"),
    Fact.HAS_LICENCE: N_("permission to work in the profession, granted or promised"),
    Fact.EXPERIENCE_MONTHS_IN_5: N_("months of work in the occupation in the last five years"),
    Fact.EXPERIENCE_MONTHS_IN_7: N_("months of work in the occupation in the last seven years"),
    Fact.GERMAN: N_("level of German"),
    Fact.ENGLISH: N_("level of English"),
    Fact.AGE: N_("age on the day the permit is given"),
    Fact.HAS_PENSION: N_("proof of an adequate pension"),
    Fact.AGREES_RECOGNITION: N_("agreement with the employer about the recognition"),
    Fact.CAN_TRAIN: N_("whether the employer can train"),
    Fact.HAS_LIVELIHOOD: N_("enough money to live on"),
    Fact.MONTHS_IN_COUNTRY: N_("months of lawful stay there in the last five years"),
    Fact.SPOUSE_QUALIFIES: N_("whether husband or wife qualifies too"),
    Fact.HAS_DRIVING_LICENCE: N_("driving licence of the home country for lorries or buses"),
    Fact.HAS_APPROVED_COURSE: N_("a course that the ministry approved"),
    Fact.COURSE_ENDED_ON: N_("when the course ended"),
    Fact.HAS_QUOTA_PLACE: N_("a place in the year’s quota"),
    Fact.MARKET_WAS_TESTED: N_("test of the labour market there"),
    Fact.STAY_MONTHS: N_("length of the stay in months"),
    Fact.HAS_HOUSING: N_("suitable housing"),
    Fact.PASSPORT_UNTIL: N_("until when the passport is valid"),
    Fact.HAS_SHORTAGE_TRAINING: N_("completed training in an occupation of the shortage list"),
    Fact.AUSTRIAN_POINTS: N_("points of Austria’s official calculator"),
    Fact.HAS_VISA: N_("a visa"),
    Fact.HAS_CONTRACT: N_("a signed contract"),
    Fact.WORKER_PAYS_NOTHING: N_("whether the recruiter charges the worker nothing"),
}


@dataclass(frozen=True)
class RouteFacts:
    """Facts as they stand on one day; amounts are euro cents, None is unknown.

    recognition: ``full``, ``partial`` or ``none``. is_regulated: ``yes``, ``no``, or None while unknown.
    german, english: a CEFR level, or ``none``. on: the day for which the rules are read.
    """

    on: date
    isco_group: str | None = None
    has_offer: bool | None = None
    contract_months: int | None = None
    pay_year_cents: int | None = None
    has_collective_pay: bool | None = None
    award: QualificationKind | None = None
    training_months: int | None = None
    is_state_recognised: bool | None = None
    degree_is_comparable: bool | None = None
    degree_awarded_on: date | None = None
    recognition: str | None = None
    is_regulated: str | None = None
    has_licence: bool | None = None
    experience_months_in_5: int | None = None
    experience_months_in_7: int | None = None
    german: str | None = None
    english: str | None = None
    born_on: date | None = None
    age_told: int | None = None
    has_pension: bool | None = None
    agrees_recognition: bool | None = None
    can_train: bool | None = None
    has_livelihood: bool | None = None
    months_in_country: int | None = None
    spouse_qualifies: bool | None = None
    has_driving_licence: bool | None = None
    has_approved_course: bool | None = None
    course_ended_on: date | None = None
    has_quota_place: bool | None = None
    market_was_tested: bool | None = None
    stay_months: int | None = None
    has_housing: bool | None = None
    passport_until: date | None = None
    has_shortage_training: bool | None = None
    austrian_points: int | None = None
    has_visa: bool | None = None
    has_contract: bool | None = None
    worker_pays_nothing: bool | None = None

    @property
    def age(self) -> int | None:
        """Years completed on the day of the facts; whoever was born on 29 February completes one with 28 February."""
        if self.born_on is None:
            return self.age_told
        had_birthday = (self.on.month, self.on.day) >= (self.born_on.month, self.born_on.day)
        return self.on.year - self.born_on.year - (not had_birthday)

    @property
    def pay_month_cents(self) -> int | None:
        """A twelfth of the year's pay."""
        return None if self.pay_year_cents is None else self.pay_year_cents // 12

    @property
    def has_degree(self) -> bool | None:
        """Whether the award is a university degree."""
        return None if self.award is None else self.award in DEGREES

    @property
    def has_vocational(self) -> bool | None:
        """Whether the award is a vocational qualification; another kind of award says neither yes nor no."""
        if self.award in (None, QualificationKind.OTHER):
            return None
        return self.award in VOCATIONAL

    def value(self, fact: Fact) -> object:
        """The fact of this name; None while it is unknown."""
        return getattr(self, fact.value)


DEGREES = frozenset({QualificationKind.BACHELOR, QualificationKind.MASTER})
VOCATIONAL = frozenset({QualificationKind.NVQF_CERTIFICATE, QualificationKind.DAE})
