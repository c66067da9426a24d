from captioner.core.photo import CROPPED, GPS, MIRRORED
from tests.core.checks.judged import found, photo


def test_a_position_is_told_quietly_and_belongs_to_no_field():
    [finding] = found("gps", photo("a.jpg", frozenset({GPS, MIRRORED})))
    assert (finding.severity, finding.field) == ("info", "")


def test_a_photo_without_one_has_nothing_to_tell():
    assert found("gps", photo("a.jpg", frozenset({MIRRORED, CROPPED}), caption="GPS 6.2 S, 106.8 E")) == []
