"""What a person is told when something can't be done."""

from pathlib import Path


class CaptionerError(Exception):
    """One sentence that says what happened and what to do; `path` is the photo or folder it is about."""

    def __init__(self, message: str, path: Path | str | None = None) -> None:
        super().__init__(message)
        self.path = Path(path) if path is not None else None

    def __reduce__(self) -> tuple[type["CaptionerError"], tuple[str, Path | None]]:
        """From one process to another it keeps its photo."""
        return type(self), (str(self), self.path)

    @property
    def sentence(self) -> str:
        """The message with the file's name in front, unless it names the file already."""
        name = self.path.name if self.path else ""
        message = str(self)
        return message if not name or name in message else f"{name}: {message}"


class UsageError(CaptionerError):
    """The command was asked for something that doesn't exist; exit code 2."""


def reason(error: OSError) -> str:
    """The system's own words for what went wrong, without numbers and paths."""
    return error.strerror or error.__class__.__name__
