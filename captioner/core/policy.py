"""The settings that decide what is read, and what is written where."""

from dataclasses import dataclass

AS_WRITTEN = "as-written"
"""The published credit in no house style."""

CHOICES = {
    "exif_artist": ("auto", "creator", "credit"),
    "iim_lengths": ("full", "strict"),
    "write_blocks": ("all", "present"),
    "sidecar_naming": ("NAME.xmp", "NAME.EXT.xmp"),
    "save_to": ("photo", "sidecar", "export"),
}
"""What each may be, the default first; `iim_charset` is any code page that Python knows."""


@dataclass(frozen=True)
class Policy:
    exif_artist: str = "auto"
    """Whom Artist names: auto (the creators, and the credit while there are none), creator, or credit."""
    iim_charset: str = "cp1252"
    """The code page of IIM and EXIF text that declares none and is no UTF-8."""
    iim_lengths: str = "full"
    """Whether IIM gets the whole value, or what fits its limits (strict)."""
    write_blocks: str = "all"
    """Whether IIM and EXIF are made where a photo has none, or only changed where present. XMP is always written."""
    sidecar_naming: str = "NAME.xmp"
    """What a new sidecar is called."""
    save_to: str = "photo"
    """photo; sidecar, so that no photo is written; or export: edits stay drafts and go into exported copies."""
