from pathlib import Path

import pytest

from captioner.core.caption import Values
from captioner.core.history import Edit
from captioner.core.photo import Photo, Stamp
from captioner.core.photo_set import PhotoSet

STAMP = Stamp(1, 1, "")


def photo(name: str, **values) -> Photo:
    return Photo(Path(name), Values(values), Values(values), STAMP)


@pytest.fixture
def photos() -> PhotoSet:
    """Four photos, the last one with a caption and a credit."""
    made = PhotoSet("set")
    made.add([photo("a.jpg"), photo("b.jpg"), photo("c.jpg"), photo("d.jpg", caption="Old", credit="Ann/AP")])
    return made


def state(photos: PhotoSet):
    return photos.order, photos.headline, {path: (photos[path].values, photos[path].unsaved) for path in photos.order}


@pytest.fixture
def do(photos):
    """Applies an edit, and undoes and redoes it on the way: every edit has to survive that."""

    def apply(edit: Edit) -> None:
        before = state(photos)
        photos.apply(edit)
        after = state(photos)
        if edit:
            photos.undo()
            assert state(photos) == before
            photos.redo()
        assert state(photos) == after

    return apply
