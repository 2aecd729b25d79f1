"""Every form that a test sends, sent before with a failure at each of its statements: nothing may be left half done.

Set ``TALENT_FAIL_AT_EACH_STATEMENT=1`` and run the tests of pages: each form of theirs is sent again and again, the
first time with a failure at its first statement, then at its second, until it runs through; after every failure the
database must hold just what it held before. The form that runs through is the one that the test goes on with.

A form about a hundred people runs the same statement for each of them: of equal ones the first ``OF_EQUAL_ONES`` fail.

What is written after the form's own transaction is no part of it: a refusal goes into the journal in a transaction of
its own, and that the journal may be away then is tried in ``test_refusals``.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from talent.foundation.database import Base
from talent.row_security import OPEN_TABLES

FAIL_AT_EACH = bool(os.environ.get("TALENT_FAIL_AT_EACH_STATEMENT"))
OF_THE_TRANSACTION = ("SAVEPOINT", "RELEASE", "ROLLBACK", "select set_config")
"""What opens, names and closes a transaction; in these tests also after the form has done its work."""
OF_EQUAL_ONES = 20
"""How often a statement of the same words fails within one form."""
WORDS_OF_EVERYBODY = frozenset(OPEN_TABLES)
"""Tables that no form writes: the taxonomy, which is large."""


class Failed(Exception):
    """The failure that was asked for."""


class Afterwards:
    """Whether what is written now comes after the form's own transaction."""

    def __init__(self) -> None:
        self.is_now = False

    def of(self, written: Callable[..., None]) -> Callable[..., None]:
        """The same function, whose statements do not fail."""

        def without_failure(*given: Any) -> None:
            self.is_now = True
            try:
                written(*given)
            finally:
                self.is_now = False

        return without_failure


@dataclass
class Failing:
    """Where a form failed before, and how often each statement did."""

    afterwards: Afterwards
    reached: int = 0
    """The number of the statement that failed last, counted from 1."""
    times: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def next_one(self, engine: Engine) -> Iterator[None]:
        """Let the next statement fail that did not fail before.

        Raises:
            Failed: from within that statement.
        """
        begun = 0

        def before(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            nonlocal begun
            if self.afterwards.is_now or statement.startswith(OF_THE_TRANSACTION):
                return
            begun += 1
            if begun > self.reached and self.times[statement] < OF_EQUAL_ONES:
                self.reached = begun
                self.times[statement] += 1
                raise Failed

        event.listen(engine, "before_cursor_execute", before)
        try:
            yield
        finally:
            event.remove(engine, "before_cursor_execute", before)


def digest(session: Session) -> dict[str, tuple[int, int]]:
    """For each table how many rows it holds, and a sum over what they say."""
    session.flush()
    session.expire_all()
    tables = sorted(set(Base.metadata.tables) - WORDS_OF_EVERYBODY)
    asked = " union all ".join(
        f"select '{table}', count(*), coalesce(sum(hashtextextended(held::text, 0)::numeric), 0) from {table} held"
        for table in tables
    )
    return {table: (rows, int(said)) for table, rows, said in session.execute(text(asked))}


class EachStatement:
    """Sends a form with a failure at each of its statements, then as it is."""

    def __init__(self, engine: Engine, session: Session) -> None:
        self.engine, self.session = engine, session
        self.afterwards = Afterwards()
        self.failures = 0
        self.half_done: list[tuple[str, int, list[str]]] = []

    def send(self, post: Callable[..., Any], address: str, **sent: Any) -> Any:
        """The answer of the form that ran through."""
        held, failing = digest(self.session), Failing(self.afterwards)
        while True:
            before = failing.reached
            with failing.next_one(self.engine):
                try:
                    answer = post(address, **sent)
                except Failed:
                    answer = None
            if failing.reached == before:
                return answer
            self.failures += 1
            now = digest(self.session)
            changed = [table for table, told in now.items() if held[table] != told]
            if changed:
                self.half_done.append((address, failing.reached, changed))
                held = now
