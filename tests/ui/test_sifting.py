from pathlib import Path

import pytest

from captioner.core import edits
from captioner.core.filters import Filter, Kind
from captioner.core.photo_set import PhotoSet
from captioner.ui.jobs import Jobs
from captioner.ui.judging import Judging
from captioner.ui.qt_photo_set import QtPhotoSet
from captioner.ui.sifting import Sifting
from tests.core.conftest import photo

MANY = 6_000


@pytest.fixture
def model(qapp):
    photos = PhotoSet("many")
    photos.add(
        [photo(f"{n:04}.jpg", caption=f"Photo {n} of the harbor", credit="Ann/AP" * (n % 2)) for n in range(MANY)]
    )
    made = QtPhotoSet()
    made.show_set(photos)
    return made


@pytest.fixture
def sifting(model):
    made = Sifting(model, Judging(Jobs(), {}))
    made.sifted.connect(model.hide)
    return made


def test_a_search_among_thousands_goes_on_in_slices(qtbot, model, sifting):
    with qtbot.waitSignal(sifting.sifted):
        sifting.sift(Filter(Kind.NO_CREDIT, "harbor"))
        assert len(model.shown) == MANY
    assert len(model.shown) == MANY / 2


def test_the_next_letter_takes_the_place_of_the_search_before(qtbot, model, sifting):
    told = []
    sifting.sifted.connect(told.append)
    sifting.sift(Filter(text="harbor"))
    sifting.sift(Filter(text="0042.jpg"))
    sifting.finish()
    assert ([path.name for path in model.shown], len(told)) == (["0042.jpg"], 1)


def test_what_changes_is_sifted_anew_alone_and_what_is_worked_on_stays(model, sifting):
    sifting.sift(Filter(Kind.NO_CREDIT))
    sifting.finish()
    paths = [Path("0000.jpg"), Path("0002.jpg")]
    model.photos.apply(edits.set_field(model.photos, paths, "credit", "Ben/AP"))
    assert (model.is_stale, len(model.shown)) == (True, MANY / 2)
    sifting.sift_anew(Filter(Kind.NO_CREDIT), paths[1:])
    assert (model.shown[0], len(model.shown)) == (paths[1], MANY / 2 - 1)
