"""What must hold of a taxonomy written by hand, each breach told in one sentence."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from talent.foundation.text import fold
from talent.taxonomy.release import SKILL_TYPES, Concept, ReleaseData
from talent.taxonomy.sectors import SECTOR_NAMES

LEAST_SKILLS = 10  # skills of an occupation, counting essential and optional ones
LEAST_ESSENTIAL = 5
EVERY_LABEL_IN = ("en", "ur")


def starter_faults(data: ReleaseData) -> list[str]:
    """One sentence for each breach; none when the release is sound."""
    return [
        *_repeated(data),
        *_untranslated(data),
        *_shared_labels(data.occupations),
        *_shared_labels(data.skills),
        *_loose_relations(data),
        *_thin_occupations(data),
        *_unknown_words(data),
    ]


def _repeated(data: ReleaseData) -> Iterator[str]:
    for uri, times in Counter(concept.uri for concept in data.concepts()).items():
        if times > 1:
            yield f"{uri} is there {times} times."
    pairs = Counter((relation.occupation_uri, relation.skill_uri) for relation in data.relations)
    for (occupation, skill), times in pairs.items():
        if times > 1:
            yield f"{occupation} names {skill} {times} times."


def _untranslated(data: ReleaseData) -> Iterator[str]:
    for concept in data.concepts():
        for language in EVERY_LABEL_IN:
            if not concept.labels.get(language):
                yield f"{concept.uri} has no label in {language}."
        for language, texts in concept.labels.items():
            if not all(texts):
                yield f"{concept.uri} has an empty label in {language}."


def _shared_labels(concepts: tuple[Concept, ...]) -> Iterator[str]:
    held: dict[tuple[str, str], list[str]] = defaultdict(list)
    for concept in concepts:
        for language, texts in concept.labels.items():
            for text in texts:
                held[language, fold(text)].append(concept.uri)
    for (language, folded), uris in held.items():
        if len(uris) > 1:
            yield f"“{folded}” ({language}) names {' and '.join(uris)}."


def _loose_relations(data: ReleaseData) -> Iterator[str]:
    occupations = {concept.uri for concept in data.occupations}
    skills = {concept.uri for concept in data.skills}
    for relation in data.relations:
        if relation.occupation_uri not in occupations:
            yield f"A relation leaves from {relation.occupation_uri}, which is not there."
        if relation.skill_uri not in skills:
            yield f"{relation.occupation_uri} uses {relation.skill_uri}, which is not there."
    for unused in sorted(skills - {relation.skill_uri for relation in data.relations}):
        yield f"No occupation uses {unused}."


def _thin_occupations(data: ReleaseData) -> Iterator[str]:
    used = Counter(relation.occupation_uri for relation in data.relations)
    essential = Counter(relation.occupation_uri for relation in data.relations if relation.essential)
    for concept in data.occupations:
        if used[concept.uri] < LEAST_SKILLS or essential[concept.uri] < LEAST_ESSENTIAL:
            yield f"{concept.uri} uses {used[concept.uri]} skills, {essential[concept.uri]} of them always: too few."


def _unknown_words(data: ReleaseData) -> Iterator[str]:
    for concept in data.occupations:
        if not (concept.code and len(concept.code) == 4 and concept.code.isdigit()):
            yield f"{concept.uri} has no ISCO-08 unit group of four digits."
        if concept.sector not in SECTOR_NAMES:
            yield f"{concept.uri} stands in no sector of ours: {concept.sector}."
    for concept in data.skills:
        if concept.skill_type not in SKILL_TYPES:
            yield f"{concept.uri} is of no type of ours: {concept.skill_type}."
