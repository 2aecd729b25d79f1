"""One matcher: keeps an engine current and computes the lists of whatever changed."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, sessionmaker

from talent.foundation.jobs import defer
from talent.matching import crosswalk, ends
from talent.matching.embedding import Progress, silent
from talent.matching.encoder import Encoder
from talent.matching.engine import Engine, load
from talent.matching.entries import Outdated
from talent.matching.filling import Pair, fill_candidates, fill_candidates_later, fill_vacancies, forget_pairs
from talent.matching.following import (
    LISTS,
    START,
    Followed,
    Seen,
    follow,
    newest,
    take_turn,
    tell,
    tell_of_everything,
)
from talent.matching.lengths import CHANGES_KEPT
from talent.matching.models import MatchRun, SubjectKind, Suggestion
from talent.matching.runs import (
    compare_profile,
    compare_vacancy,
    match_account,
    match_everything,
    match_profile,
    match_vacancy,
)
from talent.matching.shared_places import share_out
from talent.matching.snapshot import reading_much
from talent.matching.storage import store_profile_inputs
from talent.matching.tasks import AFTER_FILLING, SHARE_OUT
from talent.matching.weighting import in_force
from talent.profiles.consent import may_be_ranked
from talent.profiles.models import Profile
from talent.taxonomy.models import TaxonomyRelease
from talent.vacancies.models import Vacancy
from talent.vacancies.states import VacancyState

PreparedT = TypeVar("PreparedT")
ResultT = TypeVar("ResultT")


@dataclass
class Matcher:
    """One worker process: sessions, encoder, and the engine once it is loaded."""

    sessions: sessionmaker[Session]
    encoder: Encoder
    engine: Engine | None = None
    worker: UUID = field(default_factory=uuid4)
    seen: Seen = field(default_factory=Seen)
    followed_at: float = 0.0
    """When it last followed what others did, in seconds of ``time.monotonic``."""
    loaded_releases: int = 0

    def loaded(self, session: Session, progress: Progress = silent) -> Engine:
        """The engine; loaded the first time, after an error, a new release or other weights, or after a long pause."""
        releases = session.scalar(select(func.count()).select_from(TaxonomyRelease)) or 0
        paused = time.monotonic() - self.followed_at > CHANGES_KEPT.total_seconds() / 2
        known = self.engine is not None and self.engine.weights == in_force(session)
        if self.engine is None or not known or releases != self.loaded_releases or paused:
            self.loaded_releases = releases
            self.seen, self.followed_at = newest(session), time.monotonic()
            self.engine = load(session, self.encoder, progress, self.sessions.begin)
            ends.load(session, self.engine)
        return self.engine

    def run(
        self,
        work: Callable[[Session, Engine, PreparedT | None, Followed], ResultT],
        prepare: Callable[[Session, Engine], PreparedT | None] = lambda _session, _engine: None,
    ) -> ResultT:
        """Prepare this work beside the other workers, and write it when the turn comes, in one transaction.

        An error throws the engine away; what cannot be followed is loaded anew.
        """
        try:
            return self._done(work, prepare)
        except Outdated:
            self.engine = None
            return self._done(work, prepare)

    def _done(
        self,
        work: Callable[[Session, Engine, PreparedT | None, Followed], ResultT],
        prepare: Callable[[Session, Engine], PreparedT | None],
    ) -> ResultT:
        try:
            with self.sessions.begin() as session:
                engine = self.loaded(session)
                self.follow(session, engine)
                prepared = self._prepared(session, engine, prepare)
                take_turn(session, LISTS)
                result = work(session, engine, prepared, self.follow(session, engine))
                tell(session, engine, self.worker)
                return result
        except BaseException:
            self.engine = None
            raise

    def _prepared(
        self, session: Session, engine: Engine, prepare: Callable[[Session, Engine], PreparedT | None]
    ) -> PreparedT | None:
        """What was prepared; None when another worker wrote meanwhile what it had to read."""
        try:
            return prepare(session, engine)
        except Outdated:
            return None

    def follow(self, session: Session, engine: Engine) -> Followed:
        """Bring the engine up to the last committed change; the lists follow by their own jobs."""
        followed = follow(session, engine, self.seen, self.worker)
        self.followed_at = time.monotonic()
        return followed

    def match_profile(self, profile_id: UUID, left: Sequence[UUID] = ()) -> None:
        """Compute and store the lists that this candidate's change touches; ``left`` as in ``runs.match_profile``."""
        self.run(
            lambda session, engine, *since: match_profile(session, engine, profile_id, *since, left=left),
            lambda session, engine: compare_profile(session, engine, profile_id),
        )

    def match_account(self, account_id: UUID) -> None:
        """Compute and store the lists that a change outside the profile touches, such as a decided case."""
        self.run(lambda session, engine, *_: match_account(session, engine, account_id))

    def match_award(self, standard_id: UUID) -> None:
        """Compute and store the lists of everybody who holds this award."""
        self.run(lambda session, engine, *_: crosswalk.match_award(session, engine, standard_id))

    def propose_links(self, standard_id: UUID) -> None:
        """Propose skills for the units of this award."""
        self.run(lambda session, engine, *_: crosswalk.propose(session, engine, standard_id))

    def match_vacancy(self, vacancy_id: UUID) -> None:
        """Compute and store the lists that this vacancy's change touches."""
        self.run(
            lambda session, engine, shortlist, followed: match_vacancy(
                session, engine, vacancy_id, shortlist, followed, fill_candidates_later
            ),
            lambda session, engine: compare_vacancy(session, engine, vacancy_id),
        )

    def fill_lists(self, profiles: Sequence[UUID]) -> None:
        """Bring the lists of these candidates up to length, from which a vacancy was taken."""
        self.run(lambda session, engine, *_: fill_candidates(session, engine, profiles))

    def share_out(self) -> None:
        """Share the open seats out over the stored lists; they are not computed again."""
        with self.sessions.begin() as session:
            share_out(session)

    def share_out_later(self) -> None:
        """The same as a job, after all that has changed; several workers that start ask for it once."""
        with self.sessions.begin() as session:
            defer(session, SHARE_OUT, once=SHARE_OUT, priority=AFTER_FILLING)

    def match_anew(self) -> None:
        """Compute what was made with weights that are no longer in force, and share the seats out over it.

        The lists as they were stay until the new ones are written, all at once.
        """
        try:
            self.catch_up()
        except Outdated:
            self.engine = None
            self.catch_up()
        self.share_out()

    def catch_up(self, progress: Progress = silent) -> int:
        """Embed what is stale and compute what is missing or was computed with another setup; how many lists."""
        with self.sessions.begin() as session:
            take_turn(session, START)
            engine = self.loaded(session, progress)
            take_turn(session, LISTS)
            self.follow(session, engine)
            engine.write_entries(session)
            with reading_much(session):
                left = drop_unpublished(session)
                vacancies, profiles = stale(session, engine)
            if mostly_stale(engine, vacancies, profiles):
                done = match_everything(session, engine, progress)
                keep_inputs(session, engine)
                engine.write_entries(session)
                tell_of_everything(session, engine, self.worker)
                return done
            fill_candidates_later(session, engine, sorted({profile for _, profile in left}))
            fill_vacancies(session, engine, {vacancy for vacancy, _ in left})
            for number, vacancy in enumerate(vacancies, start=1):
                match_vacancy(session, engine, vacancy)
                progress("matching vacancies", number, len(vacancies))
            for number, profile in enumerate(profiles, start=1):
                match_profile(session, engine, profile)
                progress("matching candidates", number, len(profiles))
            tell(session, engine, self.worker)
            return len(vacancies) + len(profiles)


def mostly_stale(engine: Engine, vacancies: list[UUID], profiles: list[UUID]) -> bool:
    """Whether computing everything anew is less work than computing what is stale."""
    return 2 * (len(vacancies) + len(profiles)) > len(engine.vacancies) + len(engine.pool)


def keep_inputs(session: Session, engine: Engine) -> None:
    """Note that every candidate was compared as it is now, although it may stand in no list."""
    store_profile_inputs(session, engine, not_kept(engine))


def not_kept(engine: Engine) -> list[int]:
    """The rows of those candidates whose lists were not computed from what they are now."""
    living = engine.pool.living()
    rows: list[int] = living[~engine.pool.kept[living]].tolist()
    return rows


def stale(session: Session, engine: Engine) -> tuple[list[UUID], list[UUID]]:
    """The open vacancies and the candidates whose lists were not computed from what they are now."""
    model, weights, taxonomy = engine.setup
    current = set(
        session.execute(
            select(MatchRun.subject_id, MatchRun.input_hash).where(
                MatchRun.subject_kind == SubjectKind.VACANCY,
                MatchRun.model_hash == model,
                MatchRun.weights_version == weights,
                MatchRun.taxonomy_version == taxonomy,
            )
        )
    )
    reweighed = set(session.scalars(scored_otherwise(weights)))
    vacancies = [
        key
        for key, open_ in engine.vacancies.items()
        if key in reweighed or (key, open_.input_hash) not in current or key not in engine.enough_for_vacancy
    ]
    return vacancies, [engine.pool.profile_id(row) for row in not_kept(engine)]


def scored_otherwise(weights_version: str) -> Select[UUID]:
    """The vacancies in whose lists somebody stands who was scored with other weights.

    That these weights made a list once says nothing: others may have been adopted in between.
    """
    pairs = select(Suggestion.vacancy_id).join(Profile, Profile.id == Suggestion.profile_id)
    return pairs.where(Suggestion.weights_version != weights_version, may_be_ranked()).distinct()


def drop_unpublished(session: Session) -> list[Pair]:
    """Remove the suggestions of closed vacancies and unpublished profiles; which pairs they were."""
    open_ = select(Vacancy.id).where(Vacancy.state == VacancyState.PUBLISHED)
    published = select(Profile.id).where(may_be_ranked())
    return forget_pairs(session, Suggestion.vacancy_id.not_in(open_) | Suggestion.profile_id.not_in(published))
