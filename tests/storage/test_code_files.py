from captioner.storage import code_files


def test_several_files_are_one_table_and_the_later_wins(tmp_path):
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text("a\tone\nb\ttwo\n", "utf-8")
    second.write_text("a\tother\n", "utf-8")
    assert code_files.load([first, second]).table == {"a": ("other",), "b": ("two",)}


def test_a_file_that_is_gone_is_named_and_the_others_are_used(tmp_path):
    here = tmp_path / "a.txt"
    code_files.write(here, {"a": ("김정은",)})
    held = code_files.load([tmp_path / "gone.txt", here])
    assert (held.table, [told[:27] for told in held.troubles]) == ({"a": ("김정은",)}, ["The codes of gone.txt can't"])


def test_a_file_in_another_code_page_is_read(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes("вп\tВладимир Путин, президент России\nкм\tКремль и министерство\n".encode("cp1251"))
    assert code_files.load([file]).table["вп"] == ("Владимир Путин, президент России",)
