"""The starter's names beside a release that has no Urdu: ESCO is not translated to it, and people look in it in Urdu.

Where a concept has the same English name in both, it takes the starter's Urdu names. Where it has not, words that the
release does not know are first looked up in the starter, and the English names found there in the release.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from uuid import UUID

from talent.foundation.text import fold
from talent.taxonomy.loading import concept_id
from talent.taxonomy.release import ENGLISH, OCCUPATION, Concept, Kind, ReleaseData
from talent.taxonomy.search import Entry, LabelIndex, Match
from talent.taxonomy.starter_release import read_starter

LENT_LANGUAGES = ("ur", "ur-Latn")
GOOD_ENOUGH = 0.6  # score from which words found in the release itself need no second look
LEAST_IN_STARTER = 0.6  # score that a name of the starter must reach to speak for the words
SECOND_HAND = 0.9  # times the score, because the words went through another list
LEAST_IN_RELEASE = 0.55  # score that an English name of the starter must reach in the release
MOST_NAMES = 6  # English names looked up for one query
MOST_FOR_A_NAME = 4  # concepts taken for one English name


def with_urdu_names(data: ReleaseData) -> ReleaseData:
    """The release with the starter's Urdu names on each concept that plainly is the same."""
    starter = read_starter()
    occupations, skills = dict(_twins(starter.occupations, data.occupations)), dict(_twins(starter.skills, data.skills))
    if not occupations and not skills:
        return data
    return replace(
        data,
        languages=tuple(dict.fromkeys((*data.languages, *LENT_LANGUAGES))),
        occupations=tuple(_renamed(one, occupations.get(one.uri)) for one in data.occupations),
        skills=tuple(_renamed(one, skills.get(one.uri)) for one in data.skills),
    )


def _renamed(concept: Concept, twin: Concept | None) -> Concept:
    if twin is None:
        return concept
    lent = {tag: twin.labels[tag] for tag in LENT_LANGUAGES if tag in twin.labels and tag not in concept.labels}
    return replace(concept, labels={**concept.labels, **lent})


def _twins(ours: Iterable[Concept], theirs: Iterable[Concept]) -> Iterator[tuple[str, Concept]]:
    """Address of theirs and ours of each pair that is the same.

    Skills are the same when our preferred name is one of theirs. Occupations must stand in one ISCO-08 unit group, and
    then any common name is enough, the preferred ones first. Each of ours has one twin at most, and each of theirs.
    """
    named: dict[tuple[str | None, str], list[tuple[int, str]]] = defaultdict(list)
    for concept in theirs:
        for place, name in enumerate(concept.labels.get(ENGLISH, ())):
            named[concept.code, fold(name)].append((min(place, 1), concept.uri))
    taken: set[str] = set()
    for concept in ours:
        names = concept.labels[ENGLISH] if concept.kind == OCCUPATION else concept.labels[ENGLISH][:1]
        fitting = [
            (min(place, 1) + rank, rank, uri)
            for place, name in enumerate(names)
            for rank, uri in named.get((concept.code, fold(name)), ())
            if uri not in taken
        ]
        if fitting:
            uri = min(fitting)[2]
            taken.add(uri)
            yield uri, concept


@dataclass(frozen=True)
class Bridge:
    """The starter's names of one kind, to find what a release without Urdu does not know."""

    index: LabelIndex
    english: Mapping[UUID, tuple[str, ...]]

    def find(self, release: LabelIndex, words: str, *, limit: int) -> list[Match]:
        """The best of what the release finds by these words and by the English names that the starter has for them."""
        direct = release.find(words, limit=limit)
        if direct and direct[0].score >= GOOD_ENOUGH:
            return direct
        best = {one.concept: one for one in direct}
        for heard, name in self._names(words):
            for one in release.find(name, limit=min(limit, MOST_FOR_A_NAME)):
                score = round(SECOND_HAND * heard.score * one.score, 4)
                known = best.get(one.concept)
                if one.score >= LEAST_IN_RELEASE and (known is None or known.score < score):
                    best[one.concept] = Match(one.concept, heard.text, score)
        return sorted(best.values(), key=lambda one: (-one.score, one.text, one.concept))[:limit]

    def _names(self, words: str) -> list[tuple[Match, str]]:
        heard = [one for one in self.index.find(words, limit=3) if one.score >= LEAST_IN_STARTER]
        names = [(one, name) for one in heard for name in self.english[one.concept]]
        return names[:MOST_NAMES]


@cache
def bridge(kind: Kind) -> Bridge:
    """The bridge for occupations or for skills; built once."""
    starter = read_starter()
    concepts = starter.occupations if kind == OCCUPATION else starter.skills
    ids = {one.uri: concept_id(starter.name, starter.version, one.uri) for one in concepts}
    entries = [
        Entry(ids[one.uri], name, fold(name), place == 0)
        for one in concepts
        for names in one.labels.values()
        for place, name in enumerate(names)
    ]
    return Bridge(LabelIndex(entries), {ids[one.uri]: one.labels[ENGLISH] for one in concepts})
