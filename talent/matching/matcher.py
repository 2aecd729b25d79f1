"""One matcher: keeps an engine current and computes the lists of whatever changed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, sessionmaker

from talent.matching import crosswalk
from talent.matching.assemble import Assembler
from talent.matching.embedding import Progress, silent
from talent.matching.encoder import Encoder
from talent.matching.engine import Engine, load, refresh_profiles, with_vectors
from talent.matching.filling import forget_pairs
from talent.matching.models import MatchInput, MatchRun, SubjectKind, Suggestion
from talent.matching.runs import (
    match_account,
    match_everything,
    match_profile,
    match_vacancy,
    set_bounds,
)
from talent.matching.shared_places import share_out
from talent.matching.storage import store_input
from talent.profiles.consent import may_be_ranked
from talent.profiles.models import Profile, ProfileChange
from talent.taxonomy.models import TaxonomyRelease
from talent.vacancies.models import Vacancy, VacancyChange
from talent.vacancies.states import VacancyState

ResultT = TypeVar("ResultT")


@dataclass
class Matcher:
    """One worker process: sessions, encoder, and the engine once it is loaded."""

    sessions: sessionmaker[Session]
    encoder: Encoder
    engine: Engine | None = None
    seen_profile_change: int = 0
    seen_vacancy_change: int = 0
    loaded_releases: int = 0
    has_bounds: bool = False

    def loaded(self, session: Session, progress: Progress = silent) -> Engine:
        """The engine; loaded the first time and after an error or a new taxonomy release."""
        releases = session.scalar(select(func.count()).select_from(TaxonomyRelease)) or 0
        if self.engine is None or releases != self.loaded_releases:
            self.loaded_releases = releases
            self.seen_profile_change = session.scalar(select(func.max(ProfileChange.number))) or 0
            self.seen_vacancy_change = session.scalar(select(func.max(VacancyChange.number))) or 0
            self.engine = load(session, self.encoder, progress)
            self.has_bounds = False
        return self.engine

    def bounded(self, session: Session) -> Engine:
        """The engine with the bounds of every list."""
        engine = self.loaded(session)
        if not self.has_bounds:
            set_bounds(engine)
            self.has_bounds = True
        return engine

    def run(self, work: Callable[[Session, Engine], ResultT]) -> ResultT:
        """Do this work in one transaction on a current engine; an error throws the engine away."""
        try:
            with self.sessions.begin() as session:
                engine = self.bounded(session)
                self.follow_changes(session, engine)
                return work(session, engine)
        except BaseException:
            self.engine = None
            raise

    def follow_changes(self, session: Session, engine: Engine) -> None:
        """Bring the pool up to the last committed change; the lists follow by their own jobs."""
        changed = session.execute(
            select(ProfileChange.number, ProfileChange.profile_id).where(
                ProfileChange.number > self.seen_profile_change
            )
        ).all()
        if changed:
            self.seen_profile_change = max(row.number for row in changed)
            ids = {row.profile_id for row in changed}
            views = list(Assembler(session).candidates(sorted(ids)))
            refresh_profiles(session, engine, views)
            for gone in ids - {view.profile_id for view in views}:
                engine.remove_profile(gone)
        posted = session.execute(
            select(VacancyChange.number, VacancyChange.vacancy_id).where(
                VacancyChange.number > self.seen_vacancy_change
            )
        ).all()
        if posted:
            self.seen_vacancy_change = max(row.number for row in posted)
            wanted = {row.vacancy_id for row in posted}
            open_ = with_vectors(session, engine, list(Assembler(session).vacancies(sorted(wanted))))
            for view, vector in open_:
                engine.put_vacancy(view, vector)
            for closed in wanted - {view.vacancy_id for view, _ in open_}:
                engine.remove_vacancy(closed)

    def match_profile(self, profile_id: UUID) -> None:
        """Compute and store the lists that this candidate's change touches."""
        self.run(lambda session, engine: match_profile(session, engine, profile_id))

    def match_account(self, account_id: UUID) -> None:
        """Compute and store the lists that a change outside the profile touches, such as a decided case."""
        self.run(lambda session, engine: match_account(session, engine, account_id))

    def match_award(self, standard_id: UUID) -> None:
        """Compute and store the lists of everybody who holds this award."""
        self.run(lambda session, engine: crosswalk.match_award(session, engine, standard_id))

    def propose_links(self, standard_id: UUID) -> None:
        """Propose skills for the units of this award."""
        self.run(lambda session, engine: crosswalk.propose(session, engine, standard_id))

    def match_vacancy(self, vacancy_id: UUID) -> None:
        """Compute and store the lists that this vacancy's change touches."""
        self.run(lambda session, engine: match_vacancy(session, engine, vacancy_id))

    def share_out(self) -> None:
        """Share the open seats out over the stored lists; they are not computed again."""
        with self.sessions.begin() as session:
            share_out(session)

    def catch_up(self, progress: Progress = silent) -> int:
        """Embed what is stale and compute what is missing or was computed with another setup; how many lists."""
        with self.sessions.begin() as session:
            engine = self.loaded(session, progress)
            drop_unpublished(session)
            stale_vacancies, stale_profiles = stale(session, engine)
            everything = 2 * (len(stale_vacancies) + len(stale_profiles)) > len(engine.vacancies) + len(engine.pool)
            if everything:
                done = match_everything(session, engine, progress)
                self.has_bounds = True
                for profile in engine.profile_hash:
                    keep_input(session, engine, profile)
                return done
            self.bounded(session)
            for number, vacancy in enumerate(stale_vacancies, start=1):
                match_vacancy(session, engine, vacancy)
                progress("matching vacancies", number, len(stale_vacancies))
            for number, profile in enumerate(stale_profiles, start=1):
                match_profile(session, engine, profile)
                progress("matching candidates", number, len(stale_profiles))
            return len(stale_vacancies) + len(stale_profiles)


def keep_input(session: Session, engine: Engine, profile: UUID) -> None:
    """Note that this candidate was compared as it is now, although it may stand in no list."""
    if engine.profile_hash[profile] not in engine.kept_inputs:
        store_input(session, engine, SubjectKind.PROFILE, profile)


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
    vacancies = [key for key, open_ in engine.vacancies.items() if (key, open_.input_hash) not in current]
    profiles = [key for key, digest in engine.profile_hash.items() if digest not in engine.kept_inputs]
    return vacancies, profiles


def drop_unpublished(session: Session) -> None:
    """Remove the suggestions of closed vacancies and unpublished profiles."""
    open_ = select(Vacancy.id).where(Vacancy.state == VacancyState.PUBLISHED)
    published = select(Profile.id).where(may_be_ranked())
    forget_pairs(session, Suggestion.vacancy_id.not_in(open_) | Suggestion.profile_id.not_in(published))


def forget_inputs(session: Session, profile_id: UUID) -> None:
    """Erase what matching saw of this candidate."""
    session.execute(
        delete(MatchInput).where(MatchInput.subject_kind == SubjectKind.PROFILE, MatchInput.subject_id == profile_id)
    )
