"""A file → a picture for the screen: upright, in sRGB, no larger than asked. Any thread may do it.

Qt looks for the right reader under a lock of its own, which the GUI thread holds too, as it loads an icon; there it may
have to wait for Python's lock. So no other thread may hold Python's lock as it asks Qt for a reader, nor need it in
there: of Qt's readers only `read` on a file is called here, which lets go of it, and small JPEGs go through Pillow.
"""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QTransform

from captioner.storage import embedded

_SIGNATURES = (
    (0, b"\xff\xd8", b"jpeg"), (0, b"\x89PNG", b"png"), (8, b"WEBP", b"webp"), (0, b"GIF8", b"gif"),
    (0, b"II*\0", b"tiff"), (0, b"MM\0*", b"tiff"), (0, b"II+\0", b"tiff"), (0, b"MM\0+", b"tiff"), (0, b"BM", b"bmp"),
)  # fmt: skip
_KNOWN_BY_SIGNATURE = {b"jpg", b"jpeg", b"png", b"webp", b"gif", b"tif", b"tiff", b"bmp", b"svg", b"svgz"}
_TURNED = {3: (180, False), 6: (90, False), 8: (270, False), 2: (0, True), 4: (180, True), 5: (90, True),
           7: (270, True)}  # fmt: skip
"""By EXIF's orientation: degrees clockwise, and whether it is mirrored first."""


def decoded(path: Path, edge: int) -> QImage:
    """A null image for what nothing here can read."""
    kind, size = _format(path), _stored_size(path)
    reader = QImageReader(str(path), kind)
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    if max(size.width(), size.height()) > edge:
        reader.setScaledSize(size.scaled(QSize(edge, edge), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read() if kind else QImage()
    if image.isNull():
        image = _by_others(path, edge)
    if max(image.width(), image.height()) > edge:
        image = image.scaled(edge, edge, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return _in_srgb(image)


def natural_size(path: Path, shown: QImage) -> QSize:
    """Of the whole picture, upright as it is shown; that of the shown one where the file doesn't tell."""
    size = _stored_size(path)
    if size.isEmpty():
        return shown.size()
    is_turned = (size.width() > size.height()) != (shown.width() > shown.height())
    return size.transposed() if is_turned else size


def _stored_size(path: Path) -> QSize:
    from captioner.storage.picture_size import stored_size  # what the cache holds is shown faster without

    return QSize(*stored_size(path))


def camera_thumbnail(path: Path) -> QImage:
    """The small picture in EXIF, a hundred times sooner there than the real one; null where there is none."""
    found = embedded.thumbnail(path)
    if not found:
        return QImage()
    data, orientation = found
    image, (degrees, is_mirrored) = from_jpeg(data), _TURNED.get(orientation, (0, False))
    turn = QTransform().rotate(degrees)
    return image.transformed(turn.scale(-1, 1) if is_mirrored else turn)


def from_jpeg(data: bytes) -> QImage:
    found = embedded.from_jpeg(data)
    return QImage(found[1], *found[0], 3 * found[0][0], QImage.Format.Format_RGB888).copy() if found else QImage()


def to_jpeg(image: QImage) -> bytes:
    """Empty for what JPEG can't hold."""
    if image.isNull() or image.hasAlphaChannel():
        return b""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    return embedded.to_jpeg((plain.width(), plain.height()), bytes(plain.constBits()), plain.bytesPerLine())


def _format(path: Path) -> bytes:
    """What its first bytes tell, else its suffix; "" for no picture."""
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError:
        return b""
    named = path.suffix[1:].lower().encode("ascii", "ignore")
    found = next((kind for at, signature, kind in _SIGNATURES if start.startswith(signature, at)), b"")
    return found or (b"" if named in _KNOWN_BY_SIGNATURE else named)


def _by_others(path: Path, edge: int) -> QImage:
    """Raw files, HEIC and AVIF, and what else Pillow reads."""
    found = embedded.opened(path, edge)
    if not found:
        return QImage()
    size, pixels, profile = found
    image = QImage(pixels, *size, 3 * size[0], QImage.Format.Format_RGB888).copy()
    if profile:
        image.setColorSpace(QColorSpace.fromIccProfile(QByteArray(profile)))
    return image


def _in_srgb(image: QImage) -> QImage:
    if not image.isNull() and image.colorSpace().isValid():
        image.convertToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    return image
