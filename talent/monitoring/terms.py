"""The words of the register: parts of a report, what was changed, kinds of programmes."""

from collections.abc import Mapping
from enum import StrEnum

from talent.foundation.words import N_
from talent.monitoring.report import ItemKind


class Part(StrEnum):
    """Where a text that belongs to no measure stands in the report."""

    INTRODUCTION = "introduction"
    OBJECTIVE = "objective"
    PRINCIPLE = "principle"
    OUTCOME = "outcome"
    ANNEX = "annex"


class Change(StrEnum):
    """What of a measure was changed."""

    WORDS = "words"
    LEAD_ACTORS = "lead_actors"
    TIMEFRAME = "timeframe"
    INDICATOR = "indicator"
    ITEM_ADDED = "item_added"
    ITEM_CHANGED = "item_changed"
    ITEM_MOVED = "item_moved"
    ITEM_REMOVED = "item_removed"
    IMPORTED = "imported"


class ProgrammeKind(StrEnum):
    """What sort of thing stands beside the measures."""

    PARTNERSHIP = "partnership"
    PROGRAMME = "programme"
    PROJECT = "project"
    FACILITY = "facility"
    CENTRE = "centre"
    FORUM = "forum"
    AGREEMENT = "agreement"
    POLICY = "policy"
    POST = "post"


PART_NAMES: Mapping[Part, str] = {
    Part.INTRODUCTION: N_("Introduction"),
    Part.OBJECTIVE: N_("Specific objectives"),
    Part.PRINCIPLE: N_("Principles and frame"),
    Part.OUTCOME: N_("Outcome"),
    Part.ANNEX: N_("Annex: draft common messages"),
}
ITEM_NAMES: Mapping[ItemKind, str] = {
    ItemKind.PLANNED: N_("Timeframe"),
    ItemKind.COMPLETED: N_("Completed"),
    ItemKind.PENDING: N_("Pending"),
}
CHANGE_NAMES: Mapping[Change, str] = {
    Change.WORDS: N_("Words changed"),
    Change.LEAD_ACTORS: N_("Lead actors changed"),
    Change.TIMEFRAME: N_("Timeframe changed"),
    Change.INDICATOR: N_("Indicator changed"),
    Change.ITEM_ADDED: N_("Item added"),
    Change.ITEM_CHANGED: N_("Item changed"),
    Change.ITEM_MOVED: N_("Item moved"),
    Change.ITEM_REMOVED: N_("Item removed"),
    Change.IMPORTED: N_("Taken from a report"),
}
PROGRAMME_NAMES: Mapping[ProgrammeKind, str] = {
    ProgrammeKind.PARTNERSHIP: N_("Partnership"),
    ProgrammeKind.PROGRAMME: N_("Programme"),
    ProgrammeKind.PROJECT: N_("Project"),
    ProgrammeKind.FACILITY: N_("Facility"),
    ProgrammeKind.CENTRE: N_("Centre"),
    ProgrammeKind.FORUM: N_("Forum or dialogue"),
    ProgrammeKind.AGREEMENT: N_("Agreement"),
    ProgrammeKind.POLICY: N_("Policy"),
    ProgrammeKind.POST: N_("Post"),
}
