"""`ninjs.json`: in its shape here, and against IPTC's own schema where that is there."""

import json
from datetime import datetime
from urllib.parse import urljoin

import piexif
import pytest
from exporting import CREDIT, HEADLINE, caption, read
from jsonschema import Draft202012Validator
from pictures import draw

from captioner.core.fields import FIELDS

FULL = {
    "creator": ("Ann Lee", "Bo"), "source": "AP", "date_created": "2023-09-13T14:05:00+07:00", "city": "Wien",
    "country": "Austria", "country_code": "AUT", "title": "HRB_1", "keywords": ("sea; harbour", "boats"),
    "persons_shown": ("Kim",), "event": "Summit", "alt_text": "Two men.", "extended_description": "Two\n\nmen.",
    "copyright": "© AP", "usage_terms": "News only", "instructions": "No cropping", "job_id": "J-1",
    "description_writer": "xy", "data_mining": "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED",
    "digital_source_type": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
}  # fmt: skip


@pytest.fixture
def item(export, destination):
    def made(photos=None, into=None, **changes):
        export(photos, "ninjs", into, manifests=("ninjs",), **changes)
        return json.loads(((into or destination) / "ninjs.json").read_bytes())

    return made


def filled(photo, values=FULL):
    for key, value in values.items():
        photo = photo.edited(key, value)
    return photo


def test_the_pictures_stand_in_their_order_below_the_set(item, story):
    held = item()
    assert (held["type"], held["headlines"]) == ("composite", [{"value": HEADLINE}])
    assert held["standard"]["version"] == "3.1"
    assert [each["type"] for each in held["associations"]] == ["picture"] * 7
    assert [each["name"] for each in held["associations"]] == [f"picture-00{number}" for number in range(1, 8)]
    told = [each["descriptions"][0] for each in held["associations"]]
    assert told == [{"role": "caption", "value": caption(number)} for number in range(1, 8)]
    assert held["associations"][0]["descriptions"][1] == {"role": "creditline", "value": CREDIT}
    assert {"role": "credit", "name": CREDIT} in held["associations"][0]["infoSources"]


def test_everything_that_is_told_of_a_photo_has_its_place(item, story):
    picture = item([filled(story[0])])["associations"][0]
    expected = {
        "by": "Ann Lee, Bo", "contentCreated": "2023-09-13T14:05:00+07:00", "title": "HRB_1", "located": "Wien",
        "copyrightNotice": "© AP", "usageTerms": "News only", "edNote": "No cropping", "events": [{"name": "Summit"}],
        "subjects": [{"rel": "keyword", "name": "sea; harbour"}, {"rel": "keyword", "name": "boats"}],
        "people": [{"rel": "shown", "name": "Kim"}], "digitalSourceType": {"uri": FULL["digital_source_type"]},
        "rightsInfo": {"linkedRights": FULL["data_mining"]},
    }  # fmt: skip
    assert {key: picture[key] for key in expected} == expected
    roles = ["caption", "creditline", "altText", "extendedDescription"]
    assert [each["role"] for each in picture["descriptions"]] == roles
    assert picture["altIds"] == [{"role": "originalFile", "value": "photo-1.jpg"}, {"role": "jobId", "value": "J-1"}]


def test_each_rendition_names_a_file_that_is_there(item, destination):
    for picture in item()["associations"]:
        assert [each["name"] for each in picture["renditions"]] == ["original", "web", "thumbnail"]
        for each in picture["renditions"]:
            file = destination / each["title"]
            assert (file.stat().st_size, each["contentType"]) == (each["sizeInBytes"], "image/jpeg")
            assert urljoin((destination / "ninjs.json").as_uri(), each["href"]) == file.as_uri()


def test_a_picture_that_is_turned_has_the_size_that_is_seen(item, tmp_path):
    exif = piexif.dump({"0th": {piexif.ImageIFD.Orientation: 6}})
    photo = read(draw(tmp_path / "turned.jpg", size=(96, 64), exif=exif)).edited("caption", "Turned")
    renditions = item([photo])["associations"][0]["renditions"]
    assert [(each["width"], each["height"]) for each in renditions] == [(64, 96)] * 3


@pytest.mark.parametrize("date", ["2023", "2023-09-13", "2023-09-13T14:05:00"])
def test_a_date_that_is_known_less_exactly_is_not_made_up(item, story, date):
    assert "contentCreated" not in item([story[0].edited("date_created", date)])["associations"][0]


def test_an_item_keeps_its_uri_when_its_caption_is_corrected(item, story, tmp_path):
    first, again = item(story[:2]), item([story[1], story[0].edited("caption", "Corrected.")], tmp_path / "again")
    uris, corrected = ([each["uri"] for each in held["associations"]] for held in (first, again))
    assert corrected == uris[::-1]
    assert again["uri"] == first["uri"] not in uris
    assert len(set(uris)) == 2


def test_the_time_has_its_zone(item):
    assert datetime.fromisoformat(item()["versionCreated"]).tzinfo


def test_it_is_valid_against_the_schema_of_iptc(item, story, ninjs_schema):
    schema = json.loads(ninjs_schema.read_bytes())
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    odd = {key: ("x y",) if field.empty == () else "%#? <ü>" for key, field in FIELDS.items()} | {
        "date_created": "2023"
    }
    photos = [filled(story[0]), filled(story[1], odd), *story[2:]]
    held = item(photos, names="{seq:02} % #{original}")
    assert [error.message for error in validator.iter_errors(held)] == []
    assert not validator.is_valid(held | {"surprise": 1})
