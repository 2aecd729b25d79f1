"""The crosswalk workbench: an award's units against skills, proposed by the encoder, decided by people, published."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.clock import now
from talent.foundation.errors import Conflict, NotFound, Unprocessable
from talent.foundation.jobs import defer
from talent.foundation.text import fold
from talent.foundation.words import N_
from talent.recognition.crosswalk_models import AwardStandard, AwardUnit, CrosswalkRelease, LinkState, UnitLink
from talent.recognition.schemas import StandardDraft
from talent.taxonomy.models import Label, Skill, TaxonomyRelease
from talent.taxonomy.service import skill_labels

PROPOSE_LINKS: Final = "propose_links"  # jobs of talent.matching, known here by their names alone
MATCH_AWARD: Final = "match_award"
NO_SUCH_STANDARD = N_("There is no such award here.")
NO_SUCH_UNIT = N_("This award has no such unit.")
NO_SUCH_SKILL = N_("There is no such skill.")
NO_SUCH_LINK = N_("There is no such proposal.")
KNOWN_ALREADY = N_("This award is here already.")
NOTHING_CONFIRMED = N_("Confirm at least one skill before you publish.")
NOTHING_NEW = N_("Nothing has changed since the last version.")
WITH_LINKS = selectinload(AwardStandard.units).selectinload(AwardUnit.links)


def standards(session: Session) -> Sequence[AwardStandard]:
    """Every award of the workbench, by its title."""
    return session.scalars(select(AwardStandard).order_by(AwardStandard.title, AwardStandard.id)).all()


def get_standard(session: Session, standard_id: UUID) -> AwardStandard:
    """One award with its units and their links.

    Raises:
        NotFound: there is no such award.
    """
    found = session.scalar(select(AwardStandard).where(AwardStandard.id == standard_id).options(WITH_LINKS))
    if found is None:
        raise NotFound(NO_SUCH_STANDARD)
    return found


def add_standard(session: Session, actor: Actor, draft: StandardDraft) -> AwardStandard:
    """A new award with its units; the worker is asked for proposals.

    Raises:
        NotPermitted: the actor keeps no crosswalk.
        Conflict: the award is here already.
    """
    actor.require(Permission.CROSSWALK_KEEP)
    folded = fold(draft.title)
    same = select(AwardStandard.id).where(AwardStandard.kind == draft.kind, AwardStandard.folded == folded)
    if session.scalar(same) is not None:
        raise Conflict(KNOWN_ALREADY)
    made = AwardStandard(
        kind=draft.kind,
        title=draft.title,
        folded=folded,
        source=draft.source,
        as_of=draft.as_of,
        created_at=now(),
        created_by=actor.id,
        units=[
            AwardUnit(number=number, code=code, title=title, links=[])
            for number, (code, title) in enumerate(draft.rows, start=1)
        ],
    )
    session.add(made)
    session.flush()
    defer(session, PROPOSE_LINKS, once=f"standard:{made.id}", standard_id=str(made.id))
    return made


def decide(session: Session, actor: Actor, standard: AwardStandard, link_id: UUID, *, confirmed: bool) -> UnitLink:
    """Confirm or reject one link; a later word replaces an earlier one, and published versions stay as they were.

    Raises:
        NotPermitted: the actor keeps no crosswalk.
        NotFound: the award has no such link.
    """
    actor.require(Permission.CROSSWALK_KEEP)
    link = next((one for unit in standard.units for one in unit.links if one.id == link_id), None)
    if link is None:
        raise NotFound(NO_SUCH_LINK)
    link.verdict = LinkState.CONFIRMED if confirmed else LinkState.REJECTED
    link.decided_by, link.decided_at = actor.id, now()
    session.flush()
    return link


def add_link(session: Session, actor: Actor, standard: AwardStandard, unit_id: UUID, skill_id: UUID) -> UnitLink:
    """Confirm that a unit stands for a skill which somebody searched for, whether it was proposed before or not.

    Raises:
        NotPermitted: the actor keeps no crosswalk.
        NotFound: the award has no such unit, or there is no such skill.
    """
    actor.require(Permission.CROSSWALK_KEEP)
    unit = unit_of(standard, unit_id)
    if not skill_labels(session, [skill_id]):
        raise NotFound(NO_SUCH_SKILL)
    link = next((one for one in unit.links if one.skill_id == skill_id), None)
    if link is None:
        link = UnitLink(unit_id=unit.id, skill_id=skill_id, verdict=LinkState.CONFIRMED, decided_at=now())
        unit.links.append(link)
        session.flush()
    return decide(session, actor, standard, link.id, confirmed=True)


def unit_of(standard: AwardStandard, unit_id: UUID) -> AwardUnit:
    """The unit of this award.

    Raises:
        NotFound: the award has no such unit.
    """
    found = next((unit for unit in standard.units if unit.id == unit_id), None)
    if found is None:
        raise NotFound(NO_SUCH_UNIT)
    return found


def release(session: Session, actor: Actor, standard: AwardStandard) -> CrosswalkRelease:
    """Publish what is confirmed now as the next version; candidates who hold the award are matched anew.

    Raises:
        NotPermitted: the actor keeps no crosswalk.
        Unprocessable: nothing is confirmed, or nothing has changed since the last version.
    """
    actor.require(Permission.CROSSWALK_KEEP)
    rows = confirmed_rows(session, standard)
    if not rows:
        raise Unprocessable(NOTHING_CONFIRMED)
    before = latest(session, standard.id)
    if before is not None and before.content["rows"] == rows:
        raise Unprocessable(NOTHING_NEW)
    number = before.number + 1 if before else 1
    content = {
        "award": {"kind": standard.kind.value, "title": standard.title},
        "source": standard.source,
        "as_of": standard.as_of.isoformat(),
        "version": number,
        "licence": "CC BY 4.0",
        "rows": rows,
    }
    made = CrosswalkRelease(
        standard_id=standard.id, number=number, content=content, released_at=now(), released_by=actor.id
    )
    session.add(made)
    session.flush()
    defer(session, MATCH_AWARD, once=f"award:{standard.id}", standard_id=str(standard.id))
    return made


def confirmed_rows(session: Session, standard: AwardStandard) -> list[dict[str, Any]]:
    """One row for each confirmed link, in the order of the units."""
    confirmed = [(unit, link) for unit in standard.units for link in unit.links if link.verdict is LinkState.CONFIRMED]
    ids = {link.skill_id for _, link in confirmed}
    query = (
        select(Skill.id, Skill.uri, Label.text, TaxonomyRelease.name, TaxonomyRelease.version)
        .join(Label, Label.skill_id == Skill.id)
        .join(TaxonomyRelease, TaxonomyRelease.id == Skill.release_id)
        .where(Skill.id.in_(ids), Label.language == "en", Label.is_preferred)
    )
    skills = {row.id: row for row in session.execute(query)}
    rows = [
        {
            "unit_number": unit.number,
            "unit_code": unit.code,
            "unit_title": unit.title,
            "skill_id": str(link.skill_id),
            "skill_uri": skills[link.skill_id].uri,
            "skill_label": skills[link.skill_id].text,
            "taxonomy": f"{skills[link.skill_id].name} {skills[link.skill_id].version}",
            "likeness": None if link.likeness is None else round(link.likeness, 3),
        }
        for unit, link in confirmed
        if link.skill_id in skills
    ]
    return sorted(rows, key=lambda row: (row["unit_number"], row["skill_uri"]))


def latest(session: Session, standard_id: UUID) -> CrosswalkRelease | None:
    """The newest published version of an award's crosswalk."""
    query = select(CrosswalkRelease).where(CrosswalkRelease.standard_id == standard_id)
    return session.scalar(query.order_by(CrosswalkRelease.number.desc()).limit(1))


def releases(session: Session) -> dict[UUID, CrosswalkRelease]:
    """The newest published version of every award that has one."""
    newest = select(CrosswalkRelease.standard_id, func.max(CrosswalkRelease.number).label("number")).group_by(
        CrosswalkRelease.standard_id
    )
    last = newest.subquery()
    query = select(CrosswalkRelease).join(
        last,
        (last.c.standard_id == CrosswalkRelease.standard_id) & (last.c.number == CrosswalkRelease.number),
    )
    return {row.standard_id: row for row in session.scalars(query)}


def version(session: Session, standard_id: UUID, number: int) -> CrosswalkRelease:
    """One published version.

    Raises:
        NotFound: there is no such version.
    """
    query = select(CrosswalkRelease).where(
        CrosswalkRelease.standard_id == standard_id, CrosswalkRelease.number == number
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound(NO_SUCH_STANDARD)
    return found


def skills_of_awards(session: Session) -> dict[tuple[str, str], list[tuple[UUID, str]]]:
    """For the kind and folded title of each published award: the confirmed skills, each with the unit's title."""
    found: dict[tuple[str, str], list[tuple[UUID, str]]] = {}
    newest = releases(session)
    for standard in standards(session):
        if standard.id in newest:
            rows = newest[standard.id].content["rows"]
            implied = {UUID(row["skill_id"]): str(row["unit_title"]) for row in reversed(rows)}
            found[standard.kind.value, standard.folded] = sorted(implied.items())
    return found
