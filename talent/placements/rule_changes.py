"""Open placements are read anew when the rules of their way change, and keep what changed."""

from collections.abc import Mapping, Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.foundation.clock import now
from talent.foundation.words import N_, Sentence
from talent.pathways.catalogue import EXIT_COUNTRY, Catalogue, catalogue
from talent.placements.models import Placement
from talent.placements.outlines import PARTS, changes_between, read_now, version_of
from talent.placements.policy import visible_placements
from talent.placements.service import WHOLE, reread
from talent.placements.states import FINAL
from talent.placements.step_models import RulesChange

HOW: Mapping[str, str] = {
    "new": N_("{part} – new: {words}"),
    "changed": N_("{part} – changed: {words}"),
    "gone": N_("{part} – no longer: {words}"),
}


def follow_rules(session: Session, known: Catalogue | None = None) -> int:
    """Read every open placement anew whose rules changed, and keep what changed; how many. Twice does nothing more.

    A start of the service and the night call this. Only placements whose mark differs are read from the database.
    """
    known = known or catalogue()
    said = {row.id: read_now(row.id, known) for row in known.pathways if row.country != EXIT_COUNTRY}
    old = [and_(Placement.pathway_id == one, Placement.rules_version != version_of(rows)) for one, rows in said.items()]
    query = select(Placement).where(Placement.state.not_in(FINAL), or_(*old)).options(*WHOLE).order_by(Placement.id)
    changed = 0
    for placement in session.scalars(query).all():
        rows = said[placement.pathway_id]
        changes = changes_between(placement.rules_read, rows) if placement.rules_read else []
        placement.rules_read, placement.rules_version = rows, version_of(rows)
        if changes:
            session.add(RulesChange(placement_id=placement.id, at=now(), changes=changes))
            reread(placement)
            changed += 1
    session.flush()
    return changed


def changes_of(session: Session, actor: Actor, placement: Placement) -> Sequence[RulesChange]:
    """What changed in the rules of this placement, the newest first."""
    known = visible_placements(actor).with_only_columns(Placement.id)
    own = select(RulesChange).where(RulesChange.placement_id == placement.id, RulesChange.placement_id.in_(known))
    return session.scalars(own.order_by(RulesChange.at.desc(), RulesChange.id)).all()


def in_words(change: RulesChange) -> list[Sentence]:
    """Each thing that changed, as a sentence."""
    return [
        Sentence(HOW[how], {"part": Sentence(PARTS[part]), "words": Sentence(words)})
        for _, part, how, words in change.changes
    ]
