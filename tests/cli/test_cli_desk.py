"""The desk's craft from the command line: stories of every kind, credits, the house style."""

import csv

import docx

from captioner import paths


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_table_is_matched_by_its_file_names(run, folder, tmp_path):
    with (tmp_path / "story.csv").open("w", encoding="utf-8", newline="") as file:
        rows = [("Nama file", "Keterangan", "Kredit"), (names(folder)[2], "Warga menanam padi.", "Andi/AP")]
        csv.writer(file).writerows(rows)
    code, document, _err = run("story", tmp_path / "story.csv", folder, "--json")
    assert (code, document["captions"]) == (
        1,
        [{"caption": "Warga menanam padi.", "credit": "Andi/AP", "photo": str(folder / names(folder)[2])}],
    )
    assert len(document["unmatched_photos"]) == 6


def test_a_word_document_is_applied(run, folder, tmp_path):
    document = docx.Document()
    for text in ("Tujuh foto", *(f"Petani ke-{n} menanam padi di sawah. Andi Sulaksono/AP" for n in range(7))):
        document.add_paragraph(text)
    document.save(str(tmp_path / "story.docx"))
    assert run("story", tmp_path / "story.docx", folder, "--apply", "--json")[0] == 0
    fields = run("show", folder, "--json")[1][6]["fields"]
    assert fields["caption"] == "Petani ke-6 menanam padi di sawah."
    assert (fields["credit"], fields["headline"]) == ("Andi Sulaksono/AP", "Tujuh foto")


def test_the_language_is_set(run, folder, tmp_path):
    (tmp_path / "story.txt").write_text("Warga menanam padi di sawah.\n", "utf-8")
    assert run("story", tmp_path / "story.txt", folder, "--json")[1]["language"] == "id"
    assert run("story", tmp_path / "story.txt", folder, "--language", "ms", "--json")[1]["language"] == "ms"
    code, _out, err = run("story", tmp_path / "story.txt", folder, "--language", "xx")
    assert code == 2
    assert "xx" in err


def test_a_credit_tells_where_its_parts_stand_and_what_says_nothing(run):
    code, document, _err = run("credit", "Dua orang berjalan. Stringer/Ranggi Tamawira/AP Photo", "--json")
    assert (code, document["credit"]) == (0, "Stringer/Ranggi Tamawira/AP Photo")
    assert document["chain"] == {
        "photographers": ["Ranggi Tamawira"], "agency": "AP", "pool": "", "distributor": "",
    }  # fmt: skip
    assert [document["credit"][part["start"] : part["end"]] for part in document["parts"]] == [
        part["text"] for part in document["parts"]
    ]
    assert [(part["role"], part["name"], part["text"]) for part in document["parts"]] == [
        ("photographer", "Ranggi Tamawira", "Ranggi Tamawira"), ("agency", "AP", "AP Photo"),
    ]  # fmt: skip
    assert document["says_nothing"] == [{"text": "Stringer", "reason": "names nobody"}]


def test_a_style_that_cant_hold_a_chain_is_empty(run):
    styles = run("credit", "Dua orang. Konstantin Alexandrovich Ostrov/Sputnik/AP", "--json")[1]["styles"]
    assert (styles["short"], styles["slash"]) == ("", "Konstantin Alexandrovich Ostrov/Sputnik/AP")


def settings(**values):
    paths.settings_file().parent.mkdir(parents=True, exist_ok=True)
    paths.settings_file().write_text("".join(f'{key} = "{value}"\n' for key, value in values.items()), "utf-8")


def test_a_house_style_is_published_and_the_original_keeps_its_credit(run, folder, tmp_path):
    run("set", folder, "--field", "credit=Ranggi Tamawira/Sputnik/Kremlin Pool/AP")
    settings(credit_style="getty")
    code, document, _err = run("export", folder, tmp_path / "out", "--json")
    published = "Photo by Ranggi Tamawira/Sputnik/Kremlin Pool via AP"
    assert code == 0
    assert document["photos"][0]["fields"]["credit"] == published
    assert document["photos"][0]["credit_as_written"] == "Ranggi Tamawira/Sputnik/Kremlin Pool/AP"
    assert (
        run("show", tmp_path / "out" / document["photos"][0]["file"], "--json")[1][0]["fields"]["credit"] == published
    )
    assert run("show", folder, "--json")[1][0]["fields"]["credit"] == "Ranggi Tamawira/Sputnik/Kremlin Pool/AP"


def test_a_style_that_does_not_exist_is_told(run, folder):
    settings(credit_style="bold")
    code, _out, err = run("show", folder)
    assert code == 2
    assert "slash" in err


def test_the_desks_own_agencies_are_known(run):
    line = "Warga berjalan. Kebun Bersama"
    assert run("credit", line, "--json")[1]["credit"] == ""
    paths.agencies_file().parent.mkdir(parents=True, exist_ok=True)
    paths.agencies_file().write_text('[agency]\n"Kebun Bersama" = []\n', "utf-8")
    assert run("credit", line, "--json")[1]["credit"] == "Kebun Bersama"
    paths.agencies_file().write_text('[agency]\n"Kebun Bersama" = 3\n', "utf-8")
    code, _out, err = run("credit", line)
    assert code == 2
    assert "Kebun Bersama" in err
