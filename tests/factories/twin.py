"""The slow twin of a ranking: pair after pair, by loops over single values in float64."""

import math

import numpy as np

from talent.matching.ranking import tie_numbers
from talent.matching.requirements import Verdict, judge, requirements_of
from talent.matching.scorer import HAND
from talent.matching.similarity import ISCO_FLOOR, LIKENESS

MISSING = Verdict.MISSING


class Twin:
    """The key of one pair, by loops over single values in float64; nothing of the fast way is used but the tables."""

    def __init__(self, small):
        self.small, self.pool = small, small.pool(small.people, small.people_vectors)
        self.alike, self.known = {}, {}

    def likeness(self, concepts, needed, held):
        if (needed, held) not in self.alike:
            self.alike[needed, held] = round(self._likeness(concepts, needed, held) * LIKENESS) / LIKENESS
        return self.alike[needed, held]

    def _likeness(self, concepts, needed, held):
        a, b = concepts.index[needed], concepts.index[held]
        if a == b:
            return 1.0
        own, other = (concepts.vectors[concepts.starts[n] : concepts.ends[n]].astype(np.float64) for n in (a, b))
        cosine = max((math.fsum(x * y) for x in own for y in other), default=-1.0)
        low, high = concepts.bounds
        found = min(max((cosine - low) / (high - low), 0.0), 1.0)
        floors = [
            floor
            for digits, floor in ISCO_FLOOR.items()
            if concepts.isco and concepts.isco[a][:digits] == concepts.isco[b][:digits]
        ]
        return max([found, *floors])

    def shown(self, needed, held):
        """The likeness of a held skill, and less of it where no assessment shows it."""
        counts = {"self_declared": 0.85, "document": 0.9, "institute_attested": 0.95}.get(held.evidence, 1.0)
        return round(self.likeness(self.small.skills, needed, held.skill_id) * LIKENESS * counts) / LIKENESS

    def shares(self, person, vacancy, cosine):
        def coverage(is_must):
            needed = [one.skill_id for one in vacancy.skills if one.is_must is is_must]
            best = [max((self.shown(one, held) for held in person.skills), default=0.0) for one in needed]
            return math.fsum(best) / len(best) if best else 1.0

        asked = vacancy.experience_months
        return {
            "must_skills": coverage(True),
            "nice_skills": coverage(False),
            "occupation": max(
                (self.likeness(self.small.occupations, vacancy.occupation_id, own) for own in person.occupation_ids),
                default=0.0,
            )
            if vacancy.occupation_id
            else 0.0,
            "experience": min(person.experience_months / asked, 1.0) if asked else 1.0,
            "text": min(max((cosine - 0.20) / (0.75 - 0.20), 0.0), 1.0),
        }

    def facts(self, vacancy, vector):
        """Of everybody the share of each part, and whether anything is missing."""
        if vacancy.vacancy_id not in self.known:
            cosines = [math.fsum(own * vector.astype(np.float64)) for own in self.small.people_vectors.astype(float)]
            asked = requirements_of(vacancy)
            self.known[vacancy.vacancy_id] = [
                (self.shares(person, vacancy, cosine), (judge(self.pool, asked, np.array([row])) == MISSING).any())
                for row, (person, cosine) in enumerate(zip(self.small.people, cosines, strict=True))
            ]
        return self.known[vacancy.vacancy_id]

    def wishes(self, person, vacancy):
        """Points of 10,000 for what the person wishes for, each share out of the wishes that are told."""
        told = []
        if person.occupation_ids:
            share = 0.5
            if vacancy.occupation_id:
                share = self.likeness(self.small.occupations, vacancy.occupation_id, person.occupation_ids[0])
            told.append((2, share))
        if person.countries or person.first_countries:
            there = not person.countries or vacancy.country in person.countries
            best = not person.first_countries or vacancy.country in person.first_countries
            told.append((1, (1.0 if best else 0.5) if there else 0.0))
        if person.least_pay_euros:
            paid = vacancy.euros_a_month
            told.append((1, min(paid / person.least_pay_euros, 1.0) if paid else 0.5))
        if not told:
            return 10_000
        ends = [round(sum(weight for weight, _ in told[:n]) * 10_000 / sum(w for w, _ in told)) for n in range(4)]
        return sum(round(share * (ends[n + 1] - ends[n])) for n, (_, share) in enumerate(told))

    def own_keys(self, vacancy, vector, weights=HAND):
        """The key of everybody in their own list, in the pool's order."""
        found = []
        for person, key in zip(self.small.people, self.keys(vacancy, vector, weights).tolist(), strict=True):
            standing, tie = divmod(key, 2**30)
            group, score = divmod(standing, 10_001)
            found.append(((group * 10_001 + self.wishes(person, vacancy)) * 10_001 + score) * 2**30 + tie)
        return np.array(found, np.int64)

    def keys(self, vacancy, vector, weights=HAND):
        """The key of everybody, in the pool's order."""
        found = []
        for row, (shares, missing) in enumerate(self.facts(vacancy, vector)):
            score = sum(round(shares[key] * most) for key, most in weights.most_of.items())
            group = (score >= 5000) + (score >= 3000)
            tie = int(tie_numbers(self.pool.tie_key[[row]], vacancy.vacancy_id)[0])
            found.append(((int(group) * 2 + (not missing)) * 10_001 + score) * 2**30 + 2**30 - 1 - tie)
        return np.array(found, np.int64)
