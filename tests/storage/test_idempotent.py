"""The same edit twice is one edit, many edits take no more room than one, and an edit taken back was never there."""

import shutil
import subprocess
from itertools import product
from xml.etree.ElementTree import canonicalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from captioner.core.fields import FIELDS, parse
from captioner.core.policy import Policy
from captioner.storage import photos
from captioner.storage.formats.detection import kind_of
from tests import pictures, readers, seeds

FORMS = ("plain.jpg", *seeds.WRITABLE)
KINDS = (*FORMS, "gif")
"""Every form of every format that is written, and one whose values go to a sidecar."""
RICH = [kind for kind in FORMS if kind != "big.tif"]
"""What ExifTool writes too."""
MAIN = ("plain.jpg", "tif", "be.tif", "big.tif", "png", "webp", "gif")
TIFFS = [kind for kind in FORMS if kind.endswith("tif")]
DATED = ("jpg", "date_created")
"""That JPEG is a camera's, whose EXIF alone has a date: once it is saved, every block has it."""
CREDIT = "Mikhail Metzel/Sputnik/Kremlin Pool/AP"
VALUES = {"caption": "Kapal “Владимир” 김\nbersandar", "credit": CREDIT, "city": "Oslo", "keywords": ("a", "b; c")}
TEXTS = ["", "a", "New", "x" * 31, "ü" * 40, "Kapal “Владимир” 김", "word " * 60, "long " * 700]
"""Values of many lengths, odd and even ones."""

HELD = {
    "Caption-Abstract": "A quay", "XMP-dc:Description": "A quay", "EXIF:ImageDescription": "A quay",
    "IPTC:Credit": "Ann Lee/AP", "XMP-photoshop:Credit": "Ann Lee/AP", "EXIF:Artist": "Bob Ray",
    "IPTC:By-line": "Bob Ray", "XMP-dc:Creator": "Bob Ray", "XMP-xmp:Rating": "3", "EXIF:Model": "K-1",
    "EXIF:UserComment": "A remark", "IPTC:City": "Oslo", "XMP-photoshop:City": "Oslo",
}  # fmt: skip
"""What another program wrote, the same in every block."""


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A file of each kind without values."""
    folder = tmp_path_factory.mktemp("empty")
    return {kind: drawn(folder, kind) for kind in KINDS}


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    """A file of each kind that ExifTool captioned."""
    folder = tmp_path_factory.mktemp("rich")
    held = {kind: drawn(folder, kind) for kind in RICH}
    tags = [f"-{name}={text}" for name, text in HELD.items()]
    asked = ["exiftool", "-q", "-overwrite_original", "-codedcharacterset=utf8", "-m", *tags, *map(str, held.values())]
    subprocess.run(asked, check=True)
    return held


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    return tmp_path_factory.mktemp("walk")


def drawn(folder, kind):
    return pictures.draw(folder / "seed.plain.jpg") if kind == "plain.jpg" else seeds.drawn(folder, kind)


def copied(path, folder):
    """In place of what is there."""
    for each in folder.glob("*.xmp"):
        each.unlink()
    shutil.copyfile(path, folder / path.name)
    return folder / path.name


def made(folder):
    folder.mkdir()
    return folder


def save(path, values, policy=Policy()):  # noqa: B008
    return photos.save_values(photos.read_photo(path, policy), values, policy)


def read(path, policy=Policy()):  # noqa: B008
    return photos.read_photo(path, policy).values


def octets(path):
    """Of the photo, and of its sidecar where there is one."""
    return {each.name: each.read_bytes() for each in path.parent.iterdir() if each.name.startswith(path.stem)}


def blocks(path):
    data = path.read_bytes()
    return kind_of(data, path.suffix).blocks(data)


def size(path):
    return sum(map(len, octets(path).values()))


# The same again


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_values_again_change_no_octet(empty, tmp_path, kind):
    path = copied(empty[kind], tmp_path)
    save(path, VALUES)
    before = octets(path)
    save(path, VALUES)
    assert octets(path) == before


@pytest.mark.parametrize("kind", RICH)
def test_the_same_values_again_change_no_octet_of_another_programs_file(rich, tmp_path, kind):
    path = copied(rich[kind], tmp_path)
    save(path, VALUES)
    before = octets(path)
    save(path, VALUES)
    assert octets(path) == before


@pytest.mark.parametrize("kind", FORMS)
def test_a_save_of_what_is_there_writes_nothing(empty, tmp_path, kind):
    path = copied(empty[kind], tmp_path)
    save(path, VALUES)
    before = path.stat()
    save(path, VALUES)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_saved_as_it_was_read_changes_no_octet(empty, tmp_path, kind):
    path = copied(empty[kind], tmp_path)
    save(path, seeds.values("Łódź; 김 “x”"))
    before = octets(path)
    save(path, read(path))
    assert octets(path) == before


# Many


@pytest.mark.parametrize("kind", KINDS)
def test_a_hundred_edits_take_no_more_room_than_the_last(empty, tmp_path, kind):
    once, often = (copied(empty[kind], made(tmp_path / name)) for name in ("once", "often"))
    for number in range(100):
        save(often, {"caption": TEXTS[number % len(TEXTS)], "credit": TEXTS[number * 3 % len(TEXTS)][:200]})
    save(often, VALUES)
    save(once, VALUES)
    assert size(often) == size(once)


@pytest.mark.parametrize("kind", RICH)
def test_edits_of_another_programs_file_take_no_more_room_than_the_longest(rich, tmp_path, kind):
    path, alone = copied(rich[kind], tmp_path), []
    for text in TEXTS:
        save(path, {"caption": text})
        alone.append(size(path))
        shutil.copyfile(rich[kind], path)
    for number in range(24):
        save(path, {"caption": TEXTS[number % len(TEXTS)]})
    assert size(path) <= max(alone)


# Taken back


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken_back_was_never_there(empty, tmp_path, kind):
    path = copied(empty[kind], tmp_path)
    before = octets(path)
    save(path, {key: value for key, value in seeds.values("Łódź 김").items() if (kind, key) != DATED})
    save(path, {key: row.empty for key, row in FIELDS.items() if (kind, key) != DATED})
    assert octets(path) == before


@pytest.mark.parametrize(("kind", "key"), list(product(MAIN, FIELDS)))
def test_a_field_that_is_taken_back_was_never_there(empty, tmp_path, kind, key):
    path = copied(empty[kind], tmp_path)
    before, old = octets(path), read(path)[key]
    save(path, {key: seeds.values("Łódź 김 “x”")[key]})
    save(path, {key: old})
    assert octets(path) == before


@pytest.fixture(scope="module")
def taken_back(rich, tmp_path_factory):
    """By kind: what ExifTool reads of another program's file, before an edit and after it was taken back."""
    folder = tmp_path_factory.mktemp("back")
    for text in ("x", "Łódź 김 " * 30):
        for path in rich.values():
            old, back = read(path), copied(path, folder)
            save(back, {key: value for key, value in seeds.values(text).items() if key != "date_created"})
            save(back, {key: old[key] for key in FIELDS if key != "date_created"})
    held = readers.exiftool_many([*rich.values(), *(folder / path.name for path in rich.values())])
    return {kind: (held[path], held[folder / path.name]) for kind, path in rich.items()}


PLACES = ("System:", "SourceFile", "StripOffsets", "TileOffsets", "ThumbnailOffset", "ExifTool:", "Composite:",
          "CurrentIPTCDigest")  # fmt: skip
"""What tells where something stands in the file, in which order, or when it was written."""


@pytest.mark.parametrize("kind", RICH)
def test_every_tag_is_as_before_once_an_edit_is_taken_back(taken_back, kind):
    before, after = ({name: text for name, text in held.items() if not any(each in name for each in PLACES)}
                     for held in taken_back[kind])  # fmt: skip
    assert after == before


@pytest.mark.parametrize("kind", RICH)
@pytest.mark.parametrize("text", ["x", "Łódź 김 " * 30])
def test_every_block_says_what_it_said_once_an_edit_is_taken_back(rich, tmp_path, kind, text):
    path, old = copied(rich[kind], tmp_path), read(rich[kind])
    before = photos.read_blocks(path, Policy())[1].held
    keys = FIELDS.keys() - {"date_created"}
    save(path, {key: seeds.values(text)[key] for key in keys})
    save(path, {key: old[key] for key in keys})
    assert photos.read_blocks(path, Policy())[1].held == before


EDITS = st.dictionaries(
    st.sampled_from(["caption", "credit", "creator", "city", "keywords", "copyright", "alt_text", "date_created"]),
    st.sampled_from(["", "x", "Łódź 김; b", "long " * 20, "long " * 700]),
    min_size=1,
)  # fmt: skip


def parsed(edit):
    return {key: parse(key, "2024-05-06" if text and key == "date_created" else text) for key, text in edit.items()}


@pytest.mark.parametrize("kind", MAIN)
@given(walk=st.lists(EDITS, min_size=1, max_size=5))
@settings(max_examples=10)
def test_a_walk_that_ends_where_it_began_leaves_no_trace(empty, walked, kind, walk):
    path = copied(empty[kind], walked)
    before, start = octets(path), read(path)
    for edit in walk:
        save(path, parsed(edit))
    save(path, {key: start[key] for edit in walk for key in edit})
    assert octets(path) == before


@pytest.mark.parametrize("kind", MAIN)
@given(walk=st.lists(EDITS, min_size=1, max_size=5), last=EDITS)
@settings(max_examples=10)
def test_a_walk_over_the_same_fields_ends_as_the_direct_edit(empty, walked, kind, walk, last):
    path, values = copied(empty[kind], walked), parsed(last)
    for edit in walk:
        save(path, parsed({key: text for key, text in edit.items() if key in last}))
        save(path, {key: read(empty[kind])[key] for key in values})
    save(path, values)
    ended = octets(path)
    path = copied(empty[kind], walked)
    save(path, values)
    assert ended == octets(path)


# The settings


PRESENT = Policy(write_blocks="present")


@pytest.mark.parametrize("kind", [kind for kind in FORMS if kind not in ("jpg", *TIFFS)])
def test_no_exif_and_no_iim_are_made_where_only_present_blocks_are_written(empty, tmp_path, kind):
    path = copied(empty[kind], tmp_path)
    save(path, VALUES, PRESENT)
    held = blocks(path)
    assert (held.exif, held.iim, held.resources, held.xmp is None) == (None, None, None, False)


@pytest.mark.parametrize("kind", ["jpg", *TIFFS])
def test_a_file_with_exif_gets_no_iim_where_only_present_blocks_are_written(empty, tmp_path, kind):
    path = copied(empty[kind], tmp_path)
    save(path, VALUES, PRESENT)
    assert (blocks(path).iim, blocks(path).resources) == (None, None)


@pytest.mark.parametrize("kind", RICH)
def test_blocks_that_are_there_change_where_only_present_blocks_are_written(rich, tmp_path, kind):
    path = copied(rich[kind], tmp_path)
    save(path, {"caption": "New"}, PRESENT)
    held = photos.read_blocks(path, PRESENT)[1].blocks
    assert {name: values["caption"] for name, values in held.items()} == dict.fromkeys(held, "New")


BESIDE = Policy(save_to="sidecar")


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_whose_values_go_to_a_sidecar_stays_octet_for_octet(empty, tmp_path, kind):
    path = copied(empty[kind], tmp_path)
    save(path, VALUES, BESIDE)
    assert path.read_bytes() == empty[kind].read_bytes()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken_back_takes_the_sidecar_away(empty, tmp_path, kind):
    path = copied(empty[kind], tmp_path)
    save(path, VALUES, BESIDE)
    save(path, {key: FIELDS[key].empty for key in VALUES}, BESIDE)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(("naming", "name"), [("NAME.xmp", "a.xmp"), ("NAME.EXT.xmp", "a.jpg.xmp")])
def test_a_new_sidecar_is_named_by_the_setting(tmp_path, naming, name):
    path = pictures.draw(tmp_path / "a.jpg")
    assert save(path, VALUES, Policy(save_to="sidecar", sidecar_naming=naming)).sidecar == tmp_path / name


@pytest.mark.parametrize("naming", ["NAME.xmp", "NAME.EXT.xmp"])
@pytest.mark.parametrize("first", ["dng", "jpg"])
def test_a_raw_file_and_its_jpeg_have_a_sidecar_each(empty, tmp_path, naming, first):
    policy = Policy(save_to="sidecar", sidecar_naming=naming)
    suffixes = [first, *({"dng", "jpg"} - {first})]
    pair = {suffix: tmp_path / f"a.{suffix}" for suffix in suffixes}
    for suffix, path in pair.items():
        shutil.copyfile(seeds.drawn(made(tmp_path / suffix), suffix), path)
    for suffix, path in pair.items():
        save(path, {"caption": suffix}, policy)
    assert {suffix: read(path, policy)["caption"] for suffix, path in pair.items()} == {"dng": "dng", "jpg": "jpg"}


SIDECAR = """<?xml version="1.0" encoding="UTF-8"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Another program">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" crs:Exposure2012="+0.35"
   xmlns:dc="http://purl.org/dc/elements/1.1/">
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">Old</rdf:li><rdf:li xml:lang="de">Alt</rdf:li></rdf:Alt>
   </dc:description>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""


@pytest.fixture
def beside(tmp_path):
    """A photo, and what another program wrote beside it."""
    (tmp_path / "a.xmp").write_text(SIDECAR)
    return pictures.draw(tmp_path / "a.jpg")


@pytest.mark.parametrize("kept", ['crs:Exposure2012="+0.35"', '<rdf:li xml:lang="de">Alt</rdf:li>', "Another program"])
def test_what_a_sidecar_holds_stays_in_it(beside, kept):
    save(beside, VALUES, BESIDE)
    assert kept in beside.with_suffix(".xmp").read_text(encoding="utf-8")


def test_a_sidecar_has_the_new_value_for_the_old(beside):
    save(beside, {"caption": "New"}, BESIDE)
    assert "Old" not in beside.with_suffix(".xmp").read_text(encoding="utf-8")


def test_a_sidecar_is_the_same_xml_once_a_new_field_is_taken_back(beside):
    save(beside, {"city": "Oslo"}, BESIDE)
    save(beside, {"city": ""}, BESIDE)
    assert canonicalize(from_file=beside.with_suffix(".xmp")) == canonicalize(SIDECAR)


@pytest.mark.parametrize("kind", RICH)
@pytest.mark.parametrize("key", ["caption", "credit", "creator"])
def test_a_field_that_the_photo_holds_is_empty_where_the_sidecar_says_so(rich, tmp_path, kind, key):
    path = copied(rich[kind], tmp_path)
    save(path, {key: FIELDS[key].empty}, BESIDE)
    assert read(path, BESIDE)[key] == FIELDS[key].empty


@pytest.mark.parametrize("kind", RICH)
def test_a_field_emptied_beside_the_photo_can_be_filled_again(rich, tmp_path, kind):
    path = copied(rich[kind], tmp_path)
    save(path, {"caption": ""}, BESIDE)
    save(path, {"caption": "New"}, BESIDE)
    assert read(path, BESIDE)["caption"] == "New"


STEPS = ({"credit": CREDIT}, {"creator": ("Ann Lee", "Bob Ray")}, {"credit": "New/AP"}, {"creator": ()},
         {"credit": "New/AP", "creator": ("Cy",)}, {"credit": ""}, {"creator": ()})  # fmt: skip
ARTISTS = {
    "auto": [CREDIT, "Ann Lee; Bob Ray", "Ann Lee; Bob Ray", "New/AP", "Cy", "Cy", None],
    "creator": [None, "Ann Lee; Bob Ray", "Ann Lee; Bob Ray", None, "Cy", "Cy", None],
    "credit": [CREDIT, CREDIT, "New/AP", "New/AP", "New/AP", None, None],
}
"""By setting: whom Artist names after each of the steps."""


@pytest.mark.parametrize("setting", ARTISTS)
@pytest.mark.parametrize("kind", ["jpg", "tif", "png", "webp"])
def test_artist_follows_credit_and_creators_as_the_setting_says(empty, tmp_path, kind, setting):
    path, policy, artists = copied(empty[kind], tmp_path), Policy(exif_artist=setting), []
    for step in STEPS:
        save(path, step, policy)
        artists.append(photos.read_blocks(path, policy)[1].held.exif.get("Artist"))
    assert artists == ARTISTS[setting]


@pytest.mark.parametrize("setting", ARTISTS)
@pytest.mark.parametrize("kind", ["jpg", "tif", "png", "webp"])
def test_no_setting_of_artist_makes_blocks_disagree(empty, tmp_path, kind, setting):
    path, policy, found = copied(empty[kind], tmp_path), Policy(exif_artist=setting), []
    for step in STEPS:
        save(path, step, policy)
        found.append(photos.read_photo(path, policy).disagreements)
    assert found == [frozenset()] * len(STEPS)
