"""Two people editing one vacancy: what is saved and what was sent, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from talent.foundation.errors import Conflict
from talent.foundation.words import N_
from talent.vacancies.models import Vacancy
from talent.vacancies.schemas import VacancyDraft, WantedLanguage, WantedSkill


@dataclass(frozen=True)
class Difference:
    """One field with two values; both are values of a ``VacancyDraft``."""

    field: str
    saved: object
    sent: object


class EditedMeanwhile(Conflict):
    """Somebody saved the same vacancy in between; nothing that was sent is lost."""

    default = N_("Somebody else saved this vacancy while you were writing.")

    def __init__(
        self, saved: VacancyDraft, sent: VacancyDraft, differences: Sequence[Difference], version: int
    ) -> None:
        super().__init__()
        self.saved = saved
        self.sent = sent
        self.differences = tuple(differences)
        self.version = version


def draft_of(vacancy: Vacancy) -> VacancyDraft:
    """The vacancy's present values, every field set."""
    plain = {name: getattr(vacancy, name) for name in VacancyDraft.model_fields if name not in {"skills", "languages"}}
    return VacancyDraft(
        **plain,
        skills=tuple(
            WantedSkill(skill_id=row.skill_id, words=row.words, is_must=row.is_must) for row in vacancy.skills
        ),
        languages=tuple(WantedLanguage(language=row.language, level=row.level) for row in vacancy.languages),
    )


def differences(vacancy: Vacancy, draft: VacancyDraft) -> list[Difference]:
    """The fields set in ``draft`` whose value is not the saved one; skills and languages in any order."""
    saved = draft_of(vacancy)
    return [
        Difference(name, getattr(saved, name), getattr(draft, name))
        for name in VacancyDraft.model_fields
        if name in draft.model_fields_set and _compared(getattr(saved, name)) != _compared(getattr(draft, name))
    ]


def _compared(value: object) -> object:
    """Lists as sets; a skill by what it is and whether it is a must, in whatever words."""
    if not isinstance(value, tuple):
        return value
    return frozenset((one.skill_id, one.is_must) if isinstance(one, WantedSkill) else one for one in value)
