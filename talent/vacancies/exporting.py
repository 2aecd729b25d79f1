"""A vacancy as one row of the columns that an import reads."""

from talent.foundation.amounts import amount_text
from talent.vacancies.schemas import VacancyDraft
from talent.vacancies.terms import CostPayer


def row_of_vacancy(draft: VacancyDraft, isco_group: str) -> dict[str, str]:
    """The cells of this vacancy by column; taken again, they make the same vacancy."""
    return {
        "reference": draft.reference,
        "title": draft.title,
        "employer": draft.employer,
        "occupation": isco_group,
        "description": draft.description,
        "country": draft.country,
        "place": draft.place,
        "seats": str(draft.seats),
        "must_skills": "; ".join(skill.words for skill in draft.skills if skill.is_must),
        "nice_skills": "; ".join(skill.words for skill in draft.skills if not skill.is_must),
        "languages": "; ".join(f"{row.language} {row.level.value}" for row in draft.languages),
        "qualification": draft.qualification_kind.value if draft.qualification_kind else "",
        "qualification_field": draft.qualification_field,
        "qualification_months": str(draft.qualification_months or ""),
        "licences": "; ".join(draft.licences),
        "experience_months": str(draft.experience_months),
        "pay_from": amount_text(draft.pay_from_cents),
        "pay_to": amount_text(draft.pay_to_cents),
        "pay_currency": draft.pay_currency,
        "pay_period": draft.pay_period.value if draft.pay_period else "",
        "hours_per_week": f"{draft.hours_per_week:g}" if draft.hours_per_week else "",
        "start_date": draft.start_on.isoformat() if draft.start_on else "",
        "closing_date": draft.closes_on.isoformat() if draft.closes_on else "",
        "recruitment_costs_paid_by": "" if draft.cost_payer is CostPayer.UNKNOWN else draft.cost_payer.value,
    }
