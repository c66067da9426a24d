"""What an export wrote."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from captioner.export.exported import Corrects, Exported
from captioner.export.plan import Refused

NEVER = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True)
class Receipt:
    destination: Path
    manifest: Path | None
    photos: tuple[Exported, ...]
    refused: tuple[Refused, ...] = ()
    headline: str = ""
    recipe: str = ""
    when: datetime = NEVER
    csv_bom: bool = False
    restricted: tuple[Refused, ...] = ()
    override: str = ""
    """Why the restricted photos went out."""
    version: int = 1
    set_name: str = ""
    """Under which the journal keeps the set: its folder, or its files."""
    corrects: Corrects | None = None
    """The earlier export, where these are corrections."""
    notes: tuple[str, ...] = ()
    """Sentences that the person should know, though everything went out."""
    recipe_file: Path | None = None
    """Where the recipe was named by its file."""

    @property
    def base(self) -> Path:
        """Where the whole set went: corrections of an archive lie beside it."""
        return self.corrects.destination if self.corrects else self.destination
