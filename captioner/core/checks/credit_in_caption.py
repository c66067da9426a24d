"""A caption whose text ends in a credit would show it twice, or one that contradicts the Credit field."""

from collections.abc import Iterator, Sequence

from captioner.core.checks.finding import Finding, Severity
from captioner.core.credit import Agencies, split
from captioner.core.photo import Photo
from captioner.i18n import N_, _

_DOUBLED = N_("{name}: the caption ends in “{found}”, which the credit says already; take it out of the caption.")
_OTHER = N_("{name}: the caption ends in “{found}”, but the credit is “{credit}”; keep one of them.")
_ONLY = N_("{name}: the caption ends in “{found}”; move it to the credit.")


def find(photos: Sequence[Photo], agencies: Agencies) -> Iterator[Finding]:
    for photo in photos:
        caption, credit = photo.values.text("caption"), photo.values.text("credit")
        text, found = split(caption, agencies)
        if found and text:
            same = found == credit
            message = _(_DOUBLED if same else _OTHER if credit else _ONLY).format(
                name=photo.path.name, found=found, credit=credit
            )
            start = max(caption.rfind(found), 0)
            yield Finding(photo.path, "credit-in-caption", Severity.WARNING, "caption", message, start,
                          start + len(found), text if same else None)  # fmt: skip
