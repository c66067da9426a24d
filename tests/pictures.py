"""Pictures for tests, drawn here."""

from pathlib import Path

import piexif
from PIL import Image, ImageDraw

CAMERA = {
    "0th": {piexif.ImageIFD.Make: b"Kestrel", piexif.ImageIFD.Model: b"K-1"},
    "Exif": {piexif.ExifIFD.DateTimeOriginal: b"2023:09:13 14:05:00", piexif.ExifIFD.MakerNote: b"note" * 20},
}


def draw(path: Path, number: int = 1, size: tuple[int, int] = (96, 64), **options: object) -> Path:
    """One picture, different for each number; the format is that of the name."""
    image = Image.new("RGB", size, (37 * number % 256, 91 * number % 256, 200))
    ImageDraw.Draw(image).text((8, 8), str(number), fill="white")
    image.save(path, **options)
    return path


def camera(path: Path, number: int = 1) -> Path:
    """A JPEG with EXIF as from a camera, maker note and thumbnail included."""
    thumbnail = draw(path.with_name(f"thumbnail-of-{path.name}"), number, (32, 24))
    held = CAMERA | {"1st": {piexif.ImageIFD.Compression: 6}, "thumbnail": thumbnail.read_bytes()}
    thumbnail.unlink()
    return draw(path, number, exif=piexif.dump(held))


def seven(folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    return [draw(folder / f"photo-{number}.jpg", number) for number in range(1, 8)]
