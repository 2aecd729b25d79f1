"""Licences and certificates that work may need by law or by an employer's rule: people tick them, vacancies ask."""

from dataclasses import dataclass

from talent.foundation.words import N_


@dataclass(frozen=True)
class Licence:
    """One kind of licence; ``code`` is stored, ``name`` is read."""

    code: str
    name: str


LICENCES: tuple[Licence, ...] = (
    Licence("driving_b", N_("Driving licence for cars (category B)")),
    Licence("driving_c", N_("Driving licence for lorries (category C)")),
    Licence("driving_ce", N_("Driving licence for lorries with trailer (category CE)")),
    Licence("driving_d", N_("Driving licence for buses (category D)")),
    Licence("driver_cpc", N_("Certificate of professional competence for drivers (CPC)")),
    Licence("forklift", N_("Forklift operator certificate")),
    Licence("crane", N_("Crane operator certificate")),
    Licence("welder_iso_9606", N_("Welder qualification test (ISO 9606)")),
    Licence("f_gas", N_("F-gas certificate for refrigerants")),
    Licence("food_hygiene", N_("Food hygiene certificate (HACCP)")),
    Licence("first_aid", N_("First aid certificate")),
    Licence("work_at_height", N_("Work at height or scaffolding certificate")),
    Licence("electrical_safety", N_("Electrical safety certificate")),
    Licence("nursing_registration", N_("Registration with the Pakistan Nursing and Midwifery Council")),
)

LICENCE_NAMES: dict[str, str] = {licence.code: licence.name for licence in LICENCES}
