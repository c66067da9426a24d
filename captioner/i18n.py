"""Messages in the person's language, through Babel's catalogues."""

import gettext
import os
import pickle
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from captioner import paths

_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_current: gettext.NullTranslations | None = None


def N_(message: str) -> str:
    """Marks a message in a table; it is translated where it is shown."""
    return message


def _(message: str) -> str:
    return catalogue().gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    return catalogue().ngettext(singular, plural, count)


def catalogue() -> gettext.NullTranslations:
    return _current or use(None)


def use(language: str | None) -> gettext.NullTranslations:
    """Sets the language of every message; None takes the one of the environment."""
    global _current
    _current = _load(tuple([language] if language else _wanted()))
    return _current


def language() -> str:
    """The language that messages are in, as the catalogue calls it; "" for English, the source's."""
    return catalogue().info().get("language", "")


def _wanted() -> list[str]:
    value = next((os.environ[name] for name in _VARIABLES if os.environ.get(name)), "")
    return [tag.split(".")[0].split("@")[0] for tag in value.split(":") if tag]


@cache
def _load(languages: tuple[str, ...]) -> gettext.NullTranslations:
    """Stops at English, the language of the source, as at any other language a person names."""
    for language in languages:
        if language in ("C", "POSIX") or language.startswith("en"):
            break
        if catalogue := _compiled(language) or _compiled(language.split("_")[0]):
            return catalogue
    return gettext.NullTranslations()


def _compiled(language: str) -> gettext.NullTranslations | None:
    file = paths.translations() / f"{language}.mo"
    if not file.is_file():
        return None
    with file.open("rb") as opened:
        return gettext.GNUTranslations(opened)


def available() -> list[str]:
    """The languages that the program speaks besides English."""
    return sorted(path.stem for path in paths.translations().glob("*.mo"))


def in_language(language: str, moment: datetime, pattern: str) -> str:
    """A date by a CLDR pattern (UTS 35, part 4) such as `EEEE (d/M/yyyy)`, in the language of a text."""
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_datetime

    try:
        locale = Locale.parse(language.replace("-", "_") or "en")
    except (ValueError, UnknownLocaleError):
        locale = Locale("en")
    return format_datetime(moment, pattern, locale=locale)


class Calendar(NamedTuple):
    """How a language names and orders dates, as CLDR has it."""

    weekdays: tuple[tuple[str, ...], ...]
    """From Monday; the full names first, then short ones."""
    months: tuple[tuple[str, ...], ...]
    full: str = ""
    """The pattern of a whole date (UTS 35, part 4)."""
    short: str = ""


def calendar(language: str) -> Calendar:
    """From the language's own file: Babel would merge it with what CLDR's root has, in twice the time, and keep it."""
    from babel import localedata

    name = language.replace("-", "_")
    data: dict[str, Any] = {}
    if localedata.exists(name):
        with Path(localedata.resolve_locale_filename(name)).open("rb") as file:
            data = pickle.load(file)
    patterns = {width: str(data.get("date_formats", {}).get(width, "")) for width in ("full", "short")}
    return Calendar(_names(data.get("days", {}), range(7)), _names(data.get("months", {}), range(1, 13)), **patterns)


def _names(data: Any, numbers: range) -> tuple[tuple[str, ...], ...]:
    rows = [data.get(use, {}).get(width) for width in ("wide", "abbreviated") for use in ("format", "stand-alone")]
    whole = [row for row in rows if isinstance(row, dict) and all(number in row for number in numbers)]
    return tuple(dict.fromkeys(tuple(str(row[number]) for number in numbers) for row in whole))


def number(value: float, decimals: int, language: str) -> str:
    """With the signs that the language of a text has between digits."""
    from babel import Locale, UnknownLocaleError
    from babel.numbers import format_decimal

    try:
        locale = Locale.parse(language.replace("-", "_") or "en")
    except (ValueError, UnknownLocaleError):
        locale = Locale("en")
    pattern = ("#,##0" if abs(value) >= 1000 else "0") + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, pattern, locale=locale)


def right_to_left(language: str) -> bool:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language).text_direction == "rtl"
    except (ValueError, UnknownLocaleError):
        return False


def name_of(code: str) -> str:
    """A language's name, in the language that messages are in."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code.replace("-", "_")).get_display_name(language() or "en") or code
    except (ValueError, UnknownLocaleError):
        return code
