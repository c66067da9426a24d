"""What a check reports."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    path: Path
    check: str
    severity: Severity
    field: str
    """Its key; "" where it concerns the photo itself."""
    message: str
    start: int = 0
    end: int = 0
    """Characters of the field's text, end excluded; both 0 where it concerns the whole field."""
    fix: str | None = None
    """The field's whole text as it should be, where the check is sure."""

    @property
    def is_problem(self) -> bool:
        return self.severity is not Severity.INFO
