"""What the demonstration takes from the loaded taxonomy: occupations by ISCO-08 group, and their skills."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.taxonomy.models import Label, Occupation, OccupationSkill, TaxonomyRelease


@dataclass
class TradeWords:
    """One occupation with its essential and optional skills."""

    occupation_id: UUID
    essential: list[UUID] = field(default_factory=list)
    optional: list[UUID] = field(default_factory=list)


@dataclass
class DemoWords:
    """The occupations of the active release by ISCO-08 group, and the names of every skill."""

    by_group: dict[str, TradeWords]
    names: dict[tuple[UUID, str], list[str]]  # (skill, language) to labels, the preferred one first

    def name(self, skill: UUID, language: str = "en", *, which: int = 0) -> str:
        """A label of the skill in this language, else in English."""
        labels = self.names.get((skill, language)) or self.names[skill, "en"]
        return labels[which % len(labels)]


def load_words(session: Session) -> DemoWords:
    """What the active release offers.

    Raises:
        LookupError: no taxonomy is loaded.
    """
    release = session.scalar(select(TaxonomyRelease.id).where(TaxonomyRelease.is_active))
    if release is None:
        raise LookupError("Load a taxonomy first.")
    words = DemoWords({}, defaultdict(list))
    found: dict[UUID, TradeWords] = {}
    occupations = select(Occupation).where(Occupation.release_id == release).order_by(Occupation.uri)
    for occupation in session.scalars(occupations):
        found[occupation.id] = TradeWords(occupation.id)
        words.by_group.setdefault(occupation.isco_group, found[occupation.id])
    for row in session.scalars(select(OccupationSkill).order_by(OccupationSkill.skill_id)):
        if row.occupation_id in found:
            trade = found[row.occupation_id]
            (trade.essential if row.essential else trade.optional).append(row.skill_id)
    labels = select(Label.skill_id, Label.language, Label.is_preferred, Label.text).where(
        Label.skill_id.is_not(None), Label.language.in_(("en", "ur"))
    )
    for skill, language, _, text in sorted(session.execute(labels), key=lambda row: (not row[2], row[3])):
        assert skill is not None  # the query asks for nothing else
        words.names[skill, language].append(text)
    by_name = {skill: names[0] for (skill, language), names in words.names.items() if language == "en"}
    for trade in found.values():  # ids differ from load to load; names do not
        trade.essential.sort(key=lambda skill: by_name.get(skill, ""))
        trade.optional.sort(key=lambda skill: by_name.get(skill, ""))
    return words
