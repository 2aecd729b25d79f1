"""Similarity of texts by their letters alone: what carries the weight where the encoder does not know the language."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

# Characters in a row that are compared: short labels profit from short runs, long texts from longer ones.
LABEL_NGRAMS: Final = (2, 4)
TEXT_NGRAMS: Final = (3, 5)
# Rows scored at once: keeps a chunk of 25,000 columns near 50 MB.
CHUNK_ROWS: Final = 512
BM25_SATURATION: Final = 1.2
BM25_LENGTH: Final = 0.75
WORD: Final = re.compile(r"[^\W_]+")


class CharacterIndex:
    """TF-IDF of character n-grams over a fixed list of documents."""

    def __init__(self, documents: Sequence[str], ngrams: tuple[int, int] = LABEL_NGRAMS) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectorizer: Any = TfidfVectorizer(
            analyzer="char_wb", ngram_range=ngrams, lowercase=True, sublinear_tf=True, dtype=np.float32
        )
        self._documents: Any = None
        if any(document.strip() for document in documents):
            self._documents = self._vectorizer.fit_transform(documents).T.tocsr()
        self._size = len(documents)

    def scores(self, queries: Sequence[str]) -> Scores:
        """(n_queries, n_documents) float32 cosines, in [0, 1]."""
        if not queries or self._documents is None:
            return np.zeros((len(queries), self._size), dtype=np.float32)
        rows = self._vectorizer.transform(queries)
        return np.asarray((rows @ self._documents).toarray(), dtype=np.float32)


def chunks(length: int, size: int = CHUNK_ROWS) -> Iterator[slice]:
    """Slices of at most `size` that cover range(length)."""
    for start in range(0, length, size):
        yield slice(start, min(start + size, length))


def character_scores(queries: Sequence[str], documents: Sequence[str], ngrams: tuple[int, int] = TEXT_NGRAMS) -> Scores:
    """(n_queries, n_documents) cosines of character n-grams, weighted over the documents."""
    index = CharacterIndex(documents, ngrams)
    found = np.zeros((len(queries), len(documents)), dtype=np.float32)
    for part in chunks(len(queries)):
        found[part] = index.scores(queries[part])
    return found


def bm25_scores(queries: Sequence[str], documents: Sequence[str]) -> Scores:
    """(n_queries, n_documents) Okapi BM25 over lower-case words; 0 where no word is shared."""
    import scipy.sparse as sparse
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer: Any = CountVectorizer(tokenizer=_words, token_pattern=None, lowercase=False, dtype=np.float32)
    if not any(WORD.search(text) for text in documents):
        return np.zeros((len(queries), len(documents)), dtype=np.float32)
    counts = vectorizer.fit_transform(documents).tocsc()
    size = counts.shape[0]
    lengths = np.asarray(counts.sum(1)).ravel()
    frequency = np.diff(counts.indptr)
    rarity = np.log(1 + (size - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    cells = counts.tocoo()
    damped = BM25_SATURATION * (1 - BM25_LENGTH + BM25_LENGTH * lengths[cells.row] / max(lengths.mean(), 1e-9))
    weights = cells.data * (BM25_SATURATION + 1) / (cells.data + damped) * rarity[cells.col]
    table = sparse.csr_matrix((weights, (cells.row, cells.col)), shape=counts.shape)
    asked = vectorizer.transform(queries)
    asked.data[:] = 1
    return np.asarray((asked @ table.T).toarray(), dtype=np.float32)


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower())
