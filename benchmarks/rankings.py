"""Rankings of coded profiles: logged as the service stores them, replayed from the log, and kept monotone.

Profiles and vacancies are drawn by a fixed seed from the starter taxonomy; nothing in them is anybody's.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

import numpy as np
from numpy.typing import NDArray

from talent.matching.encoder import Encoder
from talent.matching.features import skill_strengths
from talent.matching.fixed_point import fixed_point
from talent.matching.inputs import as_json, candidate_from, input_hash, vacancy_from
from talent.matching.packing import LEAST_STRENGTH
from talent.matching.pool import Pool, filled
from talent.matching.ranking import rank
from talent.matching.scorer import HAND, Weights
from talent.matching.similarity import LIKENESS, NEAR_OCCUPATION, NEAR_SKILL, Concepts
from talent.matching.views import CandidateView, HeldLanguage, HeldSkill, NeededLanguage, NeededSkill, VacancyView
from talent.taxonomy.levels import CEFR, Evidence
from talent.taxonomy.release import Concept, ReleaseData

Vectors = NDArray[np.float32]

SEED: Final = 19
CANDIDATES: Final = 300
RANKINGS: Final = 1000
SHOWN: Final = 50
FIRST_DAY: Final = date(2027, 1, 1)
COUNTRIES: Final = ("DE", "IT", "FI", "ES")
LANGUAGES: Final = ("en", "de", "it", "fi", "es", "ur")


def concept_id(concept: Concept) -> UUID:
    """The concept's key."""
    return uuid5(NAMESPACE_URL, concept.uri)


@dataclass(frozen=True)
class Market:
    """People and vacancies of one taxonomy, with their text vectors in the order of the lists."""

    occupations: Concepts
    skills: Concepts
    people: list[CandidateView]
    people_vectors: Vectors
    vacancies: list[VacancyView]
    vacancy_vectors: Vectors

    def pool(self, people: Sequence[CandidateView], vectors: Vectors) -> Pool:
        """A pool of these people alone."""
        return filled(Pool(self.occupations, self.skills, vectors.shape[1]), people, vectors)


def market(release: ReleaseData, encoder: Encoder, *, people: int = CANDIDATES, vacancies: int = RANKINGS) -> Market:
    """So many people and vacancies, each around one occupation and its skills."""
    rng = random.Random(SEED)
    needs = needs_of(release)
    occupations = [one for one in release.occupations if needs[one.uri]]
    own = [_person(rng, number, rng.choice(occupations), needs, release) for number in range(people)]
    jobs = [vacancy_of(rng, number, rng.choice(occupations), needs) for number in range(vacancies)]
    return Market(
        concepts_of(release.occupations, encoder, NEAR_OCCUPATION),
        concepts_of(release.skills, encoder, NEAR_SKILL),
        own,
        fixed_point(encoder.encode([one.text for one in own])),
        jobs,
        fixed_point(encoder.encode([one.text for one in jobs])),
    )


def needs_of(release: ReleaseData) -> dict[str, list[Concept]]:
    """The skills of each occupation."""
    skills = {skill.uri: skill for skill in release.skills}
    needs: dict[str, list[Concept]] = {one.uri: [] for one in release.occupations}
    for relation in release.relations:
        needs[relation.occupation_uri].append(skills[relation.skill_uri])
    return needs


def concepts_of(concepts: Sequence[Concept], encoder: Encoder, bounds: tuple[float, float]) -> Concepts:
    """The concepts with the vectors of their English labels."""
    labels = [concept.labels.get("en") or (concept.preferred(),) for concept in concepts]
    starts = np.cumsum([0, *(len(own) for own in labels[:-1])]).astype(np.int64)
    codes = [concept.code or "" for concept in concepts]
    vectors = encoder.encode([label for own in labels for label in own])
    return Concepts([concept_id(one) for one in concepts], vectors, starts, bounds, codes if any(codes) else ())


def _person(
    rng: random.Random, number: int, trade: Concept, needs: dict[str, list[Concept]], release: ReleaseData
) -> CandidateView:
    own = rng.sample(needs[trade.uri], rng.randint(1, len(needs[trade.uri])))
    wishes = random.Random(number)
    held = {skill.uri: skill for skill in (*own, *rng.sample(release.skills, rng.randint(0, 3)))}
    return CandidateView(
        profile_id=uuid5(NAMESPACE_URL, f"person {number}"),
        occupation_ids=(concept_id(trade),),
        experience_months=rng.randint(0, 180),
        skills=tuple(HeldSkill(concept_id(s), s.preferred(), rng.choice(list(Evidence))) for s in held.values()),
        languages=(HeldLanguage(rng.choice(LANGUAGES), rng.choice([None, *CEFR])),),
        qualifications=(),
        licences=(),
        answered_licences=rng.random() < 0.5,
        countries=tuple(rng.sample(COUNTRIES, rng.randint(0, 2))),
        available_from=FIRST_DAY + timedelta(days=rng.randint(0, 365)),
        text=", ".join((trade.preferred(), *(skill.preferred() for skill in own))),
        first_countries=tuple(wishes.sample(COUNTRIES, wishes.randint(0, 2))),
        least_pay_euros=wishes.choice((None, 1_500, 2_000, 2_500, 3_000)),
    )


def vacancy_of(rng: random.Random, number: int, trade: Concept, needs: dict[str, list[Concept]]) -> VacancyView:
    """A vacancy around one occupation and some of its skills, drawn by lot."""
    asked = rng.sample(needs[trade.uri], rng.randint(1, min(8, len(needs[trade.uri]))))
    return VacancyView(
        vacancy_id=uuid5(NAMESPACE_URL, f"vacancy {number}"),
        occupation_id=concept_id(trade),
        isco_group=trade.code or "",
        country=rng.choice(COUNTRIES),
        seats=rng.randint(1, 20),
        skills=tuple(NeededSkill(concept_id(s), s.preferred(), rng.random() < 0.6) for s in asked),
        languages=(NeededLanguage(rng.choice(LANGUAGES), rng.choice(list(CEFR))),),
        qualification_kind=None,
        qualification_field="",
        qualification_months=None,
        licences=(),
        experience_months=rng.choice((0, 12, 24, 36, 60)),
        start_on=FIRST_DAY + timedelta(days=rng.randint(0, 365)),
        text=", ".join((trade.preferred(), *(skill.preferred() for skill in asked))),
        euros_a_month=random.Random(number).choice((None, 1_400, 2_000, 2_600)),
    )


@dataclass(frozen=True)
class Log:
    """What the service keeps of its lists, as text: each input under its hash, each list shown, and the weights."""

    inputs: dict[str, str]
    lists: list[str]
    weights: dict[str, Weights]


def logged(one: Market, weights: Weights = HAND) -> Log:
    """Every vacancy's list as it would be stored, made with these weights."""
    pool = one.pool(one.people, one.people_vectors)
    inputs: dict[str, str] = {}
    people = [_kept(inputs, view, vector) for view, vector in zip(one.people, one.people_vectors, strict=True)]
    lists = []
    for vacancy, vector in zip(one.vacancies, one.vacancy_vectors, strict=True):
        found = rank(pool, vacancy, vector, weights=weights)
        shown = [[people[int(found.rows[i])], int(found.scores[i])] for i in found.order()[:SHOWN]]
        lists.append(
            json.dumps({"vacancy": _kept(inputs, vacancy, vector), "shown": shown, "weights": weights.version})
        )
    return Log(inputs, lists, {weights.version: weights})


def _kept(inputs: dict[str, str], view: CandidateView | VacancyView, vector: Vectors) -> str:
    digest = input_hash(view, vector)
    inputs[digest] = json.dumps({"view": as_json(view), "vector": vector.tolist()})
    return digest


def replays_equal(one: Market, log: Log) -> int:
    """How many lists come out with the same people, order and scores from the log alone, put in another order."""
    rng = random.Random(SEED)
    read = {digest: json.loads(text) for digest, text in log.inputs.items()}
    vectors = {digest: np.array(seen["vector"], np.float32) for digest, seen in read.items()}
    people: dict[str, CandidateView] = {}
    equal = 0
    for line in log.lists:
        run = json.loads(line)
        shown = [digest for digest, _ in run["shown"]]
        people |= {digest: candidate_from(read[digest]["view"]) for digest in shown if digest not in people}
        mixed = rng.sample(shown, len(shown))
        pool = one.pool([people[digest] for digest in mixed], np.array([vectors[digest] for digest in mixed]))
        asked, weights = vacancy_from(read[run["vacancy"]]["view"]), log.weights[run["weights"]]
        found = rank(pool, asked, vectors[run["vacancy"]], weights=weights)
        equal += [[mixed[int(found.rows[i])], int(found.scores[i])] for i in found.order()] == run["shown"]
    return equal


def removals_raised(one: Market) -> tuple[int, int]:
    """How many of the removals of a skill that met a must-have raised a score, and how many removals were tried."""
    rng = random.Random(SEED)
    pool = one.pool(one.people, one.people_vectors)
    raised = tried = 0
    for vacancy, vector in zip(one.vacancies, one.vacancy_vectors, strict=True):
        found = rank(pool, vacancy, vector)
        must = np.array([needed.is_must for needed in vacancy.skills])
        strengths, best = skill_strengths(pool, vacancy.skills, found.rows)
        cited = np.argwhere((strengths >= LEAST_STRENGTH * LIKENESS) & must)
        if not len(cited):
            continue
        row, column = (int(value) for value in cited[rng.randrange(len(cited))])
        # Every skill of theirs is in the taxonomy, so that the pool's columns follow the profile's order.
        place = int(best[row, column])
        person = one.people[int(found.rows[row])]
        kept = tuple(own for number, own in enumerate(person.skills) if number != place)
        again = one.pool([replace(person, skills=kept)], one.people_vectors[row : row + 1])
        raised += int(rank(again, vacancy, vector).scores[0]) > int(found.scores[row])
        tried += 1
    return raised, tried
