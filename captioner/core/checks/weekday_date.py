"""A weekday that does not fit the date beside it."""

from collections.abc import Iterator, Sequence
from datetime import date

from captioner.core.checks import moments, written_weekdays
from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.checks.written_dates import WrittenDate
from captioner.core.checks.written_weekdays import WrittenWeekday
from captioner.core.photo import Photo
from captioner.i18n import _


def find(photos: Sequence[Photo], knows: Knowledge) -> Iterator[Finding]:
    for photo in photos:
        caption = photo.values.text("caption")
        for written, weekday in written_weekdays.beside(caption, knows).items():
            days = written.days(moments.created(photo), weekday.orders)
            if days and not weekday.indexes & {day.weekday() for day in days}:
                yield _finding(photo, written, weekday, days)


def _finding(photo: Photo, written: WrittenDate, weekday: WrittenWeekday, days: Sequence[date]) -> Finding:
    caption = photo.values.text("caption")
    found, right = caption[weekday.start : weekday.end], _right(photo, weekday, days)
    name = _alike(weekday.other(right or days[0]), found)
    message = _("{name}: “{date}” is “{right}”, not “{found}”; correct the weekday or the date.").format(
        name=photo.path.name, date=caption[written.start : written.end], right=name, found=found
    )
    fix = caption[: weekday.start] + name + caption[weekday.end :] if right and weekday.is_sure(right) else None
    return Finding(photo.path, "weekday-date", Severity.WARNING, "caption", message, weekday.start, weekday.end, fix)


def _right(photo: Photo, weekday: WrittenWeekday, days: Sequence[date]) -> date | None:
    """The day that the date created vouches for, unless another that it may have been has the weekday as written."""
    local = moments.local(photo)
    agreed = [day for day in days if day in local]
    is_other = any(day.weekday() in weekday.indexes for day in local)
    return agreed[0] if len(agreed) == 1 and not is_other else None


def _alike(name: str, found: str) -> str:
    """In the letters' case of what it replaces."""
    if len(found) > 1 and found.isupper():
        return name.upper()
    return name[:1].upper() + name[1:] if found[:1].isupper() else name
