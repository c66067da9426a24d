"""What the Export page says that receivers read is what they read."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from exporting import CREDIT, HEADLINE, POLICY, read
from pictures import camera, draw
from readers import exiftool, pillow_iptc

from captioner.core.caption import Values
from captioner.errors import CaptionerError
from captioner.export.plan import plan
from captioner.export.publish import run
from captioner.export.receivers import RECEIVERS, Match, Reading, Shown, readings
from captioner.export.recipes import load_recipe

WORDPRESS, SUPERDESK, EXIF_ONLY, IIM_STRICT = RECEIVERS
LONG = "Presiden Rusia Vladimir Putin bertemu dengan Kim Jong Un di Kosmodrom Vostochny – Rabu (13/9/2023). " * 25

RULE = r"""
function asked($held, ...$keys) { foreach ($keys as $key) if (!empty($held[$key])) return $held[$key]; return ""; }
function utf8($text) { return preg_match("//u", $text) ? $text : iconv("ISO-8859-1", "UTF-8", $text); }
$found = [];
foreach (array_slice($argv, 1) as $file) {
    [, , $type] = @getimagesize($file, $info);
    $iptc = array_map(fn($each) => $each[0], @iptcparse($info["APP13"] ?? "") ?: []);
    $title = trim(asked($iptc, "2#105", "2#005"));
    $caption = trim(asked($iptc, "2#120"));
    $credit = trim(asked($iptc, "2#110", "2#080"));
    if (empty($title) && strlen($caption) < 80) $title = $caption;
    $has_exif = in_array($type, [IMAGETYPE_JPEG, IMAGETYPE_TIFF_II, IMAGETYPE_TIFF_MM]);
    $exif = $has_exif ? (@exif_read_data($file) ?: []) : [];
    $described = asked($exif, "ImageDescription");
    if ($described) {
        if (empty($title) && strlen($described) < 80) $title = trim($described);
        if (empty($caption)) $caption = trim(asked($exif["COMPUTED"] ?? [], "UserComment"));
        if (empty($caption)) $caption = trim($described);
    } elseif (empty($caption)) $caption = trim(asked($exif, "Comments"));
    if (empty($credit)) $credit = trim(asked($exif, "Artist", "Author"));
    if (!trim($title) || is_numeric(trim($title))) $title = pathinfo($file, PATHINFO_FILENAME);
    $found[$file] = array_map("utf8", [$title, $caption, $credit]);
}
echo json_encode($found, JSON_THROW_ON_ERROR);
"""
"""What WordPress 6 does on an upload (wp_read_image_metadata, media_handle_upload), in short."""


def wordpress(files: list[Path]) -> dict[Path, Shown]:
    done = subprocess.run(["php", "-r", RULE, "--", *map(str, files)], capture_output=True, check=True)
    return {Path(file): Shown(*texts) for file, texts in json.loads(done.stdout).items()}


def superdesk(file: Path) -> Shown:
    held = pillow_iptc(file)
    return Shown(*(", ".join(held.get(key, ())) for key in ("2#105", "2#120", "2#080")))


def exif_only(file: Path) -> Shown:
    held = exiftool(file)
    return Shown(None, held.get("IFD0:ImageDescription", ""), held.get("IFD0:Artist", ""))


def by_name(found: tuple[Reading, ...]) -> dict[str, Reading]:
    return {each.receiver: each for each in found}


@pytest.fixture
def one(tmp_path):
    """Plans one photo with these values, by a recipe."""

    def make(recipe="cms", file="photo.jpg", source=None, **values):
        path = source or draw(tmp_path / file)
        photo = read(path)
        for key, value in values.items():
            photo = photo.edited(key, value)
        return plan([photo], HEADLINE, load_recipe(recipe), tmp_path / "out")

    return make


@pytest.fixture
def read_by(one):
    """What one receiver reads of such a photo."""

    def make(receiver, recipe="cms", **values):
        planned = one(recipe, **values)
        return by_name(readings(planned.photos[0], planned.recipe, POLICY))[receiver]

    return make


def compared(planned):
    """What we say of each file beside what the programs themselves read of it."""
    receipt = run(planned, POLICY)
    files = [receipt.destination / photo.first.file for photo in receipt.photos]
    in_php = wordpress(files)
    going = {photo.source: photo for photo in planned.photos}
    for photo, file in zip(receipt.photos, files, strict=True):
        said = by_name(readings(going[photo.source], planned.recipe, POLICY))
        yield file, said, in_php[file]


@pytest.mark.parametrize("recipe", ["cms", "wordpress", "wire"])
def test_wordpress_reads_what_is_said(tmp_path, recipe):
    """In every format, with much, little and nothing in it."""
    every = [
        {"caption": LONG, "credit": CREDIT, "creator": ("Mikhail Metzel", "Ann Other"), "headline": HEADLINE},
        {"headline": "2023", "caption": "Kim “tersenyum”", "creator": ("Ann Other",)},
        {"caption": "Kim tersenyum.", "title": "Kim"},
        {},
    ]  # fmt: skip
    photos = [
        read(draw(tmp_path / f"{number}{suffix}"))._replace(values=Values(values))
        for suffix in (".jpg", ".png", ".tif", ".webp")
        for number, values in enumerate(every)
    ]
    found = list(compared(plan(photos, "", load_recipe(recipe), tmp_path / "out")))
    assert len(found) == 16
    for file, said, in_php in found:
        assert (file.name, said[WORDPRESS].shown) == (file.name, in_php)


def test_superdesk_and_readers_of_exif_alone_read_what_is_said(one):
    every = one(caption=LONG, credit=CREDIT, creator=("Mikhail Metzel", "Ann Other"))
    for file, said, _in_php in compared(every):
        assert said[SUPERDESK].shown == superdesk(file)
        assert said[EXIF_ONLY].shown == exif_only(file)


def test_files_of_other_programs_are_read_as_is_said(corpus, tmp_path):
    every = sorted(corpus.rglob("*.jp*g"))
    photos = [photo for photo in map(_readable, every) if photo]
    planned = plan(photos, "", load_recipe("cms"), tmp_path / "out")
    found = list(compared(planned))
    assert len(found) > 100
    assert [(file.name, said[WORDPRESS].shown) for file, said, _php in found] == [
        (file.name, in_php) for file, _said, in_php in found
    ]
    assert [(file.name, said[SUPERDESK].shown) for file, said, _php in found] == [
        (file.name, superdesk(file)) for file, _said, _php in found
    ]


def _readable(path):
    try:
        return read(path)
    except CaptionerError:
        return None


def test_a_photo_without_headline_is_called_by_its_short_caption_in_wordpress(tmp_path):
    photo = read(draw(tmp_path / "photo.jpg")).edited("caption", "Kim tersenyum.")
    planned = plan([photo], "", load_recipe("cms"), tmp_path / "out")
    reading = by_name(readings(planned.photos[0], planned.recipe, POLICY))[WORDPRESS]
    assert reading.shown.title == "Kim tersenyum."
    assert reading.match("title") is Match.OTHER


def test_what_a_strict_reader_cuts_is_told_with_its_length(read_by):
    reading = read_by(IIM_STRICT, caption="Kim", credit=CREDIT)
    assert reading.shown.credit == CREDIT[:32]
    assert (reading.match("credit"), reading.lost("credit")) == (Match.CUT, len(CREDIT) - 32)
    assert reading.match("caption") is Match.SAME


def test_a_recipe_with_strict_lengths_gives_such_a_reader_a_whole_credit(read_by):
    assert read_by(IIM_STRICT, "wire", credit=CREDIT).shown.credit == "Mikhail Metzel/AP"


def test_superdesk_ingests_no_credit_of_a_photo_without_creator(read_by):
    assert read_by(SUPERDESK, credit=CREDIT).match("credit") is Match.EMPTY
    assert read_by(SUPERDESK, credit=CREDIT, creator=("Mikhail Metzel",)).shown.credit == "Mikhail Metzel"


def test_nothing_is_read_of_a_file_that_keeps_no_metadata(one):
    planned = one(caption="Kim", credit=CREDIT)
    bare = by_name(readings(planned.photos[0], replace(planned.recipe, keep="none"), POLICY))
    assert bare[EXIF_ONLY].match("caption") is Match.EMPTY


def test_a_camera_name_in_exif_is_nobodys_caption_but_a_receivers(one, tmp_path):
    """What the file holds is read, not what the desk wrote."""
    planned = one(source=camera(tmp_path / "camera.jpg"), caption="Kim")
    assert by_name(readings(planned.photos[0], planned.recipe, POLICY))[EXIF_ONLY].shown == Shown(None, "Kim", "")


def test_a_photo_that_is_gone_is_told_of(one):
    planned = one(caption="Kim")
    planned.photos[0].source.unlink()
    with pytest.raises(CaptionerError, match=r"photo\.jpg"):
        readings(planned.photos[0], planned.recipe, POLICY)
