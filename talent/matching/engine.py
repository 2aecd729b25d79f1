"""What the worker keeps in memory: the pool, the open vacancies, and how good a pair must be to stand in a list."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.matching import entries, snapshot
from talent.matching.assemble import Assembler, Terms, terms_of
from talent.matching.board import Board, board_of
from talent.matching.embedding import Progress, current_vectors, load_concepts, silent
from talent.matching.encoder import Encoder
from talent.matching.entries import Unwritten, Views
from talent.matching.fixed_point import fixed_point
from talent.matching.inputs import input_hash
from talent.matching.models import MatchInput, SubjectKind
from talent.matching.pool import Pool
from talent.matching.question import question
from talent.matching.ranking import PairKeys, Ranked, rank
from talent.matching.reading import Reading, read, setup_of
from talent.matching.scorer import HAND, Weights
from talent.matching.search import Reaching, best, reaching
from talent.matching.sieve import KEYS
from talent.matching.views import VacancyView
from talent.matching.weighting import in_force
from talent.taxonomy.models import TaxonomyRelease

FLOAT = NDArray[np.float32]
Apart = Callable[[], AbstractContextManager[Session]]
"""Begins a transaction of its own."""


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
    terms: Terms | None = None
    vacancies: dict[UUID, Open] = field(default_factory=dict)
    unwritten: Unwritten = field(default_factory=Unwritten)
    """What was read of candidates and has still to be written, for the next start."""
    enough_for_vacancy: dict[UUID, np.int64] = field(default_factory=dict)
    """Key that stands last in the shortlist; a higher or equal one belongs into it."""
    kept_inputs: set[str] = field(default_factory=set)
    """Hashes of the vacancies' inputs that are stored already; of candidates the pool knows it."""
    touched: dict[tuple[SubjectKind, UUID], bool] = field(default_factory=dict)
    """Lists that were computed or filled and not told to the other workers yet; whether the subject was read anew."""

    _board: Board | None = None

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

    @property
    def board(self) -> Board:
        """All open vacancies as columns; made anew when one of them has changed."""
        if self._board is None:
            self._board = board_of(((one.view, one.vector) for one in self.vacancies.values()), self.weights)
        return self._board

    def keys_of(self, profile_id: UUID) -> dict[UUID, PairKeys]:
        """The keys of this candidate of the pool with each open vacancy."""
        board, row = self.board, np.array([self.pool.index[profile_id]], np.int32)
        listed, own = (keys[0].tolist() for keys in board.against(self.pool, row))
        return dict(zip(board.ids, map(PairKeys, listed, own), strict=True))

    def reaching(self, vacancy_id: UUID, length: int) -> Reaching:
        """Who stands in the list of one open vacancy, by their keys alone."""
        open_ = self.vacancies[vacancy_id]
        return reaching(self.pool, question(self.pool, open_.view, open_.vector, self.weights), length)

    def best(self, vacancy_id: UUID, length: int, enough: KEYS | None = None) -> tuple[Ranked, Reaching]:
        """Who stands in the list of one open vacancy, or reaches what is enough for their row of the pool."""
        open_ = self.vacancies[vacancy_id]
        return best(self.pool, open_.view, open_.vector, length, enough, weights=self.weights)

    def put_profiles(self, readings: Sequence[Reading], vectors: Sequence[FLOAT] | FLOAT) -> None:
        """Add or replace these candidates."""
        for reading, vector in zip(readings, vectors, strict=True):
            exact = fixed_point(vector)
            self.pool.put(reading.view, exact, input_hash(reading.view, exact))
            self.unwritten.add(reading)

    def put_changed_profiles(self, readings: list[Reading], vectors: list[FLOAT]) -> set[UUID]:
        """Add or replace those of these candidates who differ from what is known; who they were."""
        changed = [
            (reading, vector)
            for reading, vector in zip(readings, vectors, strict=True)
            if self.profile_hash(reading.view.profile_id) != input_hash(reading.view, fixed_point(vector))
        ]
        self.put_profiles([reading for reading, _ in changed], [vector for _, vector in changed])
        return {reading.view.profile_id for reading, _ in changed}

    def profile_hash(self, profile_id: UUID) -> str:
        """The hash of what matching saw of this candidate; an empty string for nobody in the pool."""
        row = self.pool.index.get(profile_id)
        return "" if row is None else self.pool.digest(row)

    def remove_profile(self, profile_id: UUID) -> None:
        """Forget a candidate who is no longer published."""
        self.pool.remove(profile_id)
        self.unwritten.leave(profile_id)

    def read(self, session: Session, ids: Sequence[UUID]) -> list[Reading]:
        """Those of these candidates who may be ranked, as they are now."""
        return read(self.assembler(session), self.pool, self.encoder.model_hash, ids)

    def assembler(self, session: Session) -> Assembler:
        """What makes views, with the terms of the releases that this engine was loaded with."""
        if self.terms is None:
            self.terms = terms_of(session)
        return Assembler(session, self.terms)

    def views(self, session: Session, rows: Iterable[int]) -> Views:
        """The views of these rows of the pool, as they were compared.

        Raises:
            Outdated: as ``entries.views_of``.
        """
        return entries.views_of(session, self.pool, self.unwritten, rows)

    def write_entries(self, session: Session) -> None:
        """Write what was read of candidates since this was done last, for the next start."""
        entries.write(session, self.pool, self.unwritten)

    def put_vacancy(self, view: VacancyView, vector: FLOAT) -> None:
        """Add or replace this vacancy."""
        exact = fixed_point(vector)
        self.vacancies[view.vacancy_id] = Open(view, exact, input_hash(view, exact))
        self._board = None

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
        self._board = None
        self.enough_for_vacancy.pop(vacancy_id, None)


def load(session: Session, encoder: Encoder, progress: Progress = silent, apart: Apart | None = None) -> Engine:
    """An engine with every published profile and vacancy; whatever is stale is embedded on the way.

    Candidates whose entry is not current are read and written in transactions ``apart``, each as short as one batch:
    it holds their profiles, and nobody could save one meanwhile. Without it this session does it.
    """
    occupations, skills = load_concepts(session, encoder, progress)
    releases = session.scalars(select(TaxonomyRelease).order_by(TaxonomyRelease.name, TaxonomyRelease.version))
    version = " + ".join(f"{release.name} {release.version} {release.content_hash[:8]}" for release in releases)
    engine = Engine(encoder, Pool(occupations, skills, encoder.dimensions), version[:80], in_force(session))
    engine.kept_inputs.update(
        session.scalars(select(MatchInput.input_hash).where(MatchInput.subject_kind == SubjectKind.VACANCY))
    )
    assembler = engine.assembler(session)
    missing = snapshot.load(session, engine.pool, setup_of(engine.pool, encoder.model_hash, assembler))
    for done, ids in enumerate(entries.in_parts(missing), start=1):
        with nullcontext(session) if apart is None else apart() as own:
            refresh_profiles(own, engine, ids)
            engine.write_entries(own)
        progress("reading profiles", min(done * entries.AT_ONCE, len(missing)), len(missing))
    snapshot.note_kept(session, engine.pool)
    for view, vector in with_vectors(session, engine, list(assembler.vacancies()), progress):
        engine.put_vacancy(view, vector)
    return engine


def refresh_profiles(session: Session, engine: Engine, ids: Sequence[UUID]) -> bool:
    """Put those of these candidates who may be ranked into the pool, with current vectors; whether there was one."""
    found = engine.read(session, ids)
    texts = [(one.view.profile_id, one.view.text) for one in found]
    engine.put_profiles(found, current_vectors(session, engine.encoder, SubjectKind.PROFILE, texts))
    return bool(found)


def with_vectors(
    session: Session, engine: Engine, views: list[VacancyView], progress: Progress = silent
) -> list[tuple[VacancyView, FLOAT]]:
    """Each vacancy with its current vector."""
    texts = [(view.vacancy_id, view.text) for view in views]
    return list(zip(views, current_vectors(session, engine.encoder, SubjectKind.VACANCY, texts, progress), strict=True))
