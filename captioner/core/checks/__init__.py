"""CHECKS: photos → findings, one small module each. The table is loaded when it is asked for: a window shows sooner."""

from typing import TYPE_CHECKING, Any

from captioner.core.checks.finding import Finding, Severity
from captioner.core.checks.knowledge import OFF, Knowledge

if TYPE_CHECKING:
    from captioner.core.checks.table import ACROSS, CHECKS, Check, Judged, find, graded, judge, prepare

__all__ = [
    "ACROSS", "CHECKS", "OFF", "Check", "Finding", "Judged", "Knowledge", "Severity", "find", "graded", "judge",
    "prepare",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """For what stands in the table (PEP 562)."""
    if name not in __all__:
        raise AttributeError(name)
    from captioner.core.checks import table

    return getattr(table, name)
