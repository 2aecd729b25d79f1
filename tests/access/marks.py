"""Which marks who may read: each side's texts carry marks, and every answer is searched for those of somebody else."""

import re

MARK = re.compile(r"Kanarie([AB])([a-z]+)")
OFFICE = {"organisation", "vacancy", "vacancyskill", "vacancylanguage", "caseevent", "account"}
TAUGHT = {"trainingprogramme", "course", "cohort", "trainee", "enrolment", "assessment", "integrityfinding", "register"}
CASE = {"recognition", "storedfileevidence", "caseevent"}
RECOGNISED = CASE | {"curriculumrequest", "organisation", "account"}
OVERSEEN = OFFICE | TAUGHT | {"reviewrequest", "rightsrequest", "recognition", "trainingrequest", "trainingconcern"}
OVERSEEN |= {"storedfileevidence", "rolegrant", "cost", "curriculumrequest", "followup", "placementproof"}
LEAVING = {"vacancytitle", "vacancyemployer", "placementproof", "storedfileevidence"}
"""The job of whoever is about to leave Pakistan for it, and the papers of Pakistan's own steps."""
INSTITUTE = TAUGHT | {"storedfileimportinstitute", "trainingrequest", "vacancy", "organisation", "account", "caseevent"}
INSTITUTE |= {"curriculumrequest"}
SHOWN: dict[str, dict[str, set[str]]] = {
    "project_staff": {"A": OVERSEEN, "B": OVERSEEN},
    "auditor": {"A": OFFICE, "B": OFFICE},
    "administrator": {"A": {"organisation", "account", "rolegrant"}, "B": {"organisation", "account", "rolegrant"}},
    "candidate": {"A": {"*"}, "B": {"coursetitle", "courseskillwords", "cohortvenue"}},
    "agency_officer": {"A": {"*"}},
    "institute_officer": {"A": INSTITUTE},
    "employer": {"A": CASE | LEAVING},  # of whoever gave it a power of attorney, or comes to it
    "recognition_officer": {"A": RECOGNISED},
    "protectorate_officer": {"A": LEAVING, "B": LEAVING},
}
"""For each kind of principal and side: from which tables, or columns, a mark may be read. Nobody else reads any.

A course that takes people is offered to every candidate.
"""
OWN = {"signin", "organisationevidence"}
"""What everybody has for themselves and sees: their own devices and passkeys, and what is kept of their office."""
PUBLIC = {"public"}
"""What anybody may read: the names of institutes."""


def foreign(principal: str, words: str) -> set[str]:
    """The marks in these words that this kind of principal may not read."""
    shown = {side: SHOWN.get(principal, {}).get(side, set()) | PUBLIC for side in "AB"}
    found = set(MARK.findall(words))
    return {
        f"{side} {rest}"
        for side, rest in found
        if rest.startswith("silent")
        or (
            "*" not in shown[side]
            and not any(rest.startswith(table) for table in shown[side])
            and not (side == "A" and any(rest.startswith(table) for table in OWN))
        )
    }
