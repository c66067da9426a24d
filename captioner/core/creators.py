"""Several creators in the one text that EXIF's Artist is (MWG 2.0, 5.4): joined by `; `, quoted where one has that."""

import re

_QUOTED = re.compile(r'\s*"((?:[^"]|"")*)"\s*(?:;|$)')
_PLAIN = re.compile(r"([^;]*)(?:;|$)")


def joined(creators: tuple[str, ...]) -> str:
    return "; ".join(_quoted(each) for each in creators)


def split(artist: str) -> tuple[str, ...]:
    """Also at a semicolon alone, as Windows writes it."""
    found: list[str] = []
    at = 0
    while at < len(artist):
        quoted = _QUOTED.match(artist, at)
        match = quoted or _PLAIN.match(artist, at)
        assert match
        found.append(match[1].replace('""', '"') if quoted else match[1].strip())
        at = match.end()
    return tuple(each for each in found if each)


def _quoted(creator: str) -> str:
    if ";" not in creator and not creator.startswith('"'):
        return creator
    doubled = creator.replace('"', '""')
    return f'"{doubled}"'
