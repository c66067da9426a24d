"""What the checks know beside the photos: agencies, languages, and the words of each check."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from captioner.core.agencies import Agencies
from captioner.core.languages import Languages, recognise

OFF = "off"
_KEPT = 4096


@dataclass(frozen=True, eq=False)
class Knowledge:
    """Compared by the identity of agencies, languages and words, since checks keep what they made of these; names and
    severities change as a desk works, and cost nothing."""

    agencies: Agencies = field(default_factory=Agencies)
    languages: Languages = field(default_factory=Languages)
    words: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]] = field(default_factory=dict)
    """By language, check and key, as `resources/checks/LANGUAGE.toml` has them; `mul` belongs to every language."""
    names: frozenset[str] = frozenset()
    """Names that are spelled right: those of the desk's glossary."""
    told: frozenset[str] = frozenset()
    """The story's captions: a name that they spell in one way is right in it."""
    severities: Mapping[str, str] = field(default_factory=dict[str, str])
    """By check, where the desk wants another than the check's own; OFF for none at all."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Knowledge) and self._made_of == other._made_of

    def __hash__(self) -> int:
        return id(self.words)  # every look into a cache asks for it

    @property
    def _made_of(self) -> tuple[Agencies, Languages, int]:
        return self.agencies, self.languages, id(self.words)

    def of(self, language: str, check: str, key: str) -> tuple[str, ...]:
        """The words of one language, and those that belong to every language."""
        return tuple(dict.fromkeys((*self._held(language, check, key), *self._held("mul", check, key))))

    def all(self, check: str, key: str) -> tuple[str, ...]:
        """The words of every language, longest first, as an alternation needs them."""
        words = dict.fromkeys(word for language in self.words for word in self._held(language, check, key))
        return tuple(sorted(words, key=len, reverse=True))

    def language(self, text: str) -> str:
        """The code of the text's language, "" when there is nothing to go by."""
        return _recognised(text, self.languages)

    def _held(self, language: str, check: str, key: str) -> tuple[str, ...]:
        return self.words.get(language, {}).get(check, {}).get(key, ())


@lru_cache(maxsize=_KEPT)
def _recognised(text: str, languages: Languages) -> str:
    return recognise(text, languages)
