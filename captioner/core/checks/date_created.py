"""The date that the caption gives for its picture against the field."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from captioner.core.checks import moments, written_dates, written_weekdays
from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import Knowledge
from captioner.core.checks.written_dates import WrittenDate
from captioner.core.checks.written_weekdays import WrittenWeekday
from captioner.core.photo import Photo
from captioner.i18n import N_, _

_HISTORY = timedelta(days=400)
_SAME_EVENT = timedelta(days=31)
_LEAD = 72
_ANY_DAY = date(2000, 7, 1)
"""Two dates without a year can be compared in any."""
_DATELINE = re.compile(r"[^\n]{2,80}?[\w.)]\s+[-–—]{1,2}\s+")
_DATELINE_END = re.compile(r"\s?:\s")
_PLACE = re.compile(r",?\s(\w+)\s[A-Z]")
_STOP = re.compile(r"[!?…;。！？]|(?<=[^\W\d]{4})\.\s|\n")
_TOLD = {
    "field": N_("{name}: the caption says “{date}”, but the date created is {other}; correct one of them."),
    "dateline": N_("{name}: the caption says “{date}”, but its dateline says “{other}”; correct one of them."),
}


def find(photos: Sequence[Photo], knows: Knowledge) -> Iterator[Finding]:
    for photo in photos:
        caption = photo.values.text("caption")
        if dates := written_dates.find(caption, knows):
            dateline = _dateline(caption, dates)
            yield from _against_field(photo, caption, dates, dateline, knows)
            yield from _against_dateline(photo, caption, dates, dateline, knows)


def _against_field(
    photo: Photo, caption: str, dates: Sequence[WrittenDate], dateline: WrittenDate | None, knows: Knowledge
) -> Iterator[Finding]:
    """A caption may tell of other days too: one that agrees is enough."""
    created, near = moments.created(photo), moments.near(photo)
    weekdays = written_weekdays.beside(caption, knows)
    if not created or any(near.intersection(_days(each, weekdays.get(each), created)) for each in dates):
        return
    own = [each for each in dates if each is dateline or each in weekdays or _is_bracketed(caption, each)]
    other = [each for each in own if _is_of_the_picture(caption, each, weekdays.get(each), created, knows)]
    if other:
        yield _finding(photo, "field", other[0], created.isoformat())


def _against_dateline(
    photo: Photo, caption: str, dates: Sequence[WrittenDate], dateline: WrittenDate | None, knows: Knowledge
) -> Iterator[Finding]:
    """`CITY, ST - NOVEMBER 10: … on November 15, 2014 in City`: the only other date tells the day once more."""
    rest = [each for each in dates if each is not dateline]
    if not dateline or len(rest) != 1 or not _is_placed(caption, rest[0], knows):
        return
    days = rest[0].days(moments.created(photo) or _ANY_DAY)
    gaps = [abs(day - other) for day in days for other in dateline.days(day)]
    if gaps and timedelta() < min(gaps) <= _SAME_EVENT:
        yield _finding(photo, "dateline", rest[0], caption[dateline.start : dateline.end])


def _is_placed(caption: str, each: WrittenDate, knows: Knowledge) -> bool:
    on, place = (knows.all("date-created", key) for key in ("on", "place"))
    after = _PLACE.match(caption, each.end)
    return bool(after and after[1] in place) and caption[: each.start].rstrip().endswith(
        tuple(f" {word}" for word in on)
    )


def _dateline(caption: str, dates: Sequence[WrittenDate]) -> WrittenDate | None:
    first = dates[0]
    is_one = _DATELINE.fullmatch(caption, 0, first.start) and _DATELINE_END.match(caption, first.end)
    return first if is_one and not first.is_numeric else None


def _is_bracketed(caption: str, each: WrittenDate) -> bool:
    """`(13/9/2023)`, as Indonesian captions end."""
    around = caption[max(0, each.start - 1) : each.start] + caption[each.end : each.end + 1]
    return each.is_numeric and each.is_certain and around in ("()", "（）")


def _is_of_the_picture(
    caption: str, each: WrittenDate, weekday: WrittenWeekday | None, created: date, knows: Knowledge
) -> bool:
    """Not one long gone, and not one that words such as `since` or `scheduled for` put elsewhere."""
    days = _days(each, weekday, created)
    if not days or all(day < created - _HISTORY for day in days):
        return False
    start = min(each.start, weekday.start) if weekday else each.start
    lead = _STOP.split(caption[max(0, start - _LEAD) : start])[-1].casefold()
    languages = weekday.languages if weekday else (knows.language(caption),)
    return not any(_puts_elsewhere(lead, language, knows) for language in languages)


def _days(each: WrittenDate, weekday: WrittenWeekday | None, created: date) -> tuple[date, ...]:
    return each.days(created, weekday.orders if weekday else frozenset())


def _puts_elsewhere(lead: str, language: str, knows: Knowledge) -> bool:
    before, anywhere = (knows.of(language, "date-created", key) for key in ("before", "elsewhere"))
    return any(_ends(lead.rstrip(" (\u00a0"), word) for word in before) or any(_holds(lead, word) for word in anywhere)


def _ends(lead: str, word: str) -> bool:
    return lead.endswith(word) and not lead[: -len(word)][-1:].isalnum()


def _holds(lead: str, word: str) -> bool:
    """As a word of its own; scripts without spaces have none."""
    is_spaceless = "\u3040" <= word[0] < "\ua000"
    return word in lead and (is_spaceless or bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", lead)))


def _finding(photo: Photo, case: str, written: WrittenDate, other: str) -> Finding:
    date_text = photo.values.text("caption")[written.start : written.end]
    message = _(_TOLD[case]).format(name=photo.path.name, date=date_text, other=other)
    return Finding(photo.path, "date-created", Severity.WARNING, "caption", message, written.start, written.end)
