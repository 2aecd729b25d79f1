"""A vacancy as a schema.org JobPosting in JSON-LD, for other services to read; ``job_posting`` reads it back."""

from collections.abc import Mapping
from typing import Any

from talent.vacancies.job_posting import CONTEXT


def posting_of(row: Mapping[str, str]) -> dict[str, Any]:
    """A JobPosting that says what the columns of this row say; ``row_of`` reads it back."""
    numbers = {name: float(row[name]) for name in ("pay_from", "pay_to") if row.get(name)}
    languages = [one.rpartition(" ") for one in row.get("languages", "").split("; ") if one]
    posting: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "JobPosting",
        "identifier": {"@type": "PropertyValue", "value": row.get("reference")},
        "title": row.get("title"),
        "description": row.get("description"),
        "hiringOrganization": _named("Organization", row.get("employer")),
        "relevantOccupation": {"@type": "Occupation", "occupationalCategory": row.get("occupation")},
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": row.get("place"),
                "addressCountry": row.get("country"),
            },
        },
        "totalJobOpenings": int(row.get("seats") or 1),
        "skills": _list(row.get("must_skills")),
        "experienceRequirements": {
            "@type": "OccupationalExperienceRequirements",
            "monthsOfExperience": int(row.get("experience_months") or 0),
        },
        "educationRequirements": {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": row.get("qualification"),
        },
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": row.get("pay_currency"),
            "value": {
                "@type": "QuantitativeValue",
                "minValue": numbers.get("pay_from"),
                "maxValue": numbers.get("pay_to"),
                "unitText": (row.get("pay_period") or "").upper(),
            },
        },
        "workHours": f"{row['hours_per_week']} hours a week" if row.get("hours_per_week") else None,
        "jobStartDate": row.get("start_date"),
        "validThrough": row.get("closing_date"),
        "tp:languages": [{"tp:language": language, "tp:level": level} for language, _, level in languages],
        "tp:niceSkills": _list(row.get("nice_skills")),
        "tp:qualificationField": row.get("qualification_field"),
        "tp:qualificationMonths": row.get("qualification_months"),
        "tp:licences": _list(row.get("licences")),
        "tp:recruitmentFeePayer": row.get("recruitment_costs_paid_by"),
    }
    without_empty = _without_empty(posting)
    assert isinstance(without_empty, dict)
    return without_empty


def _named(kind: str, name: str | None) -> dict[str, str] | None:
    return {"@type": kind, "name": name} if name else None


def _list(cell: str | None) -> list[str]:
    return [text.strip() for text in (cell or "").split(";") if text.strip()]


def _without_empty(value: Any) -> Any:
    """The same without empty texts and lists, and without objects that hold nothing but their type."""
    if isinstance(value, dict):
        kept = {key: inner for key, one in value.items() if (inner := _without_empty(one)) not in (None, "", [], {})}
        return kept if set(kept) - {"@type"} else None
    return [_without_empty(one) for one in value] if isinstance(value, list) else value
