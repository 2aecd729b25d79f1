"""pgvector beside the others: exact, by HNSW, and what that index finds when a filter keeps two in a hundred."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np
import psycopg
from numpy.typing import NDArray
from pgvector.psycopg import register_vector

from benchmarks.scale_peers import BEST, Measured, milliseconds
from talent.foundation.embedded import DATABASE, start_embedded

FLOAT = NDArray[np.float32]
KEPT_OF: Final = 50
"""One person in so many passes the filter."""
QUERIES: Final = 32
MADE: Final = "create table person (id integer, kept boolean, vector vector({dimensions}))"
FILLED: Final = "copy person (id, kept, vector) from stdin with (format binary)"
NEAREST: Final = "select id from person {filter} order by vector <#> %s limit {best}"
FILTER: Final = "where kept"


@contextmanager
def database() -> Iterator[Any]:
    """A connection to a PostgreSQL of its own that is gone afterwards."""
    folder = Path(tempfile.mkdtemp())
    server = start_embedded(folder / "postgresql")
    try:
        with psycopg.connect(server.ensure(DATABASE), autocommit=True) as connection:
            connection.execute("create extension if not exists vector")
            register_vector(connection)
            yield connection
    finally:
        server.server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def pgvector(people: FLOAT, queries: FLOAT) -> Measured:
    """One query exactly and by HNSW, and the recall of the index with and without the filter."""
    asked = queries[:QUERIES]
    with database() as connection:
        fill(connection, people)
        exact_ms = milliseconds(lambda: nearest(connection, asked[0]), times=3)
        exact = {kept: [nearest(connection, one, kept=kept) for one in asked] for kept in (False, True)}
        connection.execute("set maintenance_work_mem = '4GB'")
        connection.execute("create index on person using hnsw (vector vector_ip_ops)")
        found = {kept: [nearest(connection, one, kept=kept) for one in asked] for kept in (False, True)}
        return {
            "pgvector_exact_ms": exact_ms,
            "pgvector_hnsw_ms": milliseconds(lambda: nearest(connection, asked[0]), times=9),
            "pgvector_hnsw_recall": recall(found[False], exact[False]),
            "pgvector_hnsw_filtered_recall": recall(found[True], exact[True]),
        }


def fill(connection: Any, people: FLOAT) -> None:
    """Every person with a vector; one in fifty is kept by the filter."""
    connection.execute(MADE.format(dimensions=people.shape[1]))
    with connection.cursor() as cursor, cursor.copy(FILLED) as copy:
        copy.set_types(["int4", "bool", "vector"])
        for number, vector in enumerate(people):
            copy.write_row((number, number % KEPT_OF == 0, vector))
    connection.execute("analyze person")


def nearest(connection: Any, query: FLOAT, *, kept: bool = False) -> list[int]:
    """The nearest people, of all or of those whom the filter keeps."""
    statement = NEAREST.format(filter=FILTER if kept else "", best=BEST)
    return [row[0] for row in connection.execute(statement, (query,), prepare=True)]


def recall(found: list[list[int]], exact: list[list[int]]) -> float:
    """The share of the truly nearest that were found."""
    return sum(len(set(one) & set(true)) for one, true in zip(found, exact, strict=True)) / sum(map(len, exact))
