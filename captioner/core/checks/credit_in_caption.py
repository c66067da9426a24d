"""A caption whose text ends in a credit would show it twice, or one that contradicts the Credit field."""

import re
from collections.abc import Iterator, Sequence

from captioner.core.agencies import Agencies, key
from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.credit import parts, split
from captioner.core.photo import Photo
from captioner.i18n import N_, _

_TOLD = {
    "same": N_("{name}: the caption ends in “{found}”, which the credit says already; take it out of the caption."),
    "other": N_("{name}: the caption ends in “{found}”, but the credit is “{credit}”; keep one of them."),
    "only": N_("{name}: the caption ends in “{found}”; move it to the credit, which is empty."),
}
_TAIL, _FEW = 160, 60
_SIGN = re.compile(r"(?<!\d)[/／|｜:：]|[/／|｜:：](?!\d)|[©ⓒ=＝@]|\b(?i:via|photo\w*|foto\w*)\b")
_ENDS = re.compile(r"[.!?。！？…]\s|[。！？]|\n|\s[-–—]\s|—")
_AROUND = " \t\n\r.()[]–—-/"


def find(photos: Sequence[Photo], knows: Knowledge) -> Iterator[Finding]:
    for photo in photos:
        caption, credit = photo.values.text("caption"), photo.values.text("credit").strip()
        text, found = _split(caption, credit, knows.agencies)
        case = _case(found, credit, knows.agencies) if found else ""
        if found and (text or case == "same"):
            message = _(_TOLD[case]).format(name=photo.path.name, found=found, credit=credit)
            start = max(caption.rfind(found), 0)
            fix = text if case == "same" and text else None
            yield Finding(photo.path, "credit-in-caption", Severity.WARNING, "caption", message, start,
                          start + len(found), fix)  # fmt: skip


def _split(caption: str, credit: str, agencies: Agencies) -> tuple[str, str]:
    """The caption and the credit at its end, also one that is known only from the Credit field."""
    text, found = split(caption, agencies) if _may_end_in_one(caption) else (caption, "")
    end = caption.rstrip(_AROUND)
    if found or "/" not in credit or not end.endswith(credit):
        return text, found
    return end.removesuffix(credit).rstrip(_AROUND.replace(".", "").replace(")", "")), credit


def _may_end_in_one(caption: str) -> bool:
    """Cheap: a sign of a credit, and no date's, or little after the last sentence."""
    tail = caption.strip()[-_TAIL:]
    last = _ENDS.split(tail.rstrip(_AROUND))[-1]
    return bool(tail) and (bool(_SIGN.search(tail)) or len(last) <= _FEW or tail[-1] in ")]）】")


def _case(found: str, credit: str, agencies: Agencies) -> str:
    if not credit:
        return "only"
    return "same" if _named(found, agencies) <= _named(credit, agencies) else "other"


def _named(credit: str, agencies: Agencies) -> frozenset[str]:
    """Everybody in it, whatever the style."""
    return frozenset(key(part.name) for part in parts(credit, agencies) if part.name) or frozenset({key(credit)})
