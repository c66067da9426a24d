"""What a person is told of a photo that can't be read or written, and what to do."""

from pathlib import Path

from captioner.errors import CaptionerError, reason
from captioner.i18n import N_, _
from captioner.storage.blocks import BlockDamaged, BlockFull

EXIF_LEFT = {
    "full": N_("{name}: its EXIF block is full and stays as it was; IPTC and XMP hold the new values."),
    "damaged": N_("{name}: its EXIF block is damaged and stays as it was; IPTC and XMP hold the new values."),
}


def empty(path: Path) -> str:
    return _("{name} is empty; get the photo again from its sender.").format(name=path.name)


def no_picture(path: Path) -> str:
    return _("{name} is not a picture, although its name says so; open it in a text editor to see what it is.").format(
        name=path.name)  # fmt: skip


def no_room(path: Path, kind: str) -> str:
    return _("{name} is a {format} file, which can't hold captions itself; export it as JPEG from the program it comes "
             "from.").format(name=path.name, format=kind)  # fmt: skip


def not_originals(path: Path) -> str:
    return _("{name} was not written: the settings keep originals as they are (save_to); its values are kept as drafts "
             "and go into exported copies.").format(name=path.name)  # fmt: skip


def signed(path: Path) -> str:
    return _("{name} carries Content Credentials (C2PA), whose signature any change breaks; it was not written. Agree "
             "to break the signature, or save to a sidecar.").format(name=path.name)  # fmt: skip


def cut_short(path: Path) -> CaptionerError:
    return CaptionerError(
        _("{name} is cut short: the end of its picture is missing; get the photo again from its sender.").format(
            name=path.name), path)  # fmt: skip


class named:  # noqa: N801 - reads as a statement
    """Turns what goes wrong with a file into a sentence that names it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None:
            return
        name = self.path.name
        match error:
            case CaptionerError() if error.path is None:
                raise CaptionerError(f"{name}: {error}", self.path) from error
            case BlockDamaged():
                told = _("{name} is damaged: its {block} can't be followed, so nothing was changed; get the photo "
                         "again from its sender.")  # fmt: skip
                raise CaptionerError(told.format(name=name, block=str(error) or _("metadata")), self.path) from error
            case BlockFull():
                raise CaptionerError(
                    _("{name} has no room for these values in its metadata; shorten them.").format(name=name),
                    self.path) from error  # fmt: skip
            case FileNotFoundError():
                raise CaptionerError(
                    _("{name} is not there; check its name and the folder.").format(name=name), self.path
                ) from error
            case OSError():
                raise CaptionerError(
                    _("{name} can't be read ({reason}); check its permissions.").format(
                        name=name, reason=reason(error)), self.path) from error  # fmt: skip
            case _:
                pass
