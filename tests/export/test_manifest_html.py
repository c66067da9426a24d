"""`story.html`: what a real browser makes of it, and what hostile captions can't."""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from browser import Page, chromium
from exporting import CREDIT, HEADLINE, caption, read
from pictures import draw

from captioner.core.caption import Values
from captioner.export.exported import Exported, ExportedFile
from captioner.export.manifests import made
from captioner.export.receipt import Receipt

HOSTILE = [
    "<script>document.title='owned'</script>", '"><img src=x onerror="document.title=\'owned\'">', "' onload='x",
    "</figcaption></figure></main><h1>x</h1>", "&lt;b&gt; &amp;amp; &#0;", "\u202eevil\u202c \u2066x", "x" * 5000,
    "😀👨‍👩‍👧", "]]> --> <!-- <style>*{display:none}</style>", "javascript:alert(1)", "{{7*7}} ${7*7}",
]  # fmt: skip
SHOWN = """(async () => {
    const images = [...document.images];
    for (const image of images) { image.scrollIntoView(); await image.decode(); }
    return [...document.querySelectorAll('figure')].map((figure, index) => ({
        file: decodeURIComponent(images[index].currentSrc.split('/').pop()), width: images[index].naturalWidth,
        caption: figure.querySelector('figcaption p:not(.credit)')?.innerText,
        credit: figure.querySelector('.credit')?.innerText ?? '',
    }));
})()"""


@pytest.fixture(scope="module")
def browser():
    if not shutil.which("chromium"):
        pytest.skip("chromium is not there")
    with chromium() as page:
        yield page


def page_of(*captions: str, folder=Path("/out"), headline="Head", files=None, **values) -> str:
    files = files or (ExportedFile("a.jpg", "", 1, 1200, 800),)
    photos = tuple(Exported(number, Path("a"), files, Values({"caption": text, **values}))
                   for number, text in enumerate(captions, start=1))  # fmt: skip
    return made("html", Receipt(folder, None, photos, headline=headline), folder).decode()


def elements(page: str, name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, held: found.append(dict(held)) if tag == name else None
    parser.feed(page)
    return found


def complaints(page: Page) -> list[dict]:
    """But for advice on how fast it loads."""
    return [each for each in page.complaints if each.get("issue", {}).get("code") != "LazyLoadImageIssue"]


def test_a_browser_shows_the_photos_in_their_order(export, destination, browser):
    export(recipe="web", manifests=("html",))
    browser.open(destination / "story.html")
    shown = browser.value(SHOWN)
    assert [each["caption"] for each in shown] == [caption(number) for number in range(1, 8)]
    assert [each["credit"] for each in shown] == [CREDIT] * 6 + [""]
    assert [each["width"] for each in shown] == [96] * 7
    assert [each["file"] for each in shown] == [f"0{number}_kim-jong-un-temui-putin.jpg" for number in range(1, 8)]
    assert browser.value("document.querySelector('h1').innerText") == HEADLINE
    assert complaints(browser) == []


def test_of_several_renditions_it_shows_one_that_fits(export, destination, browser, tmp_path):
    large = read(draw(tmp_path / "large.jpg", size=(3000, 2000)))
    export([large], "ninjs", manifests=("html",))
    browser.open(destination / "story.html", width=360, height=740)
    assert (
        browser.value("document.images[0].decode().then(() => document.images[0].currentSrc.split('/').at(-2))")
        == "web"
    )
    assert elements((destination / "story.html").read_text("utf-8"), "img")[0]["src"].startswith("web/")


@pytest.mark.parametrize("stem", ["a b%20#c?d&e", "ü한'x", "100% (1)", "a;b,c=d@e+f"])
def test_a_browser_finds_a_photo_whatever_its_name(export, destination, browser, tmp_path, stem):
    photo = read(draw(tmp_path / f"{stem}.jpg"))
    receipt = export([photo], "web", manifests=("html",), names="{original}")
    browser.open(destination / "story.html")
    assert [(each["file"], each["width"]) for each in browser.value(SHOWN)] == [(receipt.photos[0].first.file, 96)]


def test_hostile_texts_are_texts(export, story, destination, browser):
    photos = [story[index % 7].edited("caption", text).edited("credit", text).edited("alt_text", text)
              for index, text in enumerate(HOSTILE)]  # fmt: skip
    photos = photos[:7]
    export(photos, "web", manifests=("html",))
    browser.open(destination / "story.html")
    shown = browser.value(SHOWN)
    assert [each["caption"] for each in shown] == HOSTILE[:7]
    assert browser.value("[document.title, document.scripts.length, document.querySelectorAll('h1').length]") == [
        HEADLINE, 0, 1]  # fmt: skip
    assert complaints(browser) == []


def test_its_policy_stops_what_a_caption_could_bring(export, destination, browser):
    export(recipe="web", manifests=("html",))
    file = destination / "story.html"
    script = "document.title='owned'"
    evil = f'<script>{script}</script><img src=x onerror="{script}"><style>p{{color:red}}</style>'
    file.write_text(file.read_text("utf-8").replace("<main>", f"<main>{evil}"), encoding="utf-8")
    browser.open(file)
    assert browser.value("document.title") == HEADLINE
    assert browser.value("getComputedStyle(document.querySelector('p')).color") != "rgb(255, 0, 0)"


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_it_fits_its_window(export, story, destination, browser, width):
    export([story[0].edited("caption", "x" * 5000), *story[1:]], "web", manifests=("html",))
    browser.open(destination / "story.html", width=width, height=740)
    assert browser.value("document.documentElement.scrollWidth") <= width


def test_it_is_dark_where_the_desktop_is(export, destination, browser):
    export(recipe="web", manifests=("html",))
    told = {}
    for scheme in ("light", "dark"):
        browser.open(destination / "story.html", scheme=scheme)
        told[scheme] = browser.value("getComputedStyle(document.body).backgroundColor")
    assert told == {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 22, 22)"}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_adds_no_element(text):
    names = re.compile(r"<[a-z!/][^\s>]*", re.I)
    assert set(names.findall(page_of(text, headline=text, credit=text, alt_text=text))) == {
        *names.findall(page_of("x", headline="x", credit="x", alt_text="x"))}  # fmt: skip


def test_a_photo_speaks_the_language_of_its_caption():
    page = page_of("Perahu nelayan yang menunggu giliran di pelabuhan itu, dan yang lain.",
                   "Perahu itu akan datang dari laut dengan ikan yang segar untuk pasar.",
                   "صياد ينتظر في الميناء يوم الأربعاء.", headline="Perahu di pelabuhan")  # fmt: skip
    assert elements(page, "html") == [{"lang": "id", "dir": "ltr"}]
    assert elements(page, "figure") == [{}, {}, {"lang": "ar", "dir": "rtl"}]


def test_a_language_that_is_not_known_is_not_told():
    assert elements(page_of("Zxcv"), "html") == [{"dir": "auto"}]


def test_lines_and_paragraphs_are_kept():
    assert "<p>One<br>\ntwo.</p>\n<p>Three.</p>" in page_of("One\ntwo.\n \n\nThree.\n")


def test_the_caption_is_no_alt_text():
    assert elements(page_of("A caption."), "img")[0]["alt"] == ""
    assert elements(page_of("A caption.", alt_text='Two "men"'), "img")[0]["alt"] == 'Two "men"'


def test_an_image_has_its_size_before_it_is_loaded():
    image = elements(page_of("x"), "img")[0]
    assert (image["width"], image["height"], image["loading"]) == ("1200", "800", "lazy")
    assert "srcset" not in image


def test_the_smallest_of_at_least_a_thousand_pixels_is_shown():
    files = tuple(ExportedFile(f"{edge}/ä,b.jpg", "", edge, edge, edge // 2) for edge in (4000, 1000, 320, 2048))
    image = elements(page_of("x", files=files), "img")[0]
    assert unquote(image["src"]) == "1000/ä,b.jpg"
    assert [each.split(" ")[1] for each in image["srcset"].split(", ")] == ["4000w", "2048w", "1000w", "320w"]


def test_a_browser_gets_no_tiff_where_there_is_something_else():
    files = (ExportedFile("original/a.tif", "", 9, 4000, 3000), ExportedFile("web/a.jpg", "", 9, 320, 240))
    assert elements(page_of("x", files=files), "img")[0]["src"] == "web/a.jpg"


def test_a_set_without_a_headline_has_a_title_all_the_same():
    assert "<title>out</title>" in page_of("x", headline="")
    assert "<h1>" not in page_of("x", headline="")
