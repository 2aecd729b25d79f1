"""How well many CVs show what one advertisement asks for: its trade, and the skills it names.

Arrays run over CVs: n_cvs columns, one row a term, float32, values in [0, 1].
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from talent.matching.evidence import GENERAL, Evidence, Need, Needs
from talent.matching.phrases import Term

Row = NDArray[np.float32]
Table = NDArray[np.float32]

# Likeness of two trades. Chosen on the corridor development set; ISCO-08 minor and sub-major groups (S-ISCO).
SAME_UNIT_GROUP: Final = 0.95
NEIGHBOUR: Final = 0.45
SAME_MINOR_GROUP: Final = 0.35
SAME_SUB_MAJOR_GROUP: Final = 0.1
# How much a needed skill tells, by where it is at home: in this very trade, near it, in any, in another.
AT_HOME: Final = 1.0
NEAR_HOME: Final = 0.8
ELSEWHERE: Final = 0.45
ANY_TRADE: Final = 0.3
# Lists and headlines count so much when the record of work tells of something else.
UNSUPPORTED_TRUST: Final = 0.35
HALF_SUPPORTED_TRUST: Final = 0.6
HALF_SUPPORTING_LIKENESS: Final = 0.2
SUPPORTING_LIKENESS: Final = 0.5
SUPPORTING_SKILLS: Final = 2
SUPPORTING_STRENGTH: Final = 0.3
# A trade shown by its name against one shown by its skills; so many skills at home make about two thirds of it.
NAMED_SHARE: Final = 0.6
SKILLS_OF_A_TRADE: Final = 1.2
MAIN_TRADE: Final = 0.99


def likeness(wanted: Term, shown: Term) -> float:
    """How near two trades are, [0, 1], by their ISCO-08 codes and the neighbours listed with them."""
    if wanted.key == shown.key:
        return 1.0
    own, other = wanted.codes[0], shown.codes[0]
    if own == other:
        return SAME_UNIT_GROUP
    if other in wanted.codes or own in shown.codes:
        return NEIGHBOUR
    if own[:3] == other[:3]:
        return SAME_MINOR_GROUP
    return SAME_SUB_MAJOR_GROUP if own[:2] == other[:2] else 0.0


def telling(skill: Term, trade_codes: Sequence[str]) -> float:
    """How much a needed skill says about fitness for these trades."""
    if GENERAL in skill.codes:
        return ANY_TRADE
    if not trade_codes or skill.codes[0] in trade_codes:
        return AT_HOME
    return NEAR_HOME if set(skill.codes) & set(trade_codes) else ELSEWHERE


@dataclass(frozen=True)
class Shown:
    """What many CVs show: recorded and listed strengths, (n_terms, n_cvs) each, rows in the order of `terms`."""

    terms: tuple[Term, ...]
    recorded: Table
    listed: Table
    years: Row

    @cached_property
    def rows(self) -> dict[str, int]:
        """Row of each term's key."""
        return {term.key: row for row, term in enumerate(self.terms)}

    @cached_property
    def trades(self) -> NDArray[np.int64]:
        """Rows that are trades."""
        return np.array([row for row, term in enumerate(self.terms) if term.kind == "trade"], dtype=np.int64)

    @cached_property
    def has_record(self) -> NDArray[np.bool_]:
        """CVs whose record of work names anything at all."""
        return np.asarray(self.recorded.any(axis=0), dtype=np.bool_)

    def skills_of(self, code: str) -> NDArray[np.int64]:
        """Rows of the skills at home in a unit group."""
        rows = [row for row, term in enumerate(self.terms) if term.kind == "skill" and code in term.codes]
        return np.array(rows, dtype=np.int64)


def shown_by(evidence: Sequence[Evidence]) -> Shown:
    """The tables of many CVs' evidence."""
    terms: dict[str, Term] = {}
    for one in evidence:
        for held in (*one.recorded.values(), *one.listed.values()):
            terms[held.term.key] = held.term
    ordered = tuple(terms[key] for key in sorted(terms))
    rows = {term.key: row for row, term in enumerate(ordered)}
    recorded = np.zeros((len(ordered), len(evidence)), dtype=np.float32)
    listed = np.zeros_like(recorded)
    for column, one in enumerate(evidence):
        for key, held in one.recorded.items():
            recorded[rows[key], column] = held.strength
        for key, held in one.listed.items():
            listed[rows[key], column] = held.strength
    return Shown(ordered, recorded, listed, np.array([one.years for one in evidence], dtype=np.float32))


def trust_in_lists(trades: Sequence[Term], shown: Shown) -> Row:
    """Per CV, how far its lists are believed for these trades: fully when its record supports one, or is silent."""
    supported: NDArray[np.bool_] = np.logical_not(shown.has_record)
    half = np.zeros_like(supported)
    if not trades:
        return np.ones(len(supported), dtype=np.float32)
    for trade in trades:
        near = np.array([likeness(trade, shown.terms[row]) for row in shown.trades], dtype=np.float32)
        if len(near):
            nearest = (near[:, None] * shown.recorded[shown.trades]).max(axis=0)
            supported = np.logical_or(supported, nearest >= SUPPORTING_LIKENESS)
            half = np.logical_or(half, nearest >= HALF_SUPPORTING_LIKENESS)
        skills = shown.skills_of(trade.codes[0])
        skilled = (shown.recorded[skills] > SUPPORTING_STRENGTH).sum(axis=0) >= SUPPORTING_SKILLS
        supported = np.logical_or(supported, skilled)
    return np.where(supported, 1.0, np.where(half, HALF_SUPPORTED_TRUST, UNSUPPORTED_TRUST)).astype(np.float32)


def main_trades(needs: Needs) -> list[Term]:
    """The trades that the advertisement is about."""
    return [need.term for need in needs.trades.values() if need.weight >= MAIN_TRADE]


def trade_shown(needs: Needs, shown: Shown) -> Row:
    """(n_cvs,) how far each CV shows the trade asked for, by its name and by the skills at home in it."""
    best = np.zeros(shown.recorded.shape[1], dtype=np.float32)
    for need in needs.trades.values():
        trust = trust_in_lists([need.term], shown)
        strengths = np.maximum(shown.recorded, shown.listed * trust)
        near = np.array([likeness(need.term, shown.terms[row]) for row in shown.trades], dtype=np.float32)
        named = (near[:, None] * strengths[shown.trades]).max(axis=0) if len(near) else np.zeros_like(best)
        code = need.term.codes[0]
        skills = shown.skills_of(code)
        weights = np.array([1.0 if shown.terms[row].codes[0] == code else 0.5 for row in skills], dtype=np.float32)
        by_skills = 1 - np.exp(-(weights[:, None] * strengths[skills]).sum(axis=0) / SKILLS_OF_A_TRADE)
        best = np.maximum(best, need.weight * (NAMED_SHARE * named + (1 - NAMED_SHARE) * by_skills))
    return best


@dataclass(frozen=True)
class SkillsShown:
    """Per needed skill, in the order of `needs`: its weight, and how far each CV shows it, (n_needs, n_cvs)."""

    needs: tuple[Need, ...]
    weights: Row
    strengths: Table

    def coverage(self) -> Row:
        """(n_cvs,) weighted share of the needed skills shown; 0 where none is needed."""
        total = float(self.weights.sum())
        if not total:
            return np.zeros(self.strengths.shape[1], dtype=np.float32)
        return (self.weights @ self.strengths / np.float32(total)).astype(np.float32)


def skills_shown(needs: Needs, shown: Shown) -> SkillsShown:
    """How far each CV shows each skill asked for."""
    trades = main_trades(needs)
    codes = [trade.codes[0] for trade in trades]
    trust = trust_in_lists(trades, shown)
    wanted = tuple(needs.skills[key] for key in sorted(needs.skills))
    weights = np.array([need.weight * telling(need.term, codes) for need in wanted], dtype=np.float32)
    strengths = np.zeros((len(wanted), shown.recorded.shape[1]), dtype=np.float32)
    for row, need in enumerate(wanted):
        at = shown.rows.get(need.term.key)
        if at is not None:
            strengths[row] = np.maximum(shown.recorded[at], shown.listed[at] * trust)
    return SkillsShown(wanted, weights, strengths)
