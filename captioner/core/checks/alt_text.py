"""Alt text says what is to be seen to those who don't see it; the caption, said twice, is no help to them."""

from collections.abc import Iterator, Sequence

from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.checks.texts import plain
from captioner.core.photo import Photo
from captioner.i18n import _

_CUT_SHORT = 40
"""Characters from which on a beginning of the caption that ends within a word or sentence is a copy, cut."""


def find(photos: Sequence[Photo], _knows: Knowledge) -> Iterator[Finding]:
    for photo in photos:
        alt, caption, name = photo.values.text("alt_text"), photo.values.text("caption"), photo.path.name
        if photo.is_read and not alt.strip():
            message = _("{name} has no alt text; say in a sentence what is to be seen.").format(name=name)
            yield Finding(photo.path, "alt-text", Severity.INFO, "alt_text", message)
        elif alt.strip() and _is_copy(plain(alt), plain(caption)):
            message = _("{name}: the alt text is a copy of the caption; say what is to be seen instead.")
            yield Finding(photo.path, "alt-text", Severity.WARNING, "alt_text", message.format(name=name), 0, len(alt))


def _is_copy(alt: str, caption: str) -> bool:
    is_cut = len(alt) >= _CUT_SHORT and caption.startswith(alt) and len(alt) * 2 > len(caption)
    return bool(alt) and (alt == caption or is_cut)
