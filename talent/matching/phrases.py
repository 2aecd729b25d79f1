"""The words of trades and skills in the corridor's languages, and where a text uses them.

A `Lexicon` joins the words written for this project with the labels of the loaded taxonomy release. It finds
mentions, each with its offsets, so that whatever is concluded from a text can quote the text.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Final, Literal

from talent.foundation.text import fold
from talent.matching.language import detect_language
from talent.matching.spelling import Spelling
from talent.taxonomy.release import ENGLISH, Concept, ReleaseData

TRADE_WORDS: Final = Path(__file__).parent / "trade_words"
# A word; "cuoco/a", "Elektroniker*in" and "camarera/o" are one word, whoever it is meant for.
TOKEN: Final = re.compile(
    r"\.net\b|[^\W_]+(?:\+\+|#)?(?:(?<=[^\W\d_]{3})(?:/-?|[*:_(]-?)(?:as|os|a|o|in|innen|e|r)\b\)?)?", re.IGNORECASE
)
GENDER_ENDING: Final = re.compile(r"(?:/-?|[*:_(]-?)(?:as|os|a|o|in|innen|e|r)\)?$", re.IGNORECASE)
STEM_LETTERS: Final = 4
LONGEST_PHRASE: Final = 7
# A form shorter than this counts only in a text of its own language: "mag", "cap" and "bar" mean many things.
SHORT_FORM_LETTERS: Final = 5
TINY_FORM_LETTERS: Final = 2
# English words of two letters are read in these languages only: CVs there are half English anyway.
TINY_FORM_LANGUAGES: Final = frozenset({"en", "ur", "ur-Latn", "und"})
URDU_SCRIPT: Final = "ur"
MISSPELT_LANGUAGES: Final = frozenset({ENGLISH, "ur-Latn"})
# Languages whose nouns take endings, and how long a noun must be for its stem to be told from other words.
INFLECTED_LANGUAGES: Final = frozenset({"de", "fi", "it", "es"})
INFLECTED_LETTERS: Final = 8
# A language with fewer forms is not read, whatever loan words it has.
FORMS_OF_A_LANGUAGE: Final = 200
VOWELS: Final = frozenset("aeiouäöAEIOU")
# Labels of one short word that a running text uses in another sense.
AMBIGUOUS_LABELS: Final = frozenset({"rest", "spring", "less", "go", "word", "bar", "mix", "assembly", "scale", "edge"})

Kind = Literal["trade", "skill"]


@dataclass(frozen=True)
class Term:
    """One trade or skill: `key` is unique, `label` is English, `codes` are ISCO unit groups, its own first."""

    key: str
    kind: Kind
    label: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Mention:
    """A term, and the stretch [start, end) of the text that says it."""

    term: Term
    start: int
    end: int
    words: tuple[int, int]


@dataclass(frozen=True)
class Token:
    """One word of a text, folded, with its place."""

    start: int
    end: int
    word: str


@dataclass(frozen=True)
class _Form:
    pattern: tuple[str, ...]
    language: str
    term: Term

    @property
    def letters(self) -> int:
        return sum(len(piece.strip("*")) for piece in self.pattern)


@lru_cache(maxsize=1024)
def tokens(text: str) -> tuple[Token, ...]:
    """Folded words of a text with their offsets."""
    return tuple(Token(*found.span(), fold(GENDER_ENDING.sub("", found.group()))) for found in TOKEN.finditer(text))


class Lexicon:
    """Finds terms in texts; the same text always gives the same mentions.

    languages : those in which it has words enough to read a text.
    """

    def __init__(self, forms: Iterable[tuple[str, str, Term]]) -> None:
        self._exact: dict[str, list[_Form]] = {}
        self._prefixed: dict[str, list[_Form]] = {}
        self._holding: list[_Form] = []
        self.terms: dict[str, Term] = {}
        self._labels: dict[str, list[str]] = {}
        for surface, language, term in forms:
            self._add(surface, language, term)
        self._candidates = lru_cache(maxsize=65536)(self._forms_beginning)
        self._spelling = Spelling(self._words_written_in_full())
        said = Counter(form.language for forms in self._forms() for form in forms)
        self.languages = frozenset(language for language, number in said.items() if number >= FORMS_OF_A_LANGUAGE)

    def _add(self, surface: str, language: str, term: Term) -> None:
        pattern = tuple(_pattern_words(surface))
        if not pattern or len(pattern) > LONGEST_PHRASE:
            return
        self.terms[term.key] = term
        form = _Form(pattern, language, term)
        first = pattern[0]
        if first.startswith("*"):
            self._holding.append(form)
        elif first.endswith("*"):
            self._prefixed.setdefault(first.rstrip("*")[:STEM_LETTERS], []).append(form)
        else:
            self._exact.setdefault(first, []).append(form)

    def _forms(self) -> Iterator[Iterable[_Form]]:
        return chain(self._exact.values(), self._prefixed.values(), [self._holding])

    def mentions(self, text: str, language: str | None = None) -> tuple[Mention, ...]:
        """Every trade and skill the text names, in order of place; a longer phrase hides the shorter inside it.

        A skill named inside a trade's name counts only where that trade is the skill's home: "welding inspector"
        does not say that the person welds.
        """
        return self._mentions(text, language or detect_language(text).tag)

    def _mentions(self, text: str, language: str) -> tuple[Mention, ...]:
        words = tokens(text)
        if language in TINY_FORM_LANGUAGES:
            words = tuple(self._meant(word) for word in words)
        trades = list(self._scan(words, language, "trade"))
        covered = {place: m.term for m in trades for place in range(*m.words)}
        skills = [
            mention
            for mention in self._scan(words, language, "skill")
            if all(
                place not in covered or covered[place].codes[0] in mention.term.codes for place in range(*mention.words)
            )
        ]
        return tuple(sorted([*trades, *skills], key=lambda m: (m.start, m.end, m.term.key)))

    def _words_written_in_full(self) -> set[str]:
        """Every word of a form in English or in Urdu in Latin letters, without those of which only a stem is known."""
        own = (form for forms in self._exact.values() for form in forms if form.language in MISSPELT_LANGUAGES)
        return {piece for form in own for piece in form.pattern if "*" not in piece}

    def _meant(self, word: Token) -> Token:
        meant = self._spelling.meant(word.word)
        return word if meant == word.word else Token(word.start, word.end, meant)

    def _scan(self, words: tuple[Token, ...], language: str, kind: Kind) -> Iterator[Mention]:
        place = 0
        while place < len(words):
            length, terms = self._longest(words, place, language, kind)
            for term in terms:
                yield Mention(term, words[place].start, words[place + length - 1].end, (place, place + length))
            place += length or 1

    def _longest(self, words: tuple[Token, ...], place: int, language: str, kind: Kind) -> tuple[int, tuple[Term, ...]]:
        best, terms = 0, dict[str, Term]()
        for form in self._candidates(words[place].word):
            length = len(form.pattern)
            if length < best or form.term.kind != kind or not _readable(form, language):
                continue
            if place + length > len(words) or not all(
                _fits(piece, words[place + i].word) for i, piece in enumerate(form.pattern[1:], 1)
            ):
                continue
            if length > best:
                best, terms = length, {}
            terms[form.term.key] = form.term
        return best, tuple(terms[key] for key in sorted(terms))

    def _forms_beginning(self, word: str) -> tuple[_Form, ...]:
        prefixed = self._prefixed.get(word[:STEM_LETTERS], [])
        shorter = [
            f for size in range(1, STEM_LETTERS) for f in self._prefixed.get(word[:size], []) if len(word) > size
        ]
        fitting = [form for form in (*prefixed, *shorter) if _fits(form.pattern[0], word)]
        return (*self._exact.get(word, ()), *fitting, *self._holding_in(word))

    def _holding_in(self, word: str) -> list[_Form]:
        return [form for form in self._holding if _fits(form.pattern[0], word)]


def _readable(form: _Form, language: str) -> bool:
    if form.language == URDU_SCRIPT:
        return True
    if form.language == ENGLISH:
        return form.letters > TINY_FORM_LETTERS or language in TINY_FORM_LANGUAGES
    return form.letters >= SHORT_FORM_LETTERS or form.language == language


def _fits(piece: str, word: str) -> bool:
    """Whether a word is what the piece of a pattern says: exact, `stem*`, `*stem` or `*stem*`."""
    stem = piece.strip("*")
    if piece.startswith("*"):
        return stem in word if piece.endswith("*") else word.endswith(stem)
    return word.startswith(stem) if piece.endswith("*") else word == stem


def _pattern_words(surface: str) -> Iterator[str]:
    for word in surface.split():
        left, right = "*" * word.startswith("*"), "*" * word.endswith("*")
        pieces = [token.word for token in tokens(word.strip("*"))]
        for place, piece in enumerate(pieces):
            yield (left if place == 0 else "") + piece + (right if place == len(pieces) - 1 else "")


def written_lines() -> Iterator[str]:
    """The lines that hold words; the first of the files says how they are written."""
    for file in sorted(TRADE_WORDS.glob("*.txt")):
        lines = file.read_text(encoding="utf-8").splitlines()
        yield from (line for line in lines if line and not line.startswith("#"))


def _written_forms() -> Iterator[tuple[str, str, Term]]:
    for line in written_lines():
        head, *columns = line.split(" | ")
        kind, codes, label = head.split(" ", 2)
        term = Term(
            f"{'trade' if kind == 'T' else 'skill'}:{label}",
            "trade" if kind == "T" else "skill",
            label,
            tuple(codes.split(",")),
        )
        for column in columns:
            language, forms = column.split(" ", 1)
            yield from ((form.strip(), language, term) for form in forms.split(",") if form.strip())


def _release_forms(release: ReleaseData) -> Iterator[tuple[str, str, Term]]:
    homes: dict[str, set[str]] = {}
    codes = {occupation.uri: occupation.code or "" for occupation in release.occupations}
    for relation in release.relations:
        homes.setdefault(relation.skill_uri, set()).add(codes.get(relation.occupation_uri, ""))
    for concept in release.concepts():
        term = _release_term(concept, homes.get(concept.uri, set()))
        for language, labels in concept.labels.items():
            for label in labels:
                if fold(label) not in AMBIGUOUS_LABELS:
                    yield inflected(label, language), language, term


def inflected(label: str, language: str) -> str:
    """The label as a pattern that also fits its endings: "hissiasentaja" is found in "hissiasentajia"."""
    last = label.rsplit(" ", 1)[-1]
    if language not in INFLECTED_LANGUAGES or len(last) < INFLECTED_LETTERS or not last.isalpha():
        return label
    return (label[:-1] if label[-1] in VOWELS else label) + "*"


def _release_term(concept: Concept, homes: set[str]) -> Term:
    kind: Kind = "trade" if concept.kind == "occupation" else "skill"
    codes = (concept.code or "",) if kind == "trade" else tuple(sorted(home for home in homes if home))
    return Term(concept.uri, kind, concept.preferred(), codes or ("-",))


@lru_cache(maxsize=1)
def trade_lexicon() -> Lexicon:
    """The words written for this project alone."""
    return Lexicon(_written_forms())


def lexicon_of(release: ReleaseData | None) -> Lexicon:
    """The project's words joined with every label of a taxonomy release."""
    if release is None:
        return trade_lexicon()
    return Lexicon([*_written_forms(), *_release_forms(release)])
