"""Real files of every camera maker: what is asked for is written, and nothing else changes."""

import shutil
from pathlib import Path

import pytest

from captioner.core.policy import Policy
from captioner.storage import photos
from tests import seeds
from tests.fidelity import WANTED, WRITABLE, Trial, changed, changed_groups, lost_groups, properties, save, tags, tried

EXPLAINED = {
    ("30-type_error.jpg", "ExifIFD"): "its pointer to the Exif IFD had a wrong type and is mended by the new one",
    ("30-type_error.jpg", "IFD0/Exif"): "the same",
    ("30-type_error.jpg", "ExifTool"): "the warning about that pointer is gone",
    ("AFCP.jpg", "ExifTool"): "its trailer counts from the start of the file; readers find it all the same",
    ("ExifTool.jpg", "MPImage2"): "the offset to the second picture moves with what stands before it",
    ("ExifTool.jpg", "ExifTool"): "the warning that its digest is not current is gone: it is current now",
    ("IPTC.jpg", "ExifTool"): "the same",
    (
        "corrupted.jpg",
        "Olympus",
    ): "ExifTool looks for the preview behind the picture, where its maker note no longer leads",
}
UNDONE = EXPLAINED.keys() - {("AFCP.jpg", "ExifTool")}
SIDECARS = {("XMP2.xmp", "XMP-dc"): "rdf:nodeID, which XMP forbids, is not followed"}
REFUSED: set[str] = set()
"""Real files that are not written, each with its reason in a comment."""


def of_kind(corpus: Path, is_wanted) -> list[Path]:
    found = sorted(path for path in corpus.rglob("*") if path.is_file() and is_wanted(path.suffix.lower()))
    assert found
    return found


def test_every_real_file_takes_all_fields_and_loses_nothing(corpus, tmp_path):
    originals = of_kind(corpus, WRITABLE.__contains__)
    every = {path: tried(path, tmp_path / str(number), path.name) for number, path in enumerate(originals)}
    trials = [each for each in every.values() if isinstance(each, Trial)]
    assert {path.name for path, each in every.items() if not isinstance(each, Trial)} == REFUSED
    assert {each.original.name: (each.notes, each.wrong) for each in trials if each.notes or each.wrong} == {}
    written, undone = changed(trials)
    assert written == set(EXPLAINED)
    assert undone == UNDONE


def test_saving_the_same_values_again_changes_no_octet(corpus, tmp_path):
    for number, original in enumerate(of_kind(corpus, WRITABLE.__contains__)[::8]):
        copy = Path(shutil.copyfile(original, tmp_path / f"{number}{original.suffix}"))
        save(copy, WANTED)
        once = copy.read_bytes()
        save(copy, WANTED)
        assert copy.read_bytes() == once, original.name


def test_what_is_never_written_gets_a_sidecar_and_stays(corpus, tmp_path):
    for number, original in enumerate(of_kind(corpus, lambda suffix: suffix not in (*WRITABLE, ".xmp"))):
        copy = Path(shutil.copyfile(original, tmp_path / f"{number}{original.suffix}"))
        saved = save(copy, WANTED)
        assert copy.read_bytes() == original.read_bytes(), original.name
        assert dict(photos.read_photo(copy, Policy()).values) == WANTED, original.name
        assert saved.sidecar == copy.with_suffix(".xmp")


@pytest.fixture
def beside(corpus, tmp_path) -> dict[Path, Path]:
    """Each real sidecar, and its copy beside a raw photo."""
    photo = seeds.drawn(tmp_path, "dng")
    found = {}
    for number, original in enumerate(of_kind(corpus, ".xmp".__eq__)):
        raw = Path(shutil.copyfile(photo, tmp_path / f"{number}.dng"))
        found[original] = Path(shutil.copyfile(original, raw.with_suffix(".xmp")))
    return found


def test_real_sidecars_keep_what_others_wrote(beside, tmp_path):
    """Every property but ours, as ExifTool reads them and in the XML; ours too once they were undone."""
    written, undone = [], []
    for original, sidecar in beside.items():
        former = photos.read_photo(sidecar.with_suffix(".dng"), Policy()).values
        save(sidecar.with_suffix(".dng"), WANTED)
        written.append(Path(shutil.copyfile(sidecar, tmp_path / f"written-{sidecar.name}")))
        save(sidecar.with_suffix(".dng"), {key: former[key] for key in WANTED})
        undone.append(sidecar)
        for each in (written[-1], undone[-1]):
            assert properties(each.read_bytes()) == properties(original.read_bytes()), original.name
    before, after, back = tags(beside), tags(written), tags(undone)
    found = {(path.name, group) for path, *every in zip(beside, before, after, back, strict=True)
             for group in changed_groups(every[0], every[1]) | lost_groups(every[0], every[2])}  # fmt: skip
    assert found == set(SIDECARS)
