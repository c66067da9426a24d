"""What other programs read from a set that was exported by each of the ready recipes."""

import pytest
from exporting import CREDIT, caption
from readers import exiftool_many, php_exif, php_iptc, pillow_exif, pillow_iptc

from captioner.export.recipes import ready_recipes

ODD = 'Пресиден "ü" 한국 😀 =cmd() <script> ../../x CON\nZweite Zeile.'
SHORT = "Mikhail Metzel/AP"
"""What is left of the credit within the 32 octets of IIM."""


@pytest.fixture(params=[recipe.name for recipe in ready_recipes()])
def exported(export, story, destination, request):
    """Every file of the set, with the caption and credit that it is to hold."""
    story[6] = story[6].edited("caption", ODD).edited("credit", SHORT)
    told = [*((caption(number), CREDIT) for number in range(1, 7)), (ODD, SHORT)]
    return {
        destination / file.file: (text, credit, SHORT if request.param == "wire" else credit)
        for photo, (text, credit) in zip(export(story, request.param).photos, told, strict=True)
        for file in photo.files
    }


def test_exiftool_reads_caption_and_credit_from_every_block(exported):
    for file, held in exiftool_many(exported).items():
        text, credit, short = exported[file]
        assert (held["IPTC:Caption-Abstract"], held["XMP-dc:Description"], held["IFD0:ImageDescription"]) == (text,) * 3
        assert (held["IPTC:Credit"], held["XMP-photoshop:Credit"]) == (short, credit)


def test_php_and_pillow_read_the_same_from_iptc(exported):
    for file, (text, _credit, short) in list(exported.items())[-6:]:
        for reader in (php_iptc, pillow_iptc):
            assert (reader(file)["2#120"], reader(file)["2#110"]) == ([text], [short])


def test_php_and_pillow_read_the_same_from_exif(exported):
    for file, (text, credit, _short) in list(exported.items())[-6:]:
        for reader in (php_exif, pillow_exif):
            assert (reader(file)["ImageDescription"], reader(file)["Artist"]) == (text, credit)
