"""What the desk knows: agencies, languages and the words of the checks, from `resources/`."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from captioner import paths
from captioner.core.agencies import Agencies, Agency, CreditWords, keys
from captioner.core.checks.knowledge import Knowledge
from captioner.core.languages import Language, Languages
from captioner.core.story_table import Columns, column_key

_LISTS = ("lead", "by", "headline", "photo", "byline", "more", "months")
_KINDS = ("agency", "distributor", "pool", "handout")


@cache
def load_agencies() -> Agencies:
    data = _table("agencies.toml")
    known = tuple(Agency(name, kind, tuple(aliases)) for kind in _KINDS for name, aliases in data[kind].items())
    return Agencies(known, _credit_words(data["words"]))


@cache
def load_languages() -> Languages:
    return Languages(tuple(_language(code, table) for code, table in _table("languages.toml").items()))


@cache
def load_columns() -> Columns:
    table = _table("columns.toml")
    return Columns({kind: frozenset(map(column_key, names)) for kind, names in table.items()})


@cache
def load_knowledge() -> Knowledge:
    """What the checks know, the names of a story or glossary apart."""
    files = sorted((paths.resources() / "checks").glob("*.toml"))
    return Knowledge(load_agencies(), load_languages(), {file.stem: _words(file) for file in files})


def _words(file: Path) -> dict[str, dict[str, tuple[str, ...]]]:
    tables = _table(f"checks/{file.name}")
    return {check: {key: tuple(words) for key, words in table.items()} for check, table in tables.items()}


def _credit_words(words: Mapping[str, list[str]]) -> CreditWords:
    sets = ("nothing", "organisation", "photo", "particle", "join", "place", "office", "maker")
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
