"""Stories in a word processor's file, a web page or a table."""

import contextlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from captioner.core.story import StoryCaption, split_story
from captioner.errors import CaptionerError
from captioner.storage.desk_data import load_agencies, load_languages
from captioner.storage.story_files import SUFFIXES, read_story, read_story_text

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
DISHES = "Ibu-ibu memasak rendang di dapur umum, Rabu (13/9/2023)."
CHILDREN = "Anak-anak menunggu di tepi\u00a0sungai sejak pagi."
TITLE = "Dapur umum di tepi sungai"


def word(path: Path, *paragraphs: str, build: Callable[..., None] | None = None) -> Path:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if build:
        build(document)
    document.save(str(path))
    return path


def add(xml: str) -> Callable[..., None]:
    return lambda document: document.element.body.insert(0, parse_xml(xml))


def packed(path: Path, **parts: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return path


def open_document(path: Path, body: str, head: str = "") -> Path:
    names = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"' for name, urn in
                    (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
                     ("svg", "svg-compatible")))  # fmt: skip
    text = f"{head}<office:document-content{names}><office:body><office:text>{body}</office:text></office:body>"
    return packed(path, content_xml=f"{text}</office:document-content>")


def test_a_word_document_is_a_story(tmp_path: Path):
    story = read_story(word(tmp_path / "story.docx", TITLE, f"{DISHES} Andi Sulaksono/AP", CHILDREN))
    assert (story.headline, story.language) == (TITLE, "id")
    assert story.captions == (StoryCaption(DISHES, "Andi Sulaksono/AP"), StoryCaption(CHILDREN))


def test_a_word_document_is_known_by_what_is_in_it(tmp_path: Path):
    assert read_story_text(word(tmp_path / "story.txt", TITLE, DISHES)) == f"{TITLE}\n\n{DISHES}"


def test_the_language_can_be_set(tmp_path: Path):
    assert read_story(word(tmp_path / "story.docx", TITLE, DISHES), "ms").language == "ms"


def test_what_was_deleted_or_moved_away_is_left_out_and_what_was_inserted_stays(tmp_path: Path):
    xml = (
        f"<w:p {W}><w:r><w:t>Warga </w:t></w:r>"
        "<w:del w:id='1' w:author='a'><w:r><w:delText>lama</w:delText></w:r></w:del>"
        "<w:ins w:id='2' w:author='a'><w:r><w:t xml:space='preserve'>baru </w:t></w:r></w:ins>"
        "<w:moveFrom w:id='3' w:author='a'><w:r><w:t>hilang</w:t></w:r></w:moveFrom>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>datang.</w:t><w:noBreakHyphen/><w:br/><w:t>Pagi</w:t></w:r></w:p>"
    )
    assert read_story_text(word(tmp_path / "a.docx", build=add(xml))) == "Warga baru datang.\u2011\nPagi"


def test_comments_are_no_part_of_a_story(tmp_path: Path):
    def comment(document: docx.document.Document) -> None:
        paragraph = document.add_paragraph(DISHES)
        document.add_comment(paragraph.runs, text="Benarkah ini?", author="a")

    assert read_story_text(word(tmp_path / "a.docx", build=comment)) == DISHES


def test_a_text_box_is_read_once(tmp_path: Path):
    box = f"<w:txbxContent><w:p><w:r><w:t>{DISHES}</w:t></w:r></w:p></w:txbxContent>"
    xml = (
        f"<w:p {W} {MC}><w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert read_story_text(word(tmp_path / "a.docx", build=add(xml))) == DISHES


def test_lists_are_paragraphs(tmp_path: Path):
    def listed(document: docx.document.Document) -> None:
        for text in (DISHES, CHILDREN):
            document.add_paragraph(text, style="List Number")

    assert read_story_text(word(tmp_path / "a.docx", build=listed)) == f"{DISHES}\n\n{CHILDREN}"


ROWS = (("Nama file", "Keterangan", "Kredit"), ("DSC_2.JPG", DISHES, "Foto: Andi"), ("DSC_1.JPG", CHILDREN, ""))
TOLD = (StoryCaption(DISHES, "Andi", "DSC_2.JPG"), StoryCaption(CHILDREN, "", "DSC_1.JPG"))


def tabled(rows: tuple[tuple[str, ...], ...]) -> Callable[..., None]:
    def build(document: docx.document.Document) -> None:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text

    return build


def test_a_table_with_named_columns_holds_a_photo_in_each_row(tmp_path: Path):
    story = read_story(word(tmp_path / "a.docx", TITLE, build=tabled(ROWS)))
    assert (story.headline, story.captions) == (TITLE, TOLD)


def test_a_table_with_nameless_columns_is_paragraphs(tmp_path: Path):
    assert read_story_text(word(tmp_path / "a.docx", build=tabled(((DISHES, CHILDREN),)))) == f"{DISHES}\n\n{CHILDREN}"


def test_an_open_document_is_a_story(tmp_path: Path):
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Dihapus</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        f"<text:h>{TITLE}</text:h><text:p>Warga<text:s text:c='999999999'/><office:annotation><text:p>Cek</text:p>"
        "</office:annotation><text:span>datang</text:span>.<text:line-break/>Foto: Andi</text:p>"
        f"<text:list><text:list-item><text:p>{DISHES}</text:p></text:list-item></text:list>"
        f"<text:p><draw:frame><draw:text-box><text:p>{CHILDREN}</text:p></draw:text-box><svg:desc>Gambar</svg:desc></draw:frame></text:p>"
    )
    text = read_story_text(open_document(tmp_path / "a.odt", body))
    assert text == f"{TITLE}\n\nWarga{' ' * 100}datang.\nFoto: Andi\n\n{DISHES}\n\n{CHILDREN}"


def test_a_web_page_is_a_story(tmp_path: Path):
    page = tmp_path / "a.html"
    page.write_bytes(
        f"""<!DOCTYPE html><html><head><meta charset="windows-1252"><title>Situs</title><style>p {{}}</style></head>
        <body><nav><a href="/">Beranda</a></nav><h1>{TITLE}</h1><!-- catatan --><script>var a = "<p>x</p>"</script>
        <figure><img src="a.jpg" alt="x"><figcaption>{DISHES}
          <b>Andi&nbsp;Sulaksono</b>/AP</figcaption></figure><p>{CHILDREN.replace(chr(0xA0), "&#160;")}<br>© Andi</p>
          <p>« Café »</p></body></html>""".encode("cp1252")
    )
    text = read_story_text(page)
    assert text == f"{TITLE}\n\n{DISHES} Andi\u00a0Sulaksono/AP\n\n{CHILDREN}\n© Andi\n\n« Café »"


@pytest.mark.parametrize("name", ["a.html", "a.txt"])
def test_a_page_without_text_is_empty(tmp_path: Path, name: str):
    page = tmp_path / name
    page.write_text("<html><body><p>  </p></body></html>")
    assert read_story_text(page) == ""


def table(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_a_story(tmp_path: Path, delimiter: str, encoding: str):
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in ROWS]
    assert read_story(table(tmp_path / "a.csv", "\r\n".join(lines), encoding)).captions == TOLD


@pytest.mark.parametrize(
    "header",
    [
        "file,caption",
        "Datei;Bildunterschrift",
        "FILENAME\tCaption",
        "fichier,légende",
        "Имя файла;Подпись",
        "photo,texte",
        "파일명,캡션",
        "ファイル名,キャプション",
        "文件名,说明",
        "اسم الملف,التعليق",
        "dosya adı;açıklama",
        "foto,keterangan",
    ],
)
def test_columns_are_known_in_many_languages(tmp_path: Path, header: str):
    delimiter = next(char for char in ",;\t" if char in header)
    story = read_story(table(tmp_path / "a.csv", f"{header}\nDSC_1.JPG{delimiter}Orang berjalan. (AFP)\n"))
    assert story.captions == (StoryCaption("Orang berjalan.", "AFP", "DSC_1.JPG"),)


def test_a_table_tells_its_headline_numbers_and_repeats(tmp_path: Path):
    rows = "no,headline,caption,credit\n2,Judul,Satu orang.,A/AP\n1,Judul,Dua orang.,\n1,Judul,Dua  orang.,A/AP\n"
    story = read_story(table(tmp_path / "a.csv", rows))
    assert (story.headline, story.dropped_repeats) == ("Judul", 1)
    assert story.captions == (StoryCaption("Satu orang.", "A/AP", "", 2), StoryCaption("Dua orang.", "A/AP", "", 1))


def test_a_table_without_header_is_known_by_its_file_names(tmp_path: Path):
    story = read_story(table(tmp_path / "a.csv", "a.jpg,Orang berjalan.\nb.jpg,Orang duduk.\n"))
    assert story.captions == (StoryCaption("Orang berjalan.", "", "a.jpg"), StoryCaption("Orang duduk.", "", "b.jpg"))


def test_a_credit_in_its_column_and_in_the_caption_is_one(tmp_path: Path):
    story = read_story(table(tmp_path / "a.csv", "file,caption,credit\na.jpg,Orang duduk. (Andi/AP),Foto: Andi/AP\n"))
    assert story.captions == (StoryCaption("Orang duduk.", "Andi/AP", "a.jpg"),)


def test_a_table_is_text_in_the_box(tmp_path: Path):
    text = read_story_text(table(tmp_path / "a.csv", "file,caption,credit\na.jpg,Orang duduk.,Andi/AP\n"))
    assert text == "a.jpg\nOrang duduk.\nCredit: Andi/AP"


def test_the_text_in_the_box_tells_the_same_as_the_table(tmp_path: Path):
    rows = (
        f"file,headline,caption,credit\na.jpg,{TITLE},Orang duduk di tepi sungai.,Andi/AP\nb.jpg,,Hujan turun lagi.,\n"
    )
    file = table(tmp_path / "a.csv", rows)
    assert split_story(read_story_text(file), load_agencies(), load_languages()) == read_story(file)


def test_a_table_that_names_no_columns_is_text(tmp_path: Path):
    assert read_story_text(table(tmp_path / "a.csv", "Warga datang, lalu pergi.\n")) == "Warga datang\n\nlalu pergi."


BOMB = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


def refused(path: Path) -> str:
    with pytest.raises(CaptionerError) as told:
        read_story(path)
    assert told.value.path == path
    return told.value.sentence


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
@pytest.mark.parametrize(
    "data", [b"", b"Just words.", b"\xff\xd8\xff\xe0\0\x10JFIF\0", b"PK\3\4" + bytes(100), b"PK\5\6" + bytes(18)]
)
def test_a_file_of_another_kind_is_told(tmp_path: Path, name: str, data: bytes):
    (tmp_path / name).write_bytes(data)
    sentence = refused(tmp_path / name)
    assert name in sentence
    assert sentence.count(".") == name.count(".") + 1


@pytest.mark.parametrize("data", [b"{\\rtf1 Words.}", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
def test_a_file_that_other_programs_read_is_told(tmp_path: Path, data: bytes):
    (tmp_path / "a.txt").write_bytes(data)
    assert "holds no text" in refused(tmp_path / "a.txt")


def test_entities_are_refused(tmp_path: Path):
    refused(open_document(tmp_path / "a.odt", "<text:p>&b;</text:p>", head=BOMB))


def test_entities_in_any_encoding_are_refused(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "a.odt", "w") as archive:
        archive.writestr("content.xml", ('<?xml version="1.0" encoding="utf-16"?>' + BOMB + "<a/>").encode("utf-16"))
    refused(tmp_path / "a.odt")


def test_entities_in_a_word_document_are_refused(tmp_path: Path):
    with zipfile.ZipFile(word(tmp_path / "a.docx", DISHES)) as good, zipfile.ZipFile(tmp_path / "b.docx", "w") as bad:
        for name in good.namelist():
            text = good.read(name)
            bad.writestr(name, text.replace(b"<w:document", BOMB.encode() + b"<w:document", 1))
    refused(tmp_path / "b.docx")


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_a_zip_that_grows_without_end_is_refused(tmp_path: Path, name: str):
    huge = "<a>" + " " * (40 * 1024 * 1024) + "</a>"
    packed(tmp_path / name, content_xml=huge, word__document_xml=huge)
    refused(tmp_path / name)


def test_pictures_in_a_document_are_not_read(tmp_path: Path):
    """A damaged picture is no trouble for the text."""
    whole = word(tmp_path / "a.docx", DISHES)
    with zipfile.ZipFile(whole, "a") as archive:
        archive.writestr("word/media/image1.png", b"no picture")
    assert read_story_text(whole) == DISHES


@pytest.mark.parametrize("cut", [10, 500, 5000])
def test_a_truncated_document_is_told(tmp_path: Path, cut: int):
    data = io.BytesIO(word(tmp_path / "a.docx", DISHES).read_bytes()).getvalue()
    (tmp_path / "a.docx").write_bytes(data[:-cut])
    refused(tmp_path / "a.docx")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return word(tmp_path_factory.mktemp("word") / "a.docx", TITLE, DISHES, build=tabled(ROWS)).read_bytes()


def read_or_told(path: Path, data: bytes) -> None:
    """Nothing else may be raised."""
    path.write_bytes(data)
    with contextlib.suppress(CaptionerError):
        read_story(path)
        read_story_text(path)


@given(st.binary(max_size=300), st.sampled_from(SUFFIXES))
def test_any_bytes_are_a_story_or_are_told(tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str):
    read_or_told(tmp_path_factory.getbasetemp() / f"any{suffix}", data)


@settings(max_examples=40)
@given(st.data())
def test_a_damaged_document_is_a_story_or_is_told(tmp_path_factory: pytest.TempPathFactory, whole: bytes, data):
    at = data.draw(st.integers(0, len(whole) - 9))
    damaged = whole[:at] + data.draw(st.binary(min_size=1, max_size=8)) + whole[at + data.draw(st.integers(0, 9)) :]
    read_or_told(tmp_path_factory.getbasetemp() / "damaged.docx", damaged)


MARKUP = st.sampled_from(["<p>", "</p>", "<table>", "<tr>", "<td>", "</td>", "<br>", "<!--", "&#0;", "&nbsp;",
                          "<div hidden>", "<script>", "A", "/AP", "\n", "<svg>", "</table>"])  # fmt: skip


@given(st.lists(st.one_of(MARKUP, st.text(max_size=5)), max_size=30).map("".join))
def test_any_markup_is_a_story(tmp_path_factory: pytest.TempPathFactory, text: str):
    read_or_told(tmp_path_factory.getbasetemp() / "any.html", text.encode("utf-8", "replace"))


def test_markup_that_is_nested_without_end_is_read(tmp_path: Path):
    page = tmp_path / "a.html"
    page.write_text("<div>" * 100_000 + DISHES, "utf-8")
    read_or_told(page, page.read_bytes())
