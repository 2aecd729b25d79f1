"""Groups of at least ten: what is stored can be added and taken away from each other without ever leaving fewer.

People are divided by one dimension after another. Values that fewer than ten people of a group share are put together
as "withheld"; where those are fewer than ten themselves, the smallest other value joins them. Each group that comes out
holds at least ten people, and every figure of the service is a sum of whole groups. So is every difference of two
figures, where one is about a part of the other's people: nobody can be subtracted out.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from talent.foundation.counting import SMALLEST_CELL
from talent.monitoring.ladder import WITHHELD

Values = tuple[str, ...]


def together(counts: Sequence[int], *, fewest: int = SMALLEST_CELL) -> list[int]:
    """For each place of a row, the place at which its group begins; a group holds neighbours, and enough or nobody.

    A group that is too small at the end joins those before it; when all are too few, nothing comes out.
    """
    if sum(counts) < fewest:
        return []
    found: list[tuple[int, int]] = []  # where the group begins, and how many it holds
    for place, count in enumerate(counts):
        if found and 0 < found[-1][1] < fewest:
            begin, held = found.pop()
            found.append((begin, held + count))
        else:
            found.append((place, count))
    while 0 < found[-1][1] < fewest:
        _, held = found.pop()
        found[-1] = (found[-1][0], found[-1][1] + held)
    begins = [begin for begin, _ in found]
    return [max(begin for begin in begins if begin <= place) for place in range(len(counts))]


def pooled(counts: Mapping[str, int], *, fewest: int = SMALLEST_CELL) -> frozenset[str]:
    """The values that are put together as withheld: those of too few, and the smallest others until they are enough."""
    small = {value for value, count in counts.items() if count < fewest}
    rest = sorted(set(counts) - small, key=lambda value: (counts[value], value))
    while small and rest and sum(counts[value] for value in small) < fewest:
        small.add(rest.pop(0))
    return frozenset(small)


def groups(people: Mapping[Values, int], *, fewest: int = SMALLEST_CELL) -> dict[Values, Values]:
    """For each combination of values, the group that it is counted in; its values are told or withheld.

    All ``people`` together are at least ``fewest``, and each combination has one value for each dimension.
    """
    found: dict[Values, Values] = dict.fromkeys(people, ())
    depth = len(next(iter(people), ()))
    for place in range(depth):
        counts: dict[Values, Counter[str]] = defaultdict(Counter)
        for values, count in people.items():
            counts[found[values]][values[place]] += count
        small = {group: pooled(each, fewest=fewest) for group, each in counts.items()}
        found = {
            values: (*group, WITHHELD if values[place] in small[group] else values[place])
            for values, group in found.items()
        }
    return found


def periods(months: Mapping[date, int], *, fewest: int = SMALLEST_CELL) -> list[tuple[date, date, int]]:
    """Months put together until each period has enough people: first month, last month, people."""
    ordered = sorted(months)
    begins = together([months[month] for month in ordered], fewest=fewest)
    found: dict[int, list[date]] = defaultdict(list)
    for place, begin in enumerate(begins):
        found[begin].append(ordered[place])
    return [(each[0], each[-1], sum(months[month] for month in each)) for each in found.values()]
