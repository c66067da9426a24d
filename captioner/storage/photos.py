"""One photo on the disk: read, save."""

import marshal
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

from captioner.core.caption import Values
from captioner.core.fields import FIELDS, Value, refuse_control_characters
from captioner.core.merge import Merged, OnConflict, merge
from captioner.core.photo import Photo, Stamp
from captioner.core.policy import Policy
from captioner.errors import CaptionerError
from captioner.i18n import _
from captioner.storage import files, metadata, proof, sentences, sidecars
from captioner.storage.blocks import BlockDamaged
from captioner.storage.file_bytes import File, Octets, Part, Source
from captioner.storage.formats import Blocks, Format
from captioner.storage.formats.detection import Kind, kind_of
from captioner.storage.metadata import Reading, Rewritten
from captioner.storage.outcome import Conflict, Saved, Signed
from captioner.storage.picture_size import size_of
from captioner.storage.sentences import named

HOLDERS = {"JPEG": ".jpg", "PNG": ".png", "TIFF": ".tif", "WebP": ".webp"}
"""The formats that hold captions themselves, and what their files are called."""
_PIECE = 1 << 20
_WITHOUT_REFERENCES = 2
"""The version of marshal's octets that are the same for what is equal; they never outlive this program."""


@dataclass(frozen=True)
class _File:
    """A photo as it lies on the disk now."""

    path: Path
    data: File
    kind: Kind
    blocks: Blocks
    sidecar_path: Path | None
    sidecar: bytes | None
    reading: Reading
    target: Format | None
    """None where the photo itself is not to be written."""


def read_photo(path: Path, policy: Policy) -> Photo:
    """The photo with its values; raises CaptionerError where the file can't be read as a picture."""
    return read_blocks(path, policy)[0]


def read_blocks(path: Path, policy: Policy) -> tuple[Photo, Reading]:
    """The photo, and what each block holds."""
    with named(path), path.open("rb", buffering=0) as file:
        data = files.Lazy(file)
        held = _file(path, data, policy)
        photo = _photo(held, data.status, policy)
        is_whole = held.target is None or held.target.is_whole(held.data)
        return photo if is_whole else photo._replace(trouble=str(sentences.cut_short(path))), held.reading


def save_photo(
    photo: Photo, policy: Policy, on_conflict: OnConflict = OnConflict.MERGE, break_signature: bool = False
) -> Saved:
    """Writes what changed into the file; raises CaptionerError."""
    return save_values(photo, photo.ready, policy, on_conflict, break_signature)


def save_values(
    photo: Photo, changes: Mapping[str, Value], policy: Policy, on_conflict: OnConflict = OnConflict.MERGE,
    break_signature: bool = False,
) -> Saved:  # fmt: skip
    """Writes these fields to every block, also where a value is only missing in some of them.

    Where another program changed the file since it was read, each field is merged; what both changed is not written
    and comes back as contested, unless `on_conflict` says otherwise.
    """
    path = photo.path
    if policy.save_to == "export":
        raise CaptionerError(sentences.not_originals(path), path)
    with named(path), path.open("rb", buffering=0) as file:
        held = _file(path, files.Lazy(file), policy)
        merged = _merged(photo, held, changes, on_conflict)
        if merged.changes and held.target and held.blocks.is_signed and not break_signature:
            raise Signed(sentences.signed(path), path)
        fresh, notes = _written(held, os.fstat(file.fileno()), merged.changes, policy)
    is_asked = on_conflict is OnConflict.MERGE
    values = fresh.saved.updated({key: changes[key] for key in merged.contested}) if is_asked else fresh.saved
    saved = fresh._replace(values=values, contested=merged.contested if is_asked else frozenset[str]())
    beside = None if held.target else sidecars.find(path)
    return Saved(saved, notes, frozenset(merged.changes), beside)


def captioned(data: bytes, values: Mapping[str, Value], path: Path, policy: Policy) -> bytes:
    """The picture's bytes with these values in every block, and no others; `path` is what errors name."""
    with named(path):
        inside = _inside(path, Octets(data), policy)
        if inside.target is None:
            raise CaptionerError(sentences.no_room(path, inside.kind.name), path)
        gone = {key: FIELDS[key].empty for key in inside.reading.values if not values.get(key)}
        new = _rewritten(inside, {**gone, **values}, policy)[0]
        return data if new is None else bytes(new)


def read_values(data: bytes, path: Path, policy: Policy) -> Values:
    """What a photo of these bytes holds together with what lies beside it; raises CaptionerError."""
    with named(path):
        held = _file(path, Octets(data), policy)
        if held.target and not held.target.is_whole(held.data):
            raise sentences.cut_short(path)
        return held.reading.values


def held_values(data: bytes, path: Path, policy: Policy) -> Values:
    """What the bytes themselves hold; `path` is what errors name."""
    with named(path):
        return _inside(path, Octets(data), policy).reading.values


def stored_picture(path: Path) -> str:
    """The digest of the picture in a file as it is now; raises OSError."""
    with path.open("rb", buffering=0) as file:
        return picture_digest(files.Lazy(file), path)


def picture_digest(data: File, path: Path) -> str:
    """Of the picture alone, which no caption touches; of the whole file where its format can't tell them apart."""
    digest = sha256()
    for part in _picture(data, path.suffix.lower()):
        for at in range(0, len(part), _PIECE):
            digest.update(part[at : at + _PIECE])
    return digest.hexdigest()


def _picture(data: File, suffix: str) -> Sequence[Part]:
    try:
        kind = kind_of(data, suffix)
        return kind.writer.picture(data) if kind and kind.writer else [data.view(0)]
    except BlockDamaged:
        return [data.view(0)]


def _file(path: Path, data: File, policy: Policy) -> _File:
    kind = known_kind(path, data)
    blocks = kind.blocks(data)
    target = kind.writer if policy.save_to != "sidecar" else None
    beside = sidecars.find(path)
    sidecar = sidecars.read(beside) if beside else None
    reading = metadata.read(blocks, policy, sidecar, target is not None)
    return _File(path, data, kind, blocks, beside, sidecar, reading, target)


def _inside(path: Path, data: Octets, policy: Policy) -> _File:
    """Without what lies beside it."""
    kind = known_kind(path, data)
    blocks = kind.blocks(data)
    return _File(path, data, kind, blocks, None, None, metadata.read(blocks, policy), kind.writer)


def _merged(photo: Photo, held: _File, changes: Mapping[str, Value], on_conflict: OnConflict) -> Merged:
    if not photo.stamp or photo.stamp.digest == _digest(held.reading):
        return Merged(dict(changes), frozenset())
    if on_conflict is OnConflict.FAIL:
        raise Conflict(_("{name} was changed by another program since it was read; nothing was written. "
                         "Look at its values and save again.").format(name=photo.path.name), photo.path)  # fmt: skip
    return merge(photo.saved, held.reading.values, changes, on_conflict)


def _written(
    held: _File, status: os.stat_result, changes: Mapping[str, Value], policy: Policy
) -> tuple[Photo, tuple[str, ...]]:
    """The photo first: where its sidecar can't follow, that goes on telling the old values."""
    new, after, done = _rewritten(held, changes, policy)
    status = files.replace(held.path, new, status) if new is not None else status
    if done.sidecar != held.sidecar:
        _write_sidecar(held, done, policy)
    note = _(sentences.EXIF_LEFT[done.exif_left]).format(name=held.path.name) if done.exif_left else ""
    return _photo(after, status, policy), (note,) if note else ()


def _rewritten(
    held: _File, changes: Mapping[str, Value], policy: Policy
) -> tuple[Octets | None, _File, Rewritten]:  # fmt: skip
    """The new bytes, proven, or None where they are the old ones; the file as it will be, and what was done to it."""
    for key, value in changes.items():
        for text in (value,) if isinstance(value, str) else value:
            refuse_control_characters(FIELDS[key], text)
    target = held.target
    done = metadata.rewrite(held.blocks, held.sidecar, held.reading, changes, policy, target, target is None)
    if target is None or done.blocks == held.blocks:
        reading = metadata.read(held.blocks, policy, done.sidecar, target is not None)
        return None, replace(held, sidecar=done.sidecar, reading=reading), done
    if not target.is_whole(held.data):
        raise sentences.cut_short(held.path)
    new = target.spliced(held.data, held.blocks, done.blocks)
    proof.check_kind(kind_of(new, held.path.suffix.lower()) is held.kind)
    blocks = target.blocks(new)
    reading = metadata.read(blocks, policy, done.sidecar)
    after = replace(held, data=new, blocks=blocks, sidecar=done.sidecar, reading=reading)
    proof.check(target, (held.data, held.blocks, held.reading), (new, blocks, reading), changes, done, policy)
    return new, after, done


def _write_sidecar(held: _File, done: Rewritten, policy: Policy) -> None:
    path = held.sidecar_path or sidecars.new(held.path, policy.sidecar_naming)
    if done.sidecar is None:
        files.remove(path)
        return
    proof.check_sidecar(held.sidecar, done.sidecar, done.touched.sidecar)
    if held.sidecar_path:
        files.replace(path, Octets(done.sidecar))
    else:
        files.create(path, Octets(done.sidecar))


def known_kind(path: Path, data: Source) -> Kind:
    """Raises CaptionerError for a file that is no picture, whatever its name says."""
    if not len(data):
        raise CaptionerError(sentences.empty(path), path)
    kind = kind_of(data, path.suffix.lower())
    if kind is None:
        raise CaptionerError(sentences.no_picture(path), path)
    return kind


def _photo(held: _File, status: os.stat_result, policy: Policy) -> Photo:
    values = held.reading.values
    stamp = Stamp(status.st_size, status.st_mtime_ns, _digest(held.reading))
    is_signed = held.blocks.is_signed and held.target is not None
    beside = "" if held.target else (held.sidecar_path or sidecars.new(held.path, policy.sidecar_naming)).name
    return Photo(held.path, values, values, stamp, choices=held.reading.choices, is_signed=is_signed,
                 format=held.kind.name, sidecar=beside, facts=_facts(held))  # fmt: skip


def _facts(held: _File) -> frozenset[str]:
    return metadata.facts(held.blocks, held.reading.held, lambda: size_of(held.kind, held.data), held.sidecar)


def _digest(reading: Reading) -> str:
    """Of all that the blocks say: a file that was merely touched is still the one that was read."""
    held = reading.held
    every: Any = (held.exif, held.iim, held.xmp, held.sidecar)
    return blake2b(marshal.dumps(every, _WITHOUT_REFERENCES), digest_size=16).hexdigest()
