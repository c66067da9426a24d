"""Which photos were moved: the fewest that explain another order."""

from bisect import bisect_left
from pathlib import Path

from captioner.core.history import Order


def moved(before: Order, after: Order) -> frozenset[Path]:
    """Those that stand outside of the longest run that kept its order (patience sorting); new ones are not moved."""
    rank = {path: row for row, path in enumerate(before)}
    known = [path for path in after if path in rank]
    ends, rows, behind = list[int](), list[int](), list[int]()
    for row, path in enumerate(known):
        pile = bisect_left(ends, rank[path])
        behind.append(rows[pile - 1] if pile else -1)
        ends[pile : pile + 1], rows[pile : pile + 1] = [rank[path]], [row]
    stayed, row = set[int](), rows[-1] if rows else -1
    while row >= 0:
        stayed.add(row)
        row = behind[row]
    return frozenset(path for row, path in enumerate(known) if row not in stayed)
