"""Names as people count: photo-2 before photo-10, and photo.jpg before photo-1.jpg."""

from collections.abc import Iterable
from pathlib import Path


def by_name(paths: Iterable[Path]) -> tuple[Path, ...]:
    from natsort import natsort_keygen, ns  # a window shows faster without

    natural = natsort_keygen(alg=ns.IGNORECASE)

    def key(path: Path) -> tuple[object, str]:
        stem, _dot, suffix = path.name.rpartition(".")
        return natural(stem or suffix), suffix

    return tuple(sorted(paths, key=key))
