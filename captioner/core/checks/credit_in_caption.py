"""A caption whose text ends in a credit would show it twice, or one that contradicts the Credit field."""

from collections.abc import Iterator, Sequence

from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.credit import split
from captioner.core.photo import Photo
from captioner.i18n import N_, _

_TOLD = {
    "same": N_("{name}: the caption ends in “{found}”, which the credit says already; take it out of the caption."),
    "other": N_("{name}: the caption ends in “{found}”, but the credit is “{credit}”; keep one of them."),
    "only": N_("{name}: the caption ends in “{found}”; move it to the credit."),
}


def find(photos: Sequence[Photo], knows: Knowledge) -> Iterator[Finding]:
    for photo in photos:
        caption, credit = photo.values.text("caption"), photo.values.text("credit")
        text, found = split(caption, knows.agencies)
        if found and text:
            case = "same" if found == credit else "other" if credit else "only"
            message = _(_TOLD[case]).format(name=photo.path.name, found=found, credit=credit)
            start = max(caption.rfind(found), 0)
            yield Finding(photo.path, "credit-in-caption", Severity.WARNING, "caption", message, start,
                          start + len(found), text if case == "same" else None)  # fmt: skip
