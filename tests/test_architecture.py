"""The rules of the house. import-linter holds the order of the rooms; here is what its contracts can't say."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "captioner"
DISK_MODULES = {
    "PIL", "fcntl", "glob", "io", "lxml", "mmap", "os", "piexif", "shutil", "socket", "sqlite3", "subprocess",
    "tempfile",
}  # fmt: skip
DISK_CALLS = {
    "exists", "expanduser", "glob", "is_dir", "is_file", "is_symlink", "iterdir", "lstat", "mkdir", "open",
    "read_bytes", "read_text", "rename", "resolve", "rglob", "rmdir", "stat", "touch", "unlink", "write_bytes",
    "write_text",
}  # fmt: skip
MARKS = {"_", "N_", "ngettext"}

SOURCES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))


def inside(*rooms: str) -> list[Path]:
    return [file for file in SOURCES if any(file.is_relative_to(PACKAGE / room) for room in rooms)]


@cache
def nodes(file: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(file.read_text("utf-8"))))


def where(file: Path, node: ast.AST) -> str:
    return f"{file.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 1)}"


def name_of(node: ast.AST) -> str:
    """The last part of a dotted name."""
    return getattr(node, "id", "") or getattr(node, "attr", "")


def calls(file: Path) -> Iterator[tuple[str, ast.Call]]:
    return ((name_of(node.func), node) for node in nodes(file) if isinstance(node, ast.Call))


def imports(file: Path) -> Iterator[str]:
    for node in nodes(file):
        if isinstance(node, ast.Import | ast.ImportFrom):
            within = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            yield from (within + name.name for name in node.names)


def functions(file: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in nodes(file) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_only_the_command_line_prints():
    quiet = [file for file in SOURCES if file != PACKAGE / "cli" / "console.py"]
    assert not [where(file, call) for file in quiet for name, call in calls(file) if name == "print"]
    streams = {"sys.stdout", "sys.stderr"}
    attributes = [(file, node) for file in quiet for node in nodes(file) if isinstance(node, ast.Attribute)]
    assert not [where(file, node) for file, node in attributes if ast.unparse(node) in streams]


def test_the_command_line_leaves_qt_unloaded():
    commands = "captioner.cli.texts, captioner.cli.values, captioner.cli.export, captioner.cli.window"
    loaded = f"import sys, {commands}; print(*[name for name in sys.modules if name.startswith('PySide6')])"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == []


FRAMED = """
import sys
from captioner import cli, settings
cli.main(["."])
from captioner.ui import app
from PySide6 import QtCore
from PySide6.QtCore import QEvent, QObject
made = app.begun()
class Painted(QObject):
    seen = []
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.seen.append(watched)
        return False
painted = Painted()
made.installEventFilter(painted)
window = app.framed(settings.Settings())
print(window in painted.seen, "Qt" in vars(QtCore))
print(*(name for name in sys.modules if name.startswith("captioner.storage.photos")
      or name in ("captioner.ui.sheet", "captioner.core.checks", "captioner.core.credit", "lxml")))
app.dress(made)
window.furnish().close()
"""


def test_the_window_is_painted_before_its_parts_are_loaded():
    found = subprocess.run([sys.executable, "-c", FRAMED], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.split() == ["True", "False"]


def test_a_module_is_named_for_what_it_is():
    assert not [file for file in SOURCES if file.stem in {"utils", "util", "helpers", "helper", "misc", "common"}]


def test_a_class_is_named_for_what_it_is():
    classes = [node.name for file in SOURCES for node in nodes(file) if isinstance(node, ast.ClassDef)]
    assert not [name for name in classes if name.endswith(("Manager", "Helper", "Util", "Utils"))]


def test_the_core_touches_no_disk():
    core = inside("core")
    assert not [(file.name, name) for file in core for name in imports(file) if name.split(".")[0] in DISK_MODULES]
    assert not [where(file, call) for file in core for name, call in calls(file) if name in DISK_CALLS]


def test_formats_and_blocks_know_no_fields():
    rooms = inside("storage/formats", "storage/blocks")
    assert not [(file.name, name) for file in rooms for name in imports(file) if name.startswith("captioner.core")]


def test_a_dialog_imports_no_other_dialog():
    dialogs = inside("ui/dialogs")
    assert not [
        (file.name, name) for file in dialogs for name in imports(file) if name.startswith("captioner.ui.dialogs")
    ]


def test_a_module_has_400_lines_at_most():
    assert not [file.name for file in SOURCES if len(file.read_text("utf-8").splitlines()) > 400]


def test_a_function_has_40_lines_at_most():
    lengths = [(file, each, (each.end_lineno or 0) - each.lineno + 1) for file in SOURCES for each in functions(file)]
    assert not [where(file, each) for file, each, length in lengths if length > 40]


def test_a_message_is_a_literal_or_comes_from_a_table():
    """What is put together first, such as an f-string, is in no catalogue; the rows of a table are marked by N_."""
    elsewhere = [file for file in SOURCES if file != PACKAGE / "i18n.py"]
    marked = [(file, name, call) for file in elsewhere for name, call in calls(file) if name in MARKS]
    assert not [where(file, call) for file, name, call in marked if not is_message(name, call)]


def is_message(mark: str, call: ast.Call) -> bool:
    texts = call.args[: 2 if mark == "ngettext" else 1]
    return all(isinstance(text, ast.Constant) for text in texts) or (mark == "_" and is_row(texts[0]))


def is_row(text: ast.expr) -> bool:
    if isinstance(text, ast.IfExp):
        return is_row(text.body) and is_row(text.orelse)
    return isinstance(text, ast.Name | ast.Attribute | ast.Subscript)


def test_messages_are_marked_by_the_names_that_extraction_knows():
    assigned = [(file, node.value) for file in SOURCES for node in nodes(file) if isinstance(node, ast.Assign)]
    assert not [where(file, value) for file, value in assigned if name_of(value) in MARKS]
    aliases = [(file, node) for file in SOURCES for node in nodes(file) if isinstance(node, ast.alias)]
    assert not [where(file, alias) for file, alias in aliases if alias.name in MARKS and alias.asname]


def test_what_ships_as_toml_can_be_read():
    files = list((ROOT / "resources").rglob("*.toml"))
    assert files
    assert all(tomllib.loads(file.read_text("utf-8")) for file in files)


def test_every_recipe_that_ships_can_be_loaded():
    from captioner.export.recipes import load_recipe

    names = [file.stem for file in (ROOT / "resources" / "recipes").glob("*.toml")]
    assert names
    assert all(load_recipe(name) for name in names)


def test_a_test_is_named_by_a_sentence():
    names = [each.name for file in TESTS for each in functions(file) if each.name.startswith("test_")]
    assert not [name for name in names if len(name.removeprefix("test_").split("_")) < 3]


def test_pyside_reads_no_source_of_ours():
    """What `captioner.ui` puts in its place has to be there, whatever PySide6 calls it next."""
    from shibokensupport import feature

    import captioner.ui  # noqa: F401

    assert feature._mod_uses_pyside(sys.modules["captioner.paths"]) is False
