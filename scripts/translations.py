"""The catalogues: extract the template, update every language from it, compile, check.

Neither dates nor line numbers are kept, so a catalogue changes only when a message does. A new language begins as an
empty XX.po.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.plurals import PLURALS
from babel.messages.pofile import read_po, write_po
from babel.plural import to_gettext

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "translations"
TEMPLATE = FOLDER / "captioner.pot"
MARKS = {"_": 1, "N_": 1, "ngettext": 2}
"""How many of a call's arguments are messages."""
KEPT_HEADERS = ('"MIME-Version:', '"Content-', '"Language:', '"Plural-Forms:')
HEADER = "# Messages of Captioner.\n# Distributed under the licence of Captioner, MIT."


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("command", choices=COMMANDS)
    return COMMANDS[parser.parse_args().command]()


def extract() -> int:
    _replace(TEMPLATE, _written(template()))
    return 0


def update() -> int:
    """A message that changed loses its translation: a guess would be marked fuzzy, and no fuzzy one is ever shown."""
    for file in catalogues():
        catalogue = _read(file)
        catalogue.update(template(), no_fuzzy_matching=True)
        _replace(file, _written(catalogue))
    return 0


def compile_() -> int:
    compile_all()
    return 0


def check() -> int:
    current = template()
    troubles = [] if _holds(TEMPLATE, _written(current)) else [f"{_name(TEMPLATE)}: out of date; run make translations"]
    for file in catalogues():
        troubles += [f"{_name(file)}: {trouble}" for trouble in catalogue_troubles(_read(file), current)]
    print("\n".join(troubles), end="\n" if troubles else "", file=sys.stderr)
    return 1 if troubles else 0


COMMANDS = {"extract": extract, "update": update, "compile": compile_, "check": check}


def catalogues() -> list[Path]:
    return sorted(FOLDER.glob("*.po"))


def compile_all() -> list[Path]:
    """Each XX.po to XX.mo beside it."""
    made: list[Path] = []
    for file in catalogues():
        compiled, catalogue = BytesIO(), _read(file)
        for message in list(catalogue):  # Babel would write a count without translation as empty text
            if message.id and not all(_texts(message.string)):
                catalogue.delete(message.id)
        write_mo(compiled, catalogue, use_fuzzy=False)
        _replace(file.with_suffix(".mo"), compiled.getvalue())
        made.append(file.with_suffix(".mo"))
    return made


def template() -> Catalog:
    """Every message of the source, as of now."""
    catalogue = Catalog(header_comment=HEADER, fuzzy=False)
    for file in sorted((ROOT / "captioner").rglob("*.py")):
        for message in messages(file.read_text("utf-8")):
            catalogue.add(message, locations=[(_name(file), 1)])
    return catalogue


def messages(source: str) -> Iterator[str | tuple[str, ...]]:
    """From the syntax tree: Babel's own extraction sees into an f-string on some Pythons and not on others."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (count := MARKS.get(_called(node.func))):
            constants = [each.value for each in node.args[:count] if isinstance(each, ast.Constant)]
            texts = tuple(each for each in constants if isinstance(each, str))
            if len(texts) == count:
                yield texts if count > 1 else texts[0]


def _called(function: ast.expr) -> str:
    return getattr(function, "id", "") or getattr(function, "attr", "")


def catalogue_troubles(catalogue: Catalog, current: Catalog) -> Iterator[str]:
    right = plural_forms(str(catalogue.locale))
    if _rule(catalogue.plural_forms) != _rule(right):
        yield f"its Plural-Forms have to be {right}"
    for message in current:
        if message.id:
            held = catalogue.get(message.id)
            told = message_trouble(held, catalogue.num_plurals) if held else "is missing; run make translations"
            yield from [f"“{_texts(message.id)[0]}” {told}"] if told else []
    for message in catalogue:
        if message.id and current.get(message.id) is None:
            yield f"“{_texts(message.id)[0]}” is no message any more; run make translations"


def plural_forms(language: str) -> str:
    """gettext's, where Babel has them; CLDR's for any other language."""
    locale = Locale.parse(language)
    if {str(locale), locale.language} & PLURALS.keys():
        return Catalog(locale=locale).plural_forms
    return to_gettext(locale.plural_form)


def _rule(plural_forms: str) -> str:
    """Some Babels put a rule in parentheses, others don't."""
    return re.sub(r"plural=\((.*)\);?$", r"plural=\1", "".join(plural_forms.split()).rstrip(";"))


def message_trouble(message: Message, plural_forms: int) -> str:
    """What is wrong with one translation; "" if nothing is."""
    sources, forms = _texts(message.id), _texts(message.string)
    if message.fuzzy:
        return "is fuzzy"
    if not all(forms):
        return "is not translated"
    if len(forms) != (plural_forms if message.pluralizable else 1):
        return f"has {len(forms)} plural forms instead of {plural_forms}"
    # A form for one thing alone may leave the number out, as the source does.
    allowed = [_placeholders(source) for source in (sources if plural_forms > 1 else sources[-1:])]
    if any(_placeholders(form) not in allowed for form in forms):
        return f"has other placeholders than {_braced(allowed[-1])}"
    if any(_edges(form) != _edges(sources[0]) for form in forms):
        return "begins or ends with other spaces"
    return ""


def _texts(held: str | Iterable[str] | None) -> tuple[str, ...]:
    return (held or "",) if held is None or isinstance(held, str) else tuple(held)


def _placeholders(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name is not None}


def _braced(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "none"


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _read(file: Path) -> Catalog:
    begun = f'msgid ""\nmsgstr "Plural-Forms: {plural_forms(file.stem)}\\n"\n'
    catalogue = read_po(BytesIO(file.read_bytes() or begun.encode()), locale=file.stem)
    catalogue.header_comment, catalogue.fuzzy = HEADER, False
    return catalogue


def _written(catalogue: Catalog) -> bytes:
    """Babel's text, less what differs from day to day and from one Babel to the next."""
    for message in (*catalogue, *catalogue.obsolete.values()):
        message.flags -= {"python-format", "python-brace-format"}
        message.flags |= {"python-brace-format"} if _placeholders(_texts(message.id)[-1]) else set()
    written = BytesIO()
    write_po(written, catalogue, width=100, include_lineno=False, sort_output=True)
    header, _blank, rest = written.getvalue().decode().partition("\n\n")
    kept = [line for line in header.splitlines() if not line.startswith('"') or line.startswith(KEPT_HEADERS)]
    return "\n".join((*kept, "", rest)).encode()


def _holds(file: Path, content: bytes) -> bool:
    return file.is_file() and file.read_bytes() == content


def _replace(file: Path, content: bytes) -> None:
    """Whole or not at all; touched even when nothing changed, so that make sees it as done."""
    part = file.with_name(f"{file.name}.part")
    part.write_bytes(content)
    part.replace(file)


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    sys.exit(main())
