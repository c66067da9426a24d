"""Spelling: the dictionaries of this computer, through enchant, and the desk's own glossary, a text file."""

import os
import sys
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import regex

from captioner import i18n
from captioner.core.words import forms, plain
from captioner.errors import CaptionerError, reason
from captioner.i18n import N_, _

_PREFERRED = {"en": "en_US", "pt": "pt_BR", "sr": "sr_RS", "nb": "nb_NO"}
"""Where a language's own country is not the one that is meant most often."""
_PACKAGES = {"en": "en-us", "de": "de-de", "pt": "pt-br", "nb": "no", "nn": "no"}
_UNPACKAGED = frozenset({"ms"})
_SCRIPTS = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "sr", "kk", "mn"), "Cyrillic"),
    **dict.fromkeys(("ar", "fa", "ur"), "Arabic"), "el": "Greek", "he": "Hebrew",
}  # fmt: skip
_UNSPELLED = frozenset({"", "mul", "ja", "ko", "th", "zh"})
"""Their words are not told apart, so no dictionary is missed."""
_LONGEST = 60
_KEPT = 1 << 15
_HOWS = {
    "linux": N_("Spelling in {language} needs a dictionary: install {package}, on Debian and Ubuntu by "
                "“sudo apt install {package}”, and start Captioner again."),
    "darwin": N_("Spelling in {language} needs a dictionary: run “brew install enchant”, put the language's .dic and "
                 ".aff files, as LibreOffice has them, into {folder}, and start Captioner again."),
    "win32": N_("Spelling in {language} needs a dictionary: put the language's .dic and .aff files, as LibreOffice "
                "has them, into {folder}, and start Captioner again."),
}  # fmt: skip


class Dictionary:
    """Of one language; remembers what it was asked, so that a caption costs only its new words."""

    def __init__(self, language: str, tag: str, entry: Any) -> None:
        self.language, self.tag, self._entry = language, tag, entry
        self._checked, self._suggested = lru_cache(_KEPT)(self._check), lru_cache(256)(self._suggest)

    def check(self, word: str) -> bool:
        """Whether it is right; one in another script than the language's is no word of it, and no mistake."""
        return self._checked(plain(word))

    def suggest(self, word: str) -> tuple[str, ...]:
        """What may be meant, the likeliest first."""
        return self._suggested(plain(word))

    def _check(self, word: str) -> bool:
        if not 0 < len(word) <= _LONGEST or not _letters(self.language).match(word):
            return True
        return any(all(self._holds(part) for part in form) for form in forms(word))

    def _suggest(self, word: str) -> tuple[str, ...]:
        return tuple(self._entry.suggest(word)) if 0 < len(word) <= _LONGEST else ()

    def _holds(self, word: str) -> bool:
        return bool(word) and bool(self._entry.check(word))


@cache
def _letters(language: str) -> regex.Pattern[str]:
    return regex.compile(rf"[\p{{{_SCRIPTS.get(language.partition('_')[0], 'Latin')}}}\p{{M}}\p{{P}}]+$")


@cache
def dictionary(language: str) -> Dictionary | None:
    """The best that is installed for a code such as `id` or `en_GB`; None where there is none."""
    enchant = _enchant()
    if not enchant or language in _UNSPELLED:
        return None
    for tag in _ranked(language.replace("-", "_"), enchant.list_languages()):
        try:
            return Dictionary(language, tag, enchant.Dict(tag))
        except enchant.errors.Error:
            continue
    return None


def _ranked(language: str, installed: Iterable[str]) -> list[str]:
    """Of a language's dictionaries first the one that is asked for, then that of the desk's own country."""
    own = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    bare = language.partition("_")[0]
    wanted = (language if "_" in language else "", own.partition(".")[0], _PREFERRED.get(bare, ""), bare,
              f"{bare}_{bare.upper()}")  # fmt: skip
    rank = {tag: at for at, tag in reversed(list(enumerate(wanted)))}
    found = [tag for tag in installed if tag.partition("_")[0] == bare]
    return sorted(found, key=lambda tag: (rank.get(tag, len(rank)), tag))


@cache
def _enchant() -> Any:
    """None where its library is missing, which importing it tells."""
    try:
        import enchant
    except ImportError:
        return None
    return enchant


def how_to_get(language: str) -> str:
    """A sentence for a language that has no dictionary; "" for one that is written without words to be told apart."""
    bare = language.replace("-", "_").partition("_")[0]
    if bare in _UNSPELLED:
        return ""
    told = _(_HOWS["win32" if bare in _UNPACKAGED else sys.platform if sys.platform in _HOWS else "linux"])
    package = f"hunspell-{_PACKAGES.get(bare, bare)}" + ("" if _enchant() else " libenchant-2-2")
    return told.format(language=_called(bare), package=package, folder=_folder())


def _folder() -> Path:
    enchant = _enchant()
    own = enchant.get_user_config_dir() if enchant else None
    return Path(own or Path.home() / ".config" / "enchant") / "hunspell"


def _called(language: str) -> str:
    from babel import Locale, UnknownLocaleError  # a window shows faster without

    try:
        return Locale.parse(language).get_display_name(i18n.language() or "en") or language
    except (ValueError, UnknownLocaleError):
        return language


# The glossary


def read_glossary(file: Path) -> tuple[str, ...]:
    """Its words and names, a line each; none where there is no file."""
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        told = _("The glossary {path} can't be read ({reason}); check the file.")
        raise CaptionerError(told.format(path=file, reason=reason(error)), file) from error
    return _distinct(_text(data).splitlines())


def add_to_glossary(file: Path, *words: str) -> None:
    _change(file, lambda held: (*held, *words))


def remove_from_glossary(file: Path, *words: str) -> None:
    _change(file, lambda held: (word for word in held if word not in words))


def _change(file: Path, change: Callable[[tuple[str, ...]], Iterable[str]]) -> None:
    """Of the file as it is now, which another desk may share; whole or not at all."""
    held = read_glossary(file)
    changed = _distinct(change(held))
    if changed == held:
        return
    fresh = file.with_name(f".{file.name}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text("".join(f"{word}\n" for word in changed), encoding="utf-8")
        fresh.replace(file)
    except OSError as error:
        told = _("The glossary {path} can't be written ({reason}); check its folder and the room on its disk.")
        raise CaptionerError(told.format(path=file, reason=reason(error)), file) from error


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    tidy = (" ".join(word.replace("\0", " ").split()) for word in words)
    return tuple(dict.fromkeys(word for word in tidy if word))


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes  # a window shows faster without

        best = from_bytes(data).best()
        return str(best) if best else data.decode("cp1252", "replace")
