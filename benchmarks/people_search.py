"""A search among people, page by page: by words, by likeness, and by likeness under a filter that keeps few.

Run: python -m benchmarks.people_search [--candidates 100000] [--rounds 15]
Last line: {"candidates", "words_ms", "like_ms", "filtered_ms", "exact"}: medians of whole pages with all their
queries; ``exact`` when each list by likeness holds the nearest of all, as NumPy finds them in float64.
"""

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any, Final
from uuid import UUID, uuid4

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.populate import populate
from benchmarks.vectors import give_vectors
from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.foundation.database import count_rows, make_engine, session_factory
from talent.foundation.embedded import DATABASE, start_embedded
from talent.foundation.row_context import SystemContext, enter
from talent.matching.encoder import load_encoder
from talent.matching.models import SubjectKind, SubjectVector
from talent.matching.people import PEOPLE_A_PAGE, Found, find
from talent.matching.schemas import PeopleQuestion
from talent.profiles.models import Profile, ProfileLanguage
from talent.registry import migrate
from talent.taxonomy.levels import CEFR
from talent.taxonomy.service import load_release
from talent.taxonomy.starter_release import read_starter

WORDS: Final = ("welder", "kitchen hygiene", "ڈرائیور", "solar wiring at height", "bijli ka kaam", "nurse elderly care")
FILTERED: Final = {"country": "FI", "language": "en", "level": "C2"}
SLACK: Final = 1e-5
"""By how much a distance in float32 may differ from one in float64."""
STAFF: Final = Actor(uuid4(), Role.PROJECT_STAFF)


def asked(sessions: sessionmaker[Session], question: PeopleQuestion) -> tuple[float, Found]:
    """Milliseconds of one page, and the page; nothing of it stays."""
    with sessions() as session:
        enter(session, STAFF.rows)
        started = time.perf_counter()
        found = find(session, STAFF, question, language="en")
        took = (time.perf_counter() - started) * 1000
        session.rollback()
    return took, found


class Everybody:
    """All vectors and facts at hand, for comparing everybody in NumPy."""

    def __init__(self, session: Session) -> None:
        rows = session.execute(
            select(Profile.reference, Profile.id, SubjectVector.vector)
            .join(SubjectVector, SubjectVector.subject_id == Profile.id)
            .where(SubjectVector.subject_kind == SubjectKind.PROFILE)
            .order_by(Profile.reference)
        ).all()
        self.references: list[str] = [row[0] for row in rows]
        self.row: dict[UUID, int] = {row[1]: number for number, row in enumerate(rows)}
        self.vectors: NDArray[np.float64] = np.array([np.asarray(row[2], np.float32) for row in rows], np.float64)

    def is_nearest(self, reference: str, found: Found, allowed: NDArray[np.bool_]) -> bool:
        """Whether the page holds the nearest of those allowed, nearest first."""
        own = self.references.index(reference)
        dots = self.vectors @ self.vectors[own]
        others = allowed.copy()
        others[own] = False
        best = np.sort(dots[others])[::-1][:PEOPLE_A_PAGE]
        told = dots[[self.row[one.profile_id] for one in found.page.rows]]
        is_whole = found.page.total == int(others.sum()) and len(told) == len(best)
        return is_whole and bool(np.all(abs(told - best) < SLACK))

    def passing(self, ids: set[UUID]) -> NDArray[np.bool_]:
        """(n,) bool: whether somebody is among these."""
        return np.array([key in ids for key in self.row])


def passing_filter(session: Session) -> set[UUID]:
    """Who passes the filter, read without it: by a look at each profile's own rows."""
    spoken: dict[UUID, set[tuple[str, CEFR | None]]] = {}
    for key, language, level in session.execute(
        select(ProfileLanguage.profile_id, ProfileLanguage.language, ProfileLanguage.level)
    ):
        spoken.setdefault(key, set()).add((language, level))
    everybody = session.execute(select(Profile.id, Profile.countries))
    enough = ("en", CEFR(FILTERED["level"]))
    return {
        key
        for key, countries in everybody
        if (not countries or FILTERED["country"] in countries) and enough in spoken.get(key, ())
    }


def measured(
    sessions: sessionmaker[Session], questions: Iterator[dict[str, Any]], is_right: Callable[[str, Found], bool]
) -> tuple[float, bool]:
    """The median of these questions in milliseconds, and whether every answer was right."""
    took, right = [], []
    for question in questions:
        length, found = asked(sessions, PeopleQuestion(**question))
        took.append(length)
        right.append(is_right(question.get("like", ""), found))
    return median(took), all(right)


def main() -> None:
    """Make the people, ask, and compare."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--candidates", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=15)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="talent-people-search-") as folder:
        Path(folder).chmod(0o755)
        embedded = start_embedded(Path(folder) / "postgresql")
        owner = embedded.ensure(DATABASE)
        migrate(owner)
        engine = make_engine(embedded.application_url(DATABASE))
        sessions = session_factory(engine, SystemContext.OPERATOR)
        with sessions.begin() as session:
            load_release(session, read_starter())
            populate(session, candidates=given.candidates, vacancies=1)
            give_vectors(session, load_encoder())
        count_rows(owner)
        with sessions() as session:
            everybody, allowed = Everybody(session), passing_filter(session)
        draw = random.Random(3)
        examples = [draw.choice(everybody.references) for _ in range(given.rounds)]
        all_of_them, few = np.ones(len(everybody.row), bool), everybody.passing(allowed)
        words, _ = measured(sessions, ({"words": WORDS[n % len(WORDS)]} for n in range(given.rounds)), lambda *_: True)
        like, exact = measured(
            sessions,
            ({"like": one} for one in examples),
            lambda one, found: everybody.is_nearest(one, found, all_of_them),
        )
        filtered, exact_too = measured(
            sessions,
            ({"like": one, **FILTERED} for one in examples),
            lambda one, found: everybody.is_nearest(one, found, few),
        )
        engine.dispose()
    figures = {"words_ms": round(words, 1), "like_ms": round(like, 1), "filtered_ms": round(filtered, 1)}
    print(json.dumps({"candidates": given.candidates, **figures, "exact": exact and exact_too}))


if __name__ == "__main__":
    main()
