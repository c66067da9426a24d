"""What of the findings a person wants to see: checks that are off or weigh otherwise, findings that were dismissed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from captioner.core.checks import Finding, Severity
from captioner.core.fields import FIELDS, Value
from captioner.core.photo import Photo

OFF = "off"
WEIGHTS = (OFF, *Severity)
"""What a person can make of a check; none of them leaves it to the check."""

_RANK = {key: row for row, key in enumerate(FIELDS)}


@dataclass(frozen=True)
class Attention:
    weights: Mapping[str, str] = field(default_factory=dict[str, str])
    """One of WEIGHTS by check."""
    dismissed: frozenset[tuple[Finding, Value]] = frozenset()
    """Each with the value that it was dismissed for: of another value it is reported again."""

    @property
    def doubtful(self) -> set[Path]:
        """Photos of which findings were dismissed: another value may bring them back."""
        return {finding.path for finding, _value in self.dismissed}

    def of(self, photo: Photo, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Those of one photo, field by field as the form has them."""
        weighed = (self._weighed(each) for each in findings if self._is_wanted(photo, each))
        return tuple(sorted(weighed, key=lambda each: (_RANK.get(each.field, -1), each.start)))

    def without(self, finding: Finding, value: Value) -> "Attention":
        return replace(self, dismissed=self.dismissed | {(_bare(finding), value)})

    def again(self, finding: Finding, value: Value) -> "Attention":
        return replace(self, dismissed=self.dismissed - {(_bare(finding), value)})

    def weighing(self, weights: Mapping[str, str]) -> "Attention":
        return replace(self, weights=dict(weights))

    def _is_wanted(self, photo: Photo, finding: Finding) -> bool:
        if self.weights.get(finding.check) == OFF:
            return False
        return not self.dismissed or (_bare(finding), value_of(photo, finding)) not in self.dismissed

    def _weighed(self, finding: Finding) -> Finding:
        weight = self.weights.get(finding.check)
        return replace(finding, severity=Severity(weight)) if weight else finding


def value_of(photo: Photo, finding: Finding) -> Value:
    """Of the field that it is about; some are of the photo as a whole."""
    return photo.values[finding.field] if finding.field in FIELDS else ""


def _bare(finding: Finding) -> Finding:
    """However it weighs."""
    return replace(finding, severity=Severity.INFO)
