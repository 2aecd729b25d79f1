"""Finding the occupation and the skills that an agency means by its words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from talent.foundation.errors import Unprocessable
from talent.foundation.text import fold
from talent.foundation.words import N_, Sentence
from talent.taxonomy.service import (
    ISCO_CODE,
    Hit,
    find_occupations,
    find_skills,
    occupation_by_code,
    occupation_exists,
    skill_labels,
    skills_of,
)
from talent.vacancies.schemas import MOST_SKILLS, WantedSkill

SAME_BUT_FOR_SPACES = 0.955  # score of the taxonomy's search from which only spaces and signs differ
MOST_OCCUPATIONS_SHOWN = 8
MOST_SKILLS_SHOWN = 12
CHOOSE = N_("Several occupations fit these words. Choose the one that you mean.")
IS_IT_THIS = N_("Do you mean the occupation below? Choose it, or write other words.")
UNKNOWN = N_("We know no occupation “{words}”. Write other words, or the four-digit ISCO-08 code.")


class ChooseOccupation(Unprocessable):
    """The words may mean several occupations, or none; the person chooses."""

    def __init__(self, message: Sentence, hits: Sequence[Hit] = ()) -> None:
        super().__init__(message)
        self.hits = tuple(hits)


def occupation_meant(
    session: Session, words: str, *, chosen: UUID | None, chosen_for: str, language: str
) -> UUID | None:
    """The occupation that these words mean; None for no words.

    ``chosen`` counts while the words are still those for which it was chosen.

    Raises:
        ChooseOccupation: a person must say which one, or use other words.
        UnknownCode: no occupation has this code.
    """
    if not words:
        return None
    if chosen is not None and fold(words) == fold(chosen_for) and occupation_exists(session, chosen):
        return chosen
    if ISCO_CODE.fullmatch(words) or "://" in words:
        return occupation_by_code(session, words).id
    hits = find_occupations(session, words, language=language, limit=MOST_OCCUPATIONS_SHOWN)
    if not hits:
        raise ChooseOccupation(Sentence(UNKNOWN, {"words": words}))
    if hits[0].score >= SAME_BUT_FOR_SPACES and (len(hits) == 1 or hits[1].score < hits[0].score):
        return hits[0].id
    raise ChooseOccupation(Sentence(CHOOSE if len(hits) > 1 else IS_IT_THIS), hits)


@dataclass(frozen=True)
class SkillRow:
    """One skill that can be ticked; ``why`` says where it comes from: found, held, always or often."""

    id: UUID
    label: str
    why: str


def skill_rows(
    session: Session, *, occupation_id: UUID | None, held: Iterable[UUID], search: str, language: str
) -> list[SkillRow]:
    """The skills to tick: what was searched for, what is ticked already, then those of the occupation; each once."""
    ticked = list(held)
    names = skill_labels(session, ticked, language)
    found = find_skills(session, search, language=language, limit=MOST_SKILLS_SHOWN) if search else []
    usual = skills_of(session, occupation_id, language=language) if occupation_id else []
    of_occupation = {one.id for one in usual}
    rows = [
        *(SkillRow(hit.id, hit.label, "found") for hit in found),
        *(SkillRow(key, names[key], "held") for key in ticked if key in names and key not in of_occupation),
        *(SkillRow(one.id, one.label, "always" if one.essential else "often") for one in usual),
    ]
    once: dict[UUID, SkillRow] = {}
    for row in rows:
        once.setdefault(row.id, row)
    return list(once.values())


def wanted_skills(session: Session, must: Sequence[UUID], nice: Sequence[UUID]) -> tuple[WantedSkill, ...]:
    """The ticked skills by their English names; a must stays a must, and ids of nothing are left out.

    Raises:
        Unprocessable: there are too many.
    """
    ids = list(dict.fromkeys((*must, *nice)))
    if len(ids) > MOST_SKILLS:
        raise Unprocessable(Sentence(N_("Name at most {most} skills."), {"most": MOST_SKILLS}))
    names = skill_labels(session, ids)
    return tuple(WantedSkill(skill_id=key, words=names[key][:300], is_must=key in must) for key in ids if key in names)
