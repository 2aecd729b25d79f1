"""Each term of a contract against what the law asks: met, missing or unknown, each answer with its source. Pure.

The rows are ``data/contract.yaml`` and the criteria of the way by which the worker comes. A term for which no row was
found is unknown: nothing here is filled in by guessing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from talent.casework.sourced import Reader, Sourced
from talent.foundation.words import N_, Sentence
from talent.pathways.catalogue import Pathway
from talent.pathways.conditions import Answer, Figures, answer
from talent.pathways.facts import Fact, RouteFacts
from talent.placements.contract_terms import MOST_MONTHS, Housing, Length, Promises, Term

DATA = Path(__file__).parent / "data" / "contract.yaml"
EURO = "EUR"
NO_RULE = N_("We found no rule about this for this way. Ask the authority.")
NOT_WRITTEN = N_("The contract does not say.")
LETTER_PAY = N_("At least the pay of the demand letter {letter}")
LETTER_MONTHS = N_("At least as long as the demand letter {letter} says")


class Asks(StrEnum):
    """What a rule asks of a term."""

    WRITTEN = "written"
    AT_MOST = "at_most"
    NO_DEDUCTION = "no_deduction"
    RENT_SHARE = "rent_share"
    UNDERSTOOD = "understood"


class TermRule(Sourced):
    """One thing that a law asks of one term, in these countries or by these ways; everywhere, when none is named."""

    id: str
    term: Term
    asks: Asks
    text: str
    amount: int | None = None
    """Hours, months, or into how many parts the pay is divided, of which the rent is one at most."""
    countries: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()

    def is_for(self, way: Pathway) -> bool:
        """Whether it holds for whoever comes by this way."""
        return (not self.countries or way.country in self.countries) and (not self.ways or way.id in self.ways)


class TermRules(BaseModel):
    """Every row of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    rules: tuple[TermRule, ...]


@dataclass(frozen=True)
class TermFinding:
    """What is known about one term by one rule; without a row nobody's rule stands behind it."""

    term: Term
    answer: Answer
    sentence: Sentence
    row: Sourced | None = None


@dataclass(frozen=True)
class Letter:
    """The terms of a demand letter, by its reference."""

    reference: str
    promises: Promises


@cache
def term_rules() -> tuple[TermRule, ...]:
    """The shipped rows, read once."""
    content: dict[str, Any] = yaml.load(DATA.read_text(encoding="utf-8"), Reader)  # noqa: S506 - a SafeLoader
    return TermRules(rules=content["rules"]).rules


def told(promises: Promises, term: Term) -> object:
    """What the contract says about a term; None when it says nothing."""
    values: Mapping[Term, object] = {
        Term.PAY: promises.pay_cents if promises.period else None,
        Term.HOURS: promises.hours_week,
        Term.MONTHS: promises.months if promises.length is not Length.OPEN else promises.length,
        Term.HOUSING: promises.housing,
        Term.RETURN_TICKET: promises.return_ticket,
        Term.INSURANCE: promises.insurance,
        Term.PROBATION: promises.probation_months,
        Term.LANGUAGE: promises.languages or None,
    }
    return values[term]


def _yes(is_met: bool) -> Answer:
    return Answer.MET if is_met else Answer.MISSING


def _at_most(rule: TermRule, promises: Promises, _reads: frozenset[str]) -> Answer:
    value = told(promises, rule.term)
    return Answer.UNKNOWN if value is None else _yes(float(str(value)) <= (rule.amount or 0))


def _no_deduction(_rule: TermRule, promises: Promises, _reads: frozenset[str]) -> Answer:
    return Answer.UNKNOWN if promises.housing is None else _yes(promises.housing is not Housing.DEDUCTED)


def _rent_share(rule: TermRule, promises: Promises, _reads: frozenset[str]) -> Answer:
    if promises.housing in (Housing.NONE, Housing.FREE):
        return Answer.MET
    if promises.housing is None or promises.rent_cents is None or promises.pay_month_cents is None:
        return Answer.UNKNOWN
    return _yes(promises.rent_cents * (rule.amount or 1) <= promises.pay_month_cents)


def _understood(_rule: TermRule, promises: Promises, reads: frozenset[str]) -> Answer:
    if not promises.languages or not reads:
        return Answer.UNKNOWN
    return _yes(bool(reads & set(promises.languages)))


ANSWERS: dict[Asks, Callable[[TermRule, Promises, frozenset[str]], Answer]] = {
    Asks.WRITTEN: lambda rule, promises, _: _yes(told(promises, rule.term) is not None),
    Asks.AT_MOST: _at_most,
    Asks.NO_DEDUCTION: _no_deduction,
    Asks.RENT_SHARE: _rent_share,
    Asks.UNDERSTOOD: _understood,
}
TERM_OF: dict[Fact, Term] = {
    Fact.PAY_YEAR_CENTS: Term.PAY,
    Fact.PAY_MONTH_CENTS: Term.PAY,
    Fact.CONTRACT_MONTHS: Term.MONTHS,
    Fact.STAY_MONTHS: Term.MONTHS,
    Fact.HAS_HOUSING: Term.HOUSING,
}
"""By which facts a criterion of a way speaks of a term."""


def read_terms(
    promises: Promises,
    way: Pathway,
    figures: Figures,
    *,
    isco_group: str,
    reads: frozenset[str],
    letter: Letter | None,
    on: date,
) -> list[TermFinding]:
    """What is met, missing and unknown of each term, in the order of the terms; every term has at least one line.

    reads: BCP 47 tags of the languages that the worker knows; empty: not known.
    """
    facts = facts_of(promises, isco_group=isco_group, on=on)
    found = [*_by_rules(promises, way, reads), *_by_way(way, facts, figures), *_by_letter(promises, letter)]
    silent = [term for term in Term if term not in {one.term for one in found}]
    found += [
        TermFinding(term, Answer.UNKNOWN, Sentence(NOT_WRITTEN if told(promises, term) is None else NO_RULE))
        for term in silent
    ]
    return sorted(found, key=lambda one: list(Term).index(one.term))


def facts_of(promises: Promises, *, isco_group: str, on: date) -> RouteFacts:
    """What the contract says, as the criteria of ways ask for it; pay in other money than euro stays unknown."""
    months = MOST_MONTHS if promises.length is Length.OPEN else promises.months
    return RouteFacts(
        on=on,
        isco_group=isco_group,
        has_offer=True,
        contract_months=months,
        stay_months=months,
        pay_year_cents=promises.pay_year_cents if promises.currency == EURO else None,
        has_housing=True if promises.housing in (Housing.FREE, Housing.DEDUCTED, Housing.RENTED) else None,
    )


def _by_rules(promises: Promises, way: Pathway, reads: frozenset[str]) -> Iterator[TermFinding]:
    for rule in term_rules():
        if rule.is_for(way):
            yield TermFinding(rule.term, ANSWERS[rule.asks](rule, promises, reads), Sentence(rule.text), rule)


def _by_way(way: Pathway, facts: RouteFacts, figures: Figures) -> Iterator[TermFinding]:
    for row in way.criteria:
        term = next((TERM_OF[fact] for fact in row.when.facts() if fact in TERM_OF), None)
        if term is not None:
            yield TermFinding(term, answer(row.when, facts, figures), Sentence(row.text), row)


def _by_letter(promises: Promises, letter: Letter | None) -> Iterator[TermFinding]:
    if letter is None:
        return
    asked, values = letter.promises, {"letter": letter.reference}
    pay, least = promises.pay_month_cents, asked.pay_month_cents
    if promises.period is asked.period:
        pay, least = promises.pay_cents, asked.pay_cents
    same_money = promises.currency == asked.currency
    yield TermFinding(Term.PAY, _at_least(pay, least if same_money else None), Sentence(LETTER_PAY, values))
    months = [MOST_MONTHS if one.length is Length.OPEN else one.months for one in (promises, asked)]
    yield TermFinding(Term.MONTHS, _at_least(*months), Sentence(LETTER_MONTHS, values))


def _at_least(value: int | None, least: int | None) -> Answer:
    return Answer.UNKNOWN if value is None or least is None else _yes(value >= least)


def worst(findings: Iterable[TermFinding]) -> Answer:
    """What the reader should see first: something missing before something unknown."""
    answers = {one.answer for one in findings}
    return next((one for one in (Answer.MISSING, Answer.UNKNOWN) if one in answers), Answer.MET)
