"""Messages in the person's language, through Babel's catalogues."""

import gettext
import os
from datetime import datetime
from functools import cache

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
