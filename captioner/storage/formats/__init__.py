"""Where the metadata blocks lie in a picture file; everything else is copied."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Blocks:
    """The bytes of each block without the format's wrapping; None where the file has no such block."""

    exif: bytes | None = None
    """A TIFF stream, from its byte order mark on."""
    resources: bytes | None = None
    """Photoshop image resources; IIM is one of them."""
    xmp: bytes | None = None
    """The packet with its processing instructions."""
    extended_xmp: bytes | None = None
    """What did not fit the packet (XMP part 3, 1.1.3.1), joined."""
    more_xmp: tuple[bytes, ...] = ()
    """Further packets, which a file shouldn't have, but which some readers take."""


SIGNATURES = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\xff\x0a", "JPEG XL"),
)

_BRANDS = {b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIF", b"avif": "AVIF", b"crx ": "CR3"}


def format_of(head: bytes) -> str:
    """The format that a file's first bytes tell, whatever its name says; "" for none that is known."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "HEIF")
    return next((name for signature, name in SIGNATURES if head.startswith(signature)), "")
