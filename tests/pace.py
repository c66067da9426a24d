"""The pace of this computer just now: tests of speed run beside others, on two cores that share more than they seem to.

A bound holds for a computer at rest; `slowness` is what a piece of plain Python takes just now, as a multiple of what
it took there.
"""

import re
import time

_AT_REST_S = 0.00194
_WORD = re.compile(r"[^\W\d_]+")
_TEXT = "Presiden Rusia dan pemimpin Korea Utara berjalan di kosmodrom, Rabu (13/9/2023). " * 12


def slowness() -> float:
    """1 at least; the best of some tries, as what is measured beside it should be."""
    return max(min(_taken() for _try in range(5)) / _AT_REST_S, 1.0)


def _taken() -> float:
    start = time.thread_time()
    counts: dict[str, int] = {}
    for _round in range(25):
        for word in _WORD.findall(_TEXT):
            counts[word.casefold()] = counts.get(word, 0) + len(word)
    return time.thread_time() - start
