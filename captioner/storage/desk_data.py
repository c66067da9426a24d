"""What the desk knows: agencies, languages and the words of the checks, from `resources/`."""

import logging
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from captioner import paths
from captioner.core.agencies import KINDS, Agencies, Agency, CreditWords, key, keys
from captioner.core.checks.knowledge import Knowledge
from captioner.core.languages import Language, Languages
from captioner.errors import UsageError
from captioner.storage import agency_files

if TYPE_CHECKING:
    from captioner.core.story_table import Columns

_LISTS = ("lead", "by", "headline", "photo", "photos", "byline", "staff", "updated", "more",
          "months", "mail", "subject", "greeting", "closing")  # fmt: skip
Stamp = tuple[int, int, int]
_log = logging.getLogger(__name__)


def load_agencies() -> Agencies:
    """The shipped ones with the desk's own, as they are now; without those where their file is broken.

    Who starts the program is told what is wrong in it; whoever reads a thousand photos later is not.
    """
    file = paths.agencies_file()
    stamp = _stamp(file)
    try:
        return _agencies(file, stamp) if stamp else _agencies()
    except UsageError as error:
        _log.debug("%s", error)
        return _agencies()


@lru_cache(maxsize=4)
def _agencies(file: Path | None = None, _when: Stamp | None = None) -> Agencies:
    """`_when` is there for the cache alone."""
    shipped, own = _table("agencies.toml"), agency_files.read(file) if file else {}
    words = {key: [*words, *own.get("words", {}).get(key, ())] for key, words in shipped["words"].items()}
    return Agencies((*_known(own), *_known(shipped, without=agency_files.names(own))), _credit_words(words))


def _known(data: Mapping[str, Any], without: frozenset[str] = frozenset()) -> tuple[Agency, ...]:
    """Of two with one name, the first counts."""
    return tuple(
        Agency(name, kind, tuple(alias for alias in aliases if key(alias) not in without))
        for kind in KINDS for name, aliases in data.get(kind, {}).items()
        if aliases is not False and key(name) not in without
    )  # fmt: skip


def _stamp(file: Path) -> Stamp | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


@cache
def load_languages() -> Languages:
    return Languages(tuple(_language(code, table) for code, table in _table("languages.toml").items()))


@cache
def load_columns() -> "Columns":
    from captioner.core.story_table import Columns, column_key  # a window shows sooner without

    table = _table("columns.toml")
    return Columns({kind: frozenset(map(column_key, names)) for kind, names in table.items()})


def load_knowledge(
    severities: Mapping[str, str] | None = None,
    names: frozenset[str] = frozenset(),
    told: frozenset[str] = frozenset(),
) -> Knowledge:
    """What the checks know: with the severities that the desk wants, its glossary's names, and its story's captions.

    One value for the same ones, since checks keep what they made of it.
    """
    return _knowledge(load_agencies(), tuple(sorted((severities or {}).items())), names, told)


@lru_cache(maxsize=4)
def _knowledge(
    agencies: Agencies, severities: tuple[tuple[str, str], ...], names: frozenset[str], told: frozenset[str]
) -> Knowledge:
    return Knowledge(agencies, load_languages(), _check_words(), names, told, dict(severities))


@cache
def _check_words() -> dict[str, dict[str, dict[str, tuple[str, ...]]]]:
    return {file.stem: _words(file) for file in sorted((paths.resources() / "checks").glob("*.toml"))}


def _words(file: Path) -> dict[str, dict[str, tuple[str, ...]]]:
    tables = _table(f"checks/{file.name}")
    return {check: {key: tuple(words) for key, words in table.items()} for check, table in tables.items()}


def _credit_words(words: Mapping[str, list[str]]) -> CreditWords:
    sets = ("nothing", "organisation", "photo", "particle", "prose", "join", "place", "office", "maker")
    spoken = load_languages().spoken
    return CreditWords(
        **{name: keys(words[name]) for name in sets},
        before=tuple(words["before"]),
        after=tuple(words["after"]),
        between=tuple(words["between"]),
        client=tuple(words["client"]),
        lead=_distinct(word for each in spoken for word in each.lead),
        by=_distinct(word for each in spoken for word in each.by),
        common=frozenset(word for each in spoken for word in each.words),
    )


def _language(code: str, table: Mapping[str, Any]) -> Language:
    plain = {name: str(table.get(name, "")) for name in ("letters", "script")}
    sets = {name: frozenset(str(table.get(name, "")).split()) for name in ("words", "only")}
    lists: dict[str, Any] = {name: tuple(table.get(name, ())) for name in _LISTS}
    return Language(code, **sets, **plain, **lists)


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _table(name: str) -> dict[str, Any]:
    with (paths.resources() / name).open("rb") as file:
        return tomllib.load(file)
