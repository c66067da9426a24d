"""What a recipe asks of the pictures."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rendition:
    """One picture that a recipe wants of each photo."""

    folder: str = ""
    """Below the destination."""
    format: str = "original"
    """`original`, which is the file's own bytes, `jpeg` or `webp`."""
    long_edge: int = 0
    """Pixels; 0 for as large as the original."""
    quality: int = 85
    """1 to 100"""
    max_kb: int = 0
    """A file has at most that many thousand octets; 0 for no limit."""
    progressive: bool = True
    """Of JPEG alone."""
    sharpen: bool = False
    """For its size, when it was made smaller."""
