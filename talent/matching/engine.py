"""What the worker keeps in memory: the pool, the open vacancies, and how good a pair must be to stand in a list."""

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.matching.assemble import Assembler
from talent.matching.embedding import Progress, current_vectors, load_concepts, silent
from talent.matching.encoder import Encoder
from talent.matching.fixed_point import fixed_point
from talent.matching.inputs import input_hash
from talent.matching.models import MatchInput, SubjectKind
from talent.matching.pool import Pool, filled
from talent.matching.ranking import Ranked, rank
from talent.matching.scorer import HAND, Weights
from talent.matching.search import KEYS, Reaching, best
from talent.matching.views import CandidateView, VacancyView
from talent.matching.weighting import in_force
from talent.taxonomy.models import TaxonomyRelease

FLOAT = NDArray[np.float32]


@dataclass(frozen=True)
class Open:
    """A published vacancy, ready to be compared."""

    view: VacancyView
    vector: FLOAT
    input_hash: str

    @cached_property
    def needed(self) -> list[str]:
        """The ids of the needed skills as text, in the view's order."""
        return [str(skill.skill_id) for skill in self.view.skills]


@dataclass
class Engine:
    """The worker's memory; ``load`` fills it from the database."""

    encoder: Encoder
    pool: Pool
    taxonomy_version: str
    weights: Weights = HAND
    vacancies: dict[UUID, Open] = field(default_factory=dict)
    profile_hash: dict[UUID, str] = field(default_factory=dict)
    enough_for_vacancy: dict[UUID, np.int64] = field(default_factory=dict)
    """Key that stands last in the shortlist; a higher or equal one belongs into it."""
    kept_inputs: set[str] = field(default_factory=set)
    """Hashes of the inputs that are stored already."""
    touched: dict[tuple[SubjectKind, UUID], bool] = field(default_factory=dict)
    """Lists that were computed or filled and not told to the other workers yet; whether the subject was read anew."""

    def touch(self, kind: SubjectKind, subject: UUID, *, anew: bool) -> None:
        """Note that this list was computed or filled, so that the other workers are told."""
        self.touched[kind, subject] = anew or self.touched.get((kind, subject), False)

    @property
    def setup(self) -> tuple[str, str, str]:
        """Model hash, weights version and taxonomy version: what a list was computed with."""
        return self.encoder.model_hash, self.weights.version, self.taxonomy_version

    def rank(self, vacancy_id: UUID, rows: NDArray[np.int32] | None = None) -> Ranked:
        """One open vacancy against these rows of the pool, or all."""
        open_ = self.vacancies[vacancy_id]
        return rank(self.pool, open_.view, open_.vector, rows, weights=self.weights)

    def best(self, vacancy_id: UUID, length: int, enough: KEYS | None = None) -> tuple[Ranked, Reaching]:
        """Who stands in the list of one open vacancy, or reaches what is enough for their row of the pool."""
        open_ = self.vacancies[vacancy_id]
        return best(self.pool, open_.view, open_.vector, length, enough, weights=self.weights)

    def put_profiles(self, views: list[CandidateView], vectors: FLOAT) -> None:
        """Add or replace these candidates."""
        exact = fixed_point(vectors)
        filled(self.pool, views, exact)
        for view, vector in zip(views, exact, strict=True):
            self.profile_hash[view.profile_id] = input_hash(view, vector)

    def put_changed_profiles(self, views: list[CandidateView], vectors: list[FLOAT]) -> set[UUID]:
        """Add or replace those of these candidates who differ from what is known; who they were."""
        changed = [
            (view, vector)
            for view, vector in zip(views, vectors, strict=True)
            if self.profile_hash.get(view.profile_id) != input_hash(view, fixed_point(vector))
        ]
        if changed:
            self.put_profiles([view for view, _ in changed], np.stack([vector for _, vector in changed]))
        return {view.profile_id for view, _ in changed}

    def remove_profile(self, profile_id: UUID) -> None:
        """Forget a candidate who is no longer published."""
        self.pool.remove(profile_id)
        self.profile_hash.pop(profile_id, None)

    def put_vacancy(self, view: VacancyView, vector: FLOAT) -> None:
        """Add or replace this vacancy."""
        exact = fixed_point(vector)
        self.vacancies[view.vacancy_id] = Open(view, exact, input_hash(view, exact))

    def put_changed_vacancy(self, view: VacancyView, vector: FLOAT) -> bool:
        """Add or replace this vacancy; whether it differed from what is known."""
        known = self.vacancies.get(view.vacancy_id)
        if known is not None and known.input_hash == input_hash(view, fixed_point(vector)):
            return False
        self.put_vacancy(view, vector)
        return True

    def remove_vacancy(self, vacancy_id: UUID) -> None:
        """Forget a vacancy that is no longer published."""
        self.vacancies.pop(vacancy_id, None)
        self.enough_for_vacancy.pop(vacancy_id, None)


def load(session: Session, encoder: Encoder, progress: Progress = silent) -> Engine:
    """An engine with every published profile and vacancy; whatever is stale is embedded on the way."""
    occupations, skills = load_concepts(session, encoder, progress)
    releases = session.scalars(select(TaxonomyRelease).order_by(TaxonomyRelease.name, TaxonomyRelease.version))
    version = " + ".join(f"{release.name} {release.version} {release.content_hash[:8]}" for release in releases)
    engine = Engine(encoder, Pool(occupations, skills, encoder.dimensions), version[:80], in_force(session))
    engine.kept_inputs.update(session.scalars(select(MatchInput.input_hash)))
    assembler = Assembler(session)
    refresh_profiles(session, engine, list(assembler.candidates()), progress)
    for view, vector in with_vectors(session, engine, list(assembler.vacancies()), progress):
        engine.put_vacancy(view, vector)
    return engine


def refresh_profiles(session: Session, engine: Engine, views: list[CandidateView], progress: Progress = silent) -> None:
    """Put these candidates into the pool with current vectors."""
    texts = [(view.profile_id, view.text) for view in views]
    engine.put_profiles(views, current_vectors(session, engine.encoder, SubjectKind.PROFILE, texts, progress))


def with_vectors(
    session: Session, engine: Engine, views: list[VacancyView], progress: Progress = silent
) -> list[tuple[VacancyView, FLOAT]]:
    """Each vacancy with its current vector."""
    texts = [(view.vacancy_id, view.text) for view in views]
    return list(zip(views, current_vectors(session, engine.encoder, SubjectKind.VACANCY, texts, progress), strict=True))
