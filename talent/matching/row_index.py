"""The row of each candidate in the pool, found by the profile's id without an object for each person."""

from collections.abc import Iterator, Mapping
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from talent.matching.records import Bytes, halves

LATER = 4_096
"""Candidates added one by one who are kept beside the sorted ones before they are sorted in (S-OWN-10)."""
LATER_SHARE = 16
"""Of so many sorted ones, one may stand beside them: sorting in stays rare however many there are (S-OWN-10)."""
LOW = 2**64 - 1
GONE = -1


class RowIndex(Mapping[UUID, int]):
    """Sorted halves of ids with their rows, 20 bytes each, and a small dictionary of those added since."""

    def __init__(self) -> None:
        self._high = np.empty(0, np.uint64)
        self._low = np.empty(0, np.uint64)
        self._rows = np.empty(0, np.int32)
        self._later: dict[UUID, int] = {}
        self._gone = 0

    @property
    def nbytes(self) -> int:
        """Bytes of what is sorted."""
        return self._high.nbytes + self._low.nbytes + self._rows.nbytes

    def add_all(self, ids: Bytes, rows: NDArray[np.int32]) -> None:
        """Add all of these, none of whom is known yet; ids : (n, 16) uint8 as in a UUID's bytes."""
        high, low = halves(ids)
        kept = self._rows != GONE
        low = np.concatenate((self._low[kept], low))
        order = np.argsort(low, kind="stable")
        self._low = low[order]
        self._high = np.concatenate((self._high[kept], high))[order]
        self._rows = np.concatenate((self._rows[kept], rows))[order]
        self._gone = 0

    def put(self, profile_id: UUID, row: int) -> None:
        """Add one who is not known yet."""
        self._later[profile_id] = row
        if len(self._later) > LATER + len(self._rows) // LATER_SHARE:
            ids = np.frombuffer(b"".join(one.bytes for one in self._later), np.uint8).reshape(-1, 16)
            rows = np.array(list(self._later.values()), np.int32)
            self._later.clear()
            self.add_all(ids, rows)

    def pop(self, profile_id: UUID) -> int | None:
        """Forget this one; the row that it had, None for nobody."""
        if profile_id in self._later:
            return self._later.pop(profile_id)
        place = self._place(profile_id)
        if place is None:
            return None
        row, self._rows[place] = int(self._rows[place]), GONE
        self._gone += 1
        return row

    def rows_of(self, ids: Bytes) -> NDArray[np.int32]:
        """The rows of these, (n,), with GONE for whoever is not known; ids : (n, 16) uint8."""
        if not len(self._low):
            return np.array([self.get(UUID(bytes=one.tobytes()), GONE) for one in ids], np.int32)
        high, low = halves(ids)
        places = np.minimum(np.searchsorted(self._low, low), len(self._low) - 1)
        found = (self._low[places] == low) & (self._high[places] == high) & (self._rows[places] != GONE)
        rows = np.where(found, self._rows[places], GONE)
        for one in np.flatnonzero(~found).tolist():
            rows[one] = self.get(UUID(bytes=ids[one].tobytes()), GONE)
        return np.asarray(rows, np.int32)

    def _place(self, profile_id: UUID) -> int | None:
        low, high = np.uint64(profile_id.int & LOW), np.uint64(profile_id.int >> 64)
        place = int(np.searchsorted(self._low, low))
        while place < len(self._low) and self._low[place] == low:
            if self._high[place] == high and self._rows[place] != GONE:
                return place
            place += 1
        return None

    def __getitem__(self, profile_id: UUID) -> int:
        if profile_id in self._later:
            return self._later[profile_id]
        place = self._place(profile_id)
        if place is None:
            raise KeyError(profile_id)
        return int(self._rows[place])

    def __iter__(self) -> Iterator[UUID]:
        for place in np.flatnonzero(self._rows != GONE).tolist():
            yield UUID(int=(int(self._high[place]) << 64) | int(self._low[place]))
        yield from self._later

    def __len__(self) -> int:
        return len(self._rows) - self._gone + len(self._later)
