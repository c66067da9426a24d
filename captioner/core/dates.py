"""Dates as the blocks write them: XMP in ISO 8601, IIM as two datasets, EXIF as three tags."""

import calendar
import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple, Self

_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?P<fraction>\.\d+)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?)?)?"
)
"""Its groups are the parts of a Moment, in their order."""
_EXIF = re.compile(r"(\d{4}):(\d\d):(\d\d)(?: (\d\d:\d\d:\d\d))?[ :]*")
_EXIF_ZONE = re.compile(r"[+-]\d\d:\d\d|Z")
_IIM_DATE, _IIM_CLOCK, _IIM_ZONED = re.compile(r"\d{8}"), re.compile(r"\d{6}"), re.compile(r"\d{6}[+-]\d{4}")
_SHORTEST_MONTH = 28


class Moment(NamedTuple):
    """A date that may lack its day, month, time or zone; what is not known stays unknown."""

    year: str
    month: str = ""
    day: str = ""
    time: str = ""
    fraction: str = ""
    zone: str = ""

    def __str__(self) -> str:
        date = "-".join(filter(None, (self.year, self.month, self.day)))
        return f"{date}T{self.time}{self.fraction}{self.zone}" if self.time else date

    @property
    def iim(self) -> tuple[str, str]:
        """2:55 and 2:60 (IIM 4.2); an unknown zone is left out rather than invented."""
        time = self.time.replace(":", "") and self.time.replace(":", "").ljust(6, "0")
        zone = "+0000" if self.zone == "Z" else self.zone.replace(":", "")
        return f"{self.year}{self.month or '00'}{self.day or '00'}", time and time + zone

    @property
    def exif(self) -> tuple[str, str, str]:
        """DateTimeOriginal, OffsetTimeOriginal, SubSecTimeOriginal; unknown parts are blanks (Exif 2.32, 4.6.5)."""
        time = self.time or "  :  :  "
        time = time if len(time) == 8 else f"{time}:00"
        zone = "+00:00" if self.zone == "Z" else self.zone
        return f"{self.year}:{self.month or '  '}:{self.day or '  '} {time}", zone, self.fraction.lstrip(".")

    @property
    def sortable(self) -> str:
        """A text that sorts as time passes; where the zone is known, in UTC."""
        plain = f"{self.year}-{self.month or '01'}-{self.day or '01'}T{(self.time or '00:00:00').ljust(8, '0')[:8]}"
        clock = plain[:16] + ":00" if len(self.time) == 5 else plain
        shift = timedelta(minutes=_minutes(self.zone)) if self.zone and self.time else timedelta()
        try:
            return (datetime.fromisoformat(clock.replace(":60", ":59")) - shift).isoformat() + self.fraction
        except (ValueError, OverflowError):
            return clock

    def covers(self, other: Self) -> bool:
        """Whether the other says the same, though perhaps less exactly."""
        mine, theirs = str(self.without_zone()), str(other.without_zone())
        zones_agree = not (self.zone and other.zone) or _minutes(self.zone) == _minutes(other.zone)
        return mine.startswith(theirs) and zones_agree

    def without_zone(self) -> "Moment":
        time = self.time if len(self.time) != 5 else f"{self.time}:00"
        return Moment(self.year, self.month, self.day, time)


@lru_cache(maxsize=256)
def parse(text: str) -> Moment | None:
    """ISO 8601 as XMP has it, or EXIF's form; None for what is no date of the calendar."""
    text = text.strip()
    if match := _ISO.fullmatch(text):
        return _valid(Moment(*match.groups("")))
    if match := _EXIF.fullmatch(text):
        return _valid(Moment(*match.groups("")))
    return None


def from_iim(date: str, time: str) -> Moment | None:
    if not _IIM_DATE.fullmatch(date):
        return None
    month, day = (part if part != "00" else "" for part in (date[4:6], date[6:8]))
    zone = f"{time[6:9]}:{time[9:11]}" if _IIM_ZONED.fullmatch(time) else ""
    clock = f"{time[:2]}:{time[2:4]}:{time[4:6]}" if _IIM_CLOCK.match(time) else ""
    return _valid(Moment(date[:4], month, day, time=clock, zone=zone))


def from_exif(date: str, offset: str, fraction: str) -> Moment | None:
    moment = parse(date)
    if not moment or not moment.time:
        return moment
    zone, digits = offset.strip(), fraction.strip()
    return moment._replace(fraction=f".{digits}" if digits.isdigit() else "",
                           zone=zone if _EXIF_ZONE.fullmatch(zone) else "")  # fmt: skip


def _valid(moment: Moment) -> Moment | None:
    year, month, day = int(moment.year or 1), int(moment.month or 1), int(moment.day or 1)
    is_month = bool(year) and 1 <= month <= 12
    if not (is_month and day and (day <= _SHORTEST_MONTH or day <= calendar.monthrange(year, month)[1])):
        return None
    clock = [int(part) for part in moment.time.split(":")] if moment.time else [0]
    return moment if all(n <= limit for n, limit in zip(clock, (23, 59, 60), strict=False)) else None


def _minutes(zone: str) -> int:
    digits = zone.replace(":", "")
    return 0 if zone == "Z" else int(digits[0] + "1") * (int(digits[1:3]) * 60 + int(digits[3:5]))
