"""Which days the date created may have been where the picture was made."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from captioner.core import dates
from captioner.core.photo import Photo

_DAY = timedelta(days=1)
_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)
_UTC = ("Z", "+00:00", "-00:00", "+0000")


def created(photo: Photo) -> date | None:
    """The day as the field has it; None where it tells no whole day."""
    found = _read(photo.values.text("date_created"))
    return found[0] if found else None


def local(photo: Photo) -> frozenset[date]:
    """A time in UTC is often one that a program converted, so it may have been the day before or after."""
    found = _read(photo.values.text("date_created"))
    return found[1] if found else frozenset()


def near(photo: Photo) -> frozenset[date]:
    """With a day's tolerance where the zone isn't known."""
    found = _read(photo.values.text("date_created"))
    return found[2] if found else frozenset()


@lru_cache(maxsize=1024)
def _read(text: str) -> tuple[date, frozenset[date], frozenset[date]] | None:
    moment = dates.parse(text) if text else None
    if not moment or not moment.day or not 1 < int(moment.year) < 9998:
        return None
    day = date(int(moment.year), int(moment.month), int(moment.day))
    if moment.zone and moment.zone not in _UTC:
        return day, frozenset([day]), frozenset([day])
    around = frozenset([day - _DAY, day, day + _DAY])
    if not moment.zone:
        return day, frozenset([day]), around
    clock = datetime.fromisoformat(f"{day}T{moment.time[:5]}")
    zoned = frozenset((clock + shift).date() for shift in (_WEST, timedelta(), _EAST))
    return day, zoned, zoned
