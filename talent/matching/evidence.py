"""What an advertisement needs and what a CV shows, clause by clause, each with the words that say so."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from talent.foundation.text import fold
from talent.matching.language import function_words
from talent.matching.phrases import Lexicon, Mention, Term, tokens
from talent.matching.sections import Clause, Section, advertisement_clauses, cv_clauses
from talent.matching.work_years import years_named, years_of_work

# How much a mention says, by the part of the document it stands in; chosen on the corridor development set.
NEED_WEIGHTS: Final[dict[Section, float]] = {"title": 1.0, "tasks": 0.8, "needs": 1.0, "about": 0.3, "welcome": 0.3}
WELCOME_WEIGHT: Final = 0.3
EVIDENCE_WEIGHTS: Final[dict[Section, float]] = {
    "experience": 1.0,
    "summary": 0.6,
    "education": 0.5,
    "skills": 0.45,
    "personal": 0.15,
}
HELPER_FACTOR: Final = 0.35
SELLER_FACTOR: Final = 0.3
# A trade named after the first words of a clause is often somebody else's: "reporting to the nurse".
TITLE_PLACE: Final = 4
PASSING_FACTOR: Final = 0.55
# How many words before and after a mention can change what it says; how many letters a role takes.
REACH: Final = 15
ROLE_LETTERS: Final = 60
# So many different trades in lists and headlines are believable; more are a dump, and each then counts for less.
BELIEVABLE_TRADES: Final = 4
BELIEVABLE_SKILLS: Final = 14
# So many different trades nobody has: such a list says nothing at all.
DUMPED_TRADES: Final = 12
BODY_TRADE_WEIGHT: Final = 0.25
# An advertisement that names no trade is about the one where so much of its skills is at home, so far before the next.
SECOND_HOME: Final = 0.5
# A trade that it names outside its title is at home by so much more.
NAMED_HOME: Final = 0.5
LEAST_AT_HOME: Final = 1.2
LEAD_AT_HOME: Final = 1.2
# The code of a skill that is at home in any trade.
GENERAL: Final = "-"

# So many words before a mention a denial still reaches it; so many after, in Urdu, where the verb comes last.
DENIAL_REACH: Final = 5
URDU_DENIAL_REACH: Final = 8
DENIALS: Final = frozenset(
    [
        *("not", "never", "no", "without", "hardly", "don", "didn", "cannot", "nor", "dont", "didnt"),
        *("non", "kein", "keine", "keinen", "nicht", "ohne", "sin", "ei", "senza"),
    ]
)
URDU_DENIALS: Final = frozenset(fold(word) for word in ("nahi", "nahin", "nai", "nhi", "naheen", "نہیں"))
ROLE_BEFORE: Final = re.compile(
    r"\b(?:as|als|come|como|worked as|post of|position of|profession|job of|i am|am a|main|sal se|saal se|سال سی)(?:\s+(?:an?|ein|eine|un|una))?"
    r"(?:\s+\w+)?\W*$"
)


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


HELPERS: Final = _folded(
    "helper helping trainee apprentice intern internship learner learning shagird madadgar beginner "
    "helfer praktikant aiuto tirocinio ayudante aprendiz apulainen harjoittelija student mate "
    "carrying fetching holding volunteer ہیلپر شاگرد مددگار"
)
SELLERS: Final = _folded(
    "sales salesman selling sells sold shopkeeper dealer customers dukan bechna bechta marketing "
    "supplier بیچتا بیچنا دکان سیلز"
)


@dataclass(frozen=True)
class Need:
    """A skill or trade an advertisement asks for: how much it matters, [0, 1], and the words that ask for it."""

    term: Term
    weight: float
    start: int
    end: int
    phrase: str


@dataclass(frozen=True)
class Held:
    """A skill or trade a CV shows: how strongly, [0, 1], and the words that show it.

    grounded: the words stand in the record of work; otherwise in a headline, a list or under education.
    """

    term: Term
    strength: float
    start: int
    end: int
    quote: str
    grounded: bool


@dataclass(frozen=True)
class Needs:
    """An advertisement's trades and skills by key; years of experience asked for, None where it says nothing.

    is_guessed: it names no trade, and the one here is where most of its skills are at home.
    """

    trades: Mapping[str, Need]
    skills: Mapping[str, Need]
    years: float | None
    is_guessed: bool = False


@dataclass(frozen=True)
class Evidence:
    """What a CV shows: the best clause of its record for each term, the best of the rest, and years of work in all."""

    recorded: Mapping[str, Held]
    listed: Mapping[str, Held]
    years: float

    def strongest(self, key: str) -> Held | None:
        """The better of what the record and the lists show of one term."""
        found = [held for held in (self.recorded.get(key), self.listed.get(key)) if held is not None]
        return max(found, key=lambda held: held.strength, default=None)

    @cached_property
    def recorded_trades(self) -> tuple[Held, ...]:
        """Trades that the record of work names."""
        return tuple(held for held in self.recorded.values() if held.term.kind == "trade")


def needs_of(text: str, lexicon: Lexicon, language: str) -> Needs:
    """What the advertisement asks for; what it offers, and what it says about itself, is no need."""
    found: dict[str, Need] = {}
    years: list[float] = []
    for clause in advertisement_clauses(text):
        weight = NEED_WEIGHTS.get(clause.section, 0.0)
        if not weight:
            continue
        if clause.section in ("needs", "about", "title") and not clause.welcome:
            years += years_named(fold(clause.text))
        for mention in lexicon.mentions(clause.text, language):
            need = _need(clause, mention, min(weight, WELCOME_WEIGHT) if clause.welcome else weight)
            if need.term.key not in found or found[need.term.key].weight < need.weight:
                found[need.term.key] = need
    trades = {key: need for key, need in found.items() if need.term.kind == "trade"}
    skills = {key: need for key, need in found.items() if need.term.kind == "skill"}
    titled = any(need.weight > BODY_TRADE_WEIGHT for need in trades.values())
    guessed = {} if titled else _guessed_trade(skills, trades, lexicon)
    in_title = max((need.weight for need in trades.values()), default=0.0)
    return Needs(
        guessed or {key: _weighed(need, in_title) for key, need in trades.items()},
        skills,
        min(years) if years else None,
        is_guessed=bool(guessed),
    )


def _guessed_trade(skills: Mapping[str, Need], named: Mapping[str, Need], lexicon: Lexicon) -> dict[str, Need]:
    """The trade in which most of these skills are at home; nothing where they are few or at home in many trades.

    ``named`` are trades that the text names outside its title: there they may be a colleague's.
    """
    homes = _homes(skills.values())
    named_codes = {need.term.codes[0] for need in named.values()} & set(homes)
    for code in named_codes:
        homes[code] += NAMED_HOME
    best, *others = sorted(homes, key=lambda home: (-homes[home], home)) or [GENERAL]
    lead = 1.0 if best in named_codes else LEAD_AT_HOME
    least = max([LEAST_AT_HOME, *(lead * homes[other] for other in others[:1])])
    if homes.get(best, 0.0) < least:
        return {}
    said = [need for need in (*named.values(), *skills.values()) if best in need.term.codes]
    first = min(said, key=lambda need: need.start)
    own = {need.term.key: need.term for need in named.values() if need.term.codes[0] == best}
    trades = own or {t.key: t for t in lexicon.terms.values() if t.kind == "trade" and t.codes[0] == best}
    return {key: Need(trades[key], 1.0, first.start, first.end, first.phrase) for key in sorted(trades)[:1]}


def _homes(skills: Iterable[Need]) -> dict[str, float]:
    """How much of these skills is at home in each unit group; a word that names two skills counts once."""
    at_home: dict[tuple[str, int], float] = {}
    for need in skills:
        for place, code in enumerate(need.term.codes):
            told = need.weight * (SECOND_HOME if place else 1.0)
            at_home[code, need.start] = max(told, at_home.get((code, need.start), 0.0))
    homes: dict[str, float] = {}
    for (code, _), told in at_home.items():
        homes[code] = homes.get(code, 0.0) + told
    homes.pop(GENERAL, None)
    return homes


def _need(clause: Clause, mention: Mention, weight: float) -> Need:
    start, end = clause.start + mention.start, clause.start + mention.end
    # A trade is asked for in the title; elsewhere it may be a colleague's.
    if mention.term.kind == "trade" and clause.section != "title":
        weight *= BODY_TRADE_WEIGHT
    return Need(mention.term, weight, start, end, clause.text[mention.start : mention.end])


def _weighed(need: Need, strongest: float) -> Need:
    """Trades relative to the strongest one: an advertisement without a telling title still names its trade."""
    return Need(need.term, need.weight / strongest, need.start, need.end, need.phrase)


def evidence_of(text: str, lexicon: Lexicon, language: str) -> Evidence:
    """What the CV shows: the best clause for each trade and skill; said twice counts once."""
    clauses = cv_clauses(text)
    mentions = [(clause, lexicon.mentions(clause.text, language)) for clause in clauses]
    believable = _believable(mentions)
    recorded: dict[str, Held] = {}
    listed: dict[str, Held] = {}
    for clause, found in mentions:
        words = [token.word for token in tokens(clause.text)]
        for mention in found:
            shown = _held(clause, words, mention, believable if clause.section != "experience" else 1.0)
            best = recorded if shown.grounded else listed
            if shown.strength > 0 and (shown.term.key not in best or best[shown.term.key].strength < shown.strength):
                best[shown.term.key] = shown
    return Evidence(recorded, listed, years_of_work(clauses))


def _believable(mentions: list[tuple[Clause, tuple[Mention, ...]]]) -> float:
    """How far lists and headlines are believed: 1 for an honest number of trades and skills, less for more, 0 for a dump."""
    outside = {m.term for clause, found in mentions if clause.section != "experience" for m in found}
    families = {term.codes[0] for term in outside if term.kind == "trade"}
    skills = {term for term in outside if term.kind == "skill"}
    if len(families) >= DUMPED_TRADES:
        return 0.0
    return min(1.0, BELIEVABLE_TRADES / max(len(families), 1), BELIEVABLE_SKILLS / max(len(skills), 1))


def _held(clause: Clause, words: Sequence[str], mention: Mention, believable: float) -> Held:
    grounded = clause.section == "experience"
    strength = EVIDENCE_WEIGHTS.get(clause.section, 0.0) * believable * _factor(words, mention)
    if mention.term.kind == "trade" and _in_passing(words, mention, clause.text):
        strength *= PASSING_FACTOR
    return Held(
        mention.term,
        strength,
        clause.start + mention.start,
        clause.start + mention.end,
        clause.text[mention.start : mention.end],
        grounded,
    )


def _in_passing(words: Sequence[str], mention: Mention, text: str) -> bool:
    """Whether so much is said before a trade is named that it is likely somebody else's."""
    said = (word for word in words[: min(mention.words[0], REACH)] if not word.isdigit())
    telling = [word for word in said if word not in function_words()]
    before = fold(text[max(0, mention.start - ROLE_LETTERS) : mention.start])
    return len(telling) >= TITLE_PLACE and not ROLE_BEFORE.search(before)


def _factor(words: Sequence[str], mention: Mention) -> float:
    """0 where the clause denies it, less than 1 where somebody helped or sold, 1 otherwise."""
    first, last = mention.words
    before, after = words[max(0, first - DENIAL_REACH) : first], words[last : last + URDU_DENIAL_REACH]
    if not DENIALS.isdisjoint(before) or not URDU_DENIALS.isdisjoint(after):
        return 0.0
    around = {*words[max(0, first - REACH) : first], *words[last : last + REACH]}
    helped = HELPER_FACTOR if around & HELPERS else 1.0
    return helped * (SELLER_FACTOR if around & SELLERS else 1.0)
