"""What others take for the bare cosine, in milliseconds a query; None with a reason where one is not installed.

Each finds the best of all vectors for a query, nothing more: no skills, no occupation, no requirement, no bound of a
candidate's own list.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

FLOAT = NDArray[np.float32]
Measured = dict[str, float | str | None]
BEST = 50
AT_ONCE = 64
SINGLES = 9


def milliseconds(work: Callable[[], Any], *, times: int) -> float:
    """The median time of the work, after doing it once to warm up."""
    work()
    took = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took)


def faiss_flat(people: FLOAT, queries: FLOAT) -> Measured:
    """FAISS IndexFlatIP, one query and 64 at once."""
    try:
        import faiss
    except ImportError:
        return {"faiss_flat_ms": None, "faiss_flat_reason": "faiss-cpu is not installed (benchmarks/peers.txt)"}
    index = faiss.IndexFlatIP(people.shape[1])
    index.add(people)
    return {
        "faiss_flat_ms": milliseconds(lambda: index.search(queries[:1], BEST), times=SINGLES),
        "faiss_flat_64_ms_per_query": milliseconds(lambda: index.search(queries[:AT_ONCE], BEST), times=3) / AT_ONCE,
    }


def usearch_exact(people: FLOAT, queries: FLOAT) -> Measured:
    """The exact search of usearch, one query."""
    try:
        from usearch.index import MetricKind, search
    except ImportError:
        return {"usearch_exact_ms": None, "usearch_reason": "usearch is not installed (benchmarks/peers.txt)"}
    one = queries[:1]
    return {
        "usearch_exact_ms": milliseconds(lambda: search(people, one, BEST, metric=MetricKind.IP, exact=True), times=3)
    }


def semantic(people: FLOAT, queries: FLOAT) -> Measured:
    """``sentence_transformers.util.semantic_search``, 64 queries at once, and one alone."""
    import torch
    from sentence_transformers.util import dot_score, semantic_search

    corpus, asked = torch.from_numpy(people), torch.from_numpy(queries[:AT_ONCE])

    def search(some: Any) -> Any:
        return semantic_search(some, corpus, top_k=BEST, score_function=dot_score)

    return {
        "semantic_search_ms_per_query": milliseconds(lambda: search(asked), times=3) / len(asked),
        "semantic_search_single_ms": milliseconds(lambda: search(asked[:1]), times=3),
    }


PEERS = (faiss_flat, usearch_exact, semantic)
