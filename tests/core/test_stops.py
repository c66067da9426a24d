from pathlib import Path

from captioner.core import stops
from captioner.core.caption import Values
from captioner.core.checks import Finding, Severity
from captioner.core.photo import Photo
from captioner.core.stops import Stop

PATH = Path("a.jpg")


def finding(field, start=0, severity=Severity.WARNING):
    return Finding(PATH, "placeholder", severity, field, "", start, start + 1)


FOUND = [finding("credit"), finding("caption", 5), finding("caption", 2), finding("caption", 0, Severity.INFO)]


def places(found):
    return [(stop.field, stop.start) for stop in found]


def test_a_photo_is_gone_through_as_the_form_is_read_and_notes_are_passed_by():
    assert places(stops.of(Photo(PATH), FOUND)) == [("caption", 2), ("caption", 5), ("credit", 0)]


def test_conflicts_and_trouble_are_stops_too():
    photo = Photo(PATH, Values({"credit": "A"}), Values({"credit": "B"}), trouble="a.jpg is cut off.",
                  contested=frozenset({"credit"}))  # fmt: skip
    assert places(stops.of(photo, [finding("caption")])) == [("", 0), ("caption", 0), ("credit", 0)]


def test_next_and_previous_start_from_the_stop_that_one_stands_at():
    every = stops.of(Photo(PATH), FOUND)
    assert places(stops.beyond(every, every[1], 1)) == [("credit", 0)]
    assert places(stops.beyond(every, every[1], -1)) == [("caption", 2)]


def test_next_and_previous_start_from_the_cursor():
    every, cursor = stops.of(Photo(PATH), FOUND), Stop(PATH, "caption", 4)
    assert places(stops.beyond(every, cursor, 1)) == [("caption", 5), ("credit", 0)]
    assert places(stops.beyond(every, cursor, -1)) == [("caption", 2)]


def test_where_nothing_is_stood_at_the_photo_is_begun():
    every = stops.of(Photo(PATH), FOUND)
    assert (stops.beyond(every, None, 1), stops.beyond(every, None, -1)) == (every, ())
