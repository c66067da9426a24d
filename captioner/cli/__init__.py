"""The same functions without a window."""

import argparse
import logging
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from captioner import __version__, errors, i18n, paths, settings
from captioner.cli.console import DONE, INTERRUPTED, WITH_FINDINGS, WRONG_USAGE, Console, OpenWindow
from captioner.core.fields import FIELDS
from captioner.core.merge import OnConflict
from captioner.errors import CaptionerError, UsageError
from captioner.i18n import N_, _
from captioner.storage import agency_files

__all__ = ["Console", "OpenWindow", "main"]

_log = logging.getLogger(__name__)


def main(argv: Sequence[str]) -> int | OpenWindow:
    """The exit code, or the window that was asked for instead."""
    console = Console()
    try:
        console.settings = settings.load(paths.settings_file())
        agency_files.read(paths.agencies_file())  # told now, if it is broken
        i18n.use(console.settings.language or None)
        arguments = _parser().parse_args(_with_command(argv))
        console.as_json = getattr(arguments, "json", False)
        return _command(arguments.run)(arguments, console) or console.code
    except CaptionerError as error:
        console.tell(error.sentence)
        return WRONG_USAGE if isinstance(error, UsageError) else WITH_FINDINGS
    except BrokenPipeError:
        console.hang_up()
        return DONE
    except KeyboardInterrupt:
        console.tell(_("Stopped; what was not finished is as it was before."))
        return INTERRUPTED
    except OSError as error:
        told = _("{name}: {reason}; nothing more was done.")
        console.tell(told.format(name=error.filename or _("The disk"), reason=errors.reason(error)))
        return WITH_FINDINGS
    except Exception as error:
        _log.debug("A command failed", exc_info=True)
        console.tell(_("Something unexpected happened ({reason}).").format(reason=error))
        return WITH_FINDINGS


def _with_command(argv: Sequence[str]) -> list[str]:
    """`captioner FOLDER` is `captioner open FOLDER`."""
    first = next((word for word in argv if not word.startswith("-")), None)
    asks = {"-h", "--help", "--version"} & set(argv)
    return list(argv) if first in _COMMANDS or (first is None and asks) else ["open", *argv]


def without_window(window: OpenWindow) -> int:
    """The sample set's whole job on a machine with no display; any other set asks for the commands."""
    if not window.story:
        Console().tell(_("There is no display for the window; use a command such as “captioner show FOLDER”."))
        return WITH_FINDINGS
    folder, story = str(window.paths[0]), str(window.story)
    export = next(path for n in range(1, 10_000) if not (path := window.paths[0] / f"export-{n}").exists())
    Console().say(_("There is no display, so the sample set is captioned and exported without the window."))
    codes = [main(["story", story, folder, "--apply", "--credit-all"]), main(["export", folder, str(export)])]
    return max(code for code in codes if isinstance(code, int))


# The grammar

Command = Callable[[argparse.Namespace, Console], OpenWindow | None]
Argument = tuple[tuple[str, ...], dict[str, Any]]


def _command(name: str) -> Command:
    module, function = name.split(".")
    return getattr(import_module(f"captioner.cli.{module}"), function)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("captioner", description=_("Captions and credits for wire photos."))
    parser.add_argument("--version", action="version", version=f"Captioner {__version__}")
    commands = parser.add_subparsers(required=True, metavar=_("COMMAND"))
    for name, (run, described, arguments) in _COMMANDS.items():
        command = commands.add_parser(name, help=_(described), description=_(described))
        command.set_defaults(run=run)
        for flags, options in arguments:
            command.add_argument(*flags, **options)
    return parser


def _place(text: str) -> Path:
    """An empty name, as of a variable that was never set, would be the folder that one happens to be in."""
    if not text:
        raise UsageError(_("The name of a folder is empty; name the folder."))
    return Path(text)


def _argument(*flags: str, **options: Any) -> Argument:
    return flags, options


_PATHS = _argument("paths", nargs="+", type=Path, metavar="PATH")
_FOLDER = _argument("folder", type=Path, metavar="FOLDER")
_JSON = _argument("--json", action="store_true")
_DRY_RUN = _argument("--dry-run", action="store_true")
_WRITING = (
    _argument("--on-conflict", choices=[str(each) for each in OnConflict], default=str(OnConflict.MERGE)),
    _argument("--break-signature", action="store_true"),
)

_COMMANDS: dict[str, tuple[str, str, tuple[Argument, ...]]] = {
    # the module and function, so that a command loads no more than it needs
    "open": ("window.open_", N_("open the window on a folder or files"),
             (_argument("paths", nargs="*", type=Path, metavar="PATH"),)),
    "show": ("values.show", N_("show the values of each photo"), (
        _PATHS, _JSON, _argument("--blocks", action="store_true"))),
    "set": ("values.set_", N_("write fields into photos"), (
        _PATHS, _argument("--field", action="append", default=[], metavar="KEY=VALUE", help=", ".join(FIELDS)),
        _argument("--from", dest="table", type=Path, metavar="TABLE"), *_WRITING, _DRY_RUN, _JSON)),
    "story": ("texts.story", N_("split a story and match it to the photos in their order"), (
        _argument("story", type=Path, metavar="STORY"), _FOLDER, _argument("--apply", action="store_true"), _JSON,
        _argument("--credit-all", action="store_true"), _argument("--language", default="", metavar="CODE"),
        *_WRITING)),
    "credit": ("texts.credit", N_("take the credit off a caption's end, and write it in every house style"),
               (_argument("text", metavar="TEXT"), _JSON)),
    "check": ("values.check", N_("report what is wrong in the captions and credits"), (_PATHS, _JSON)),
    "export": ("export.export", N_("write the ordered set for a CMS"), (
        _argument("folder", nargs="?", type=_place, metavar="FOLDER"),
        _argument("destination", nargs="?", type=_place, metavar="DEST"),
        _argument("--recipe", metavar="NAME|FILE.toml"), _argument("--override", metavar="REASON"),
        _argument("--exclude", action="append", default=[], metavar="NAME"),
        _argument("--corrections", action="store_true"), _argument("--finish", type=_place, metavar="DEST"),
        _argument("--clean-up", type=_place, metavar="DEST"), _DRY_RUN, _JSON)),
    "recipes": ("export.list_recipes", N_("list the ways to export"), (_JSON,)),
    "demo": ("window.demo", N_("lay out the sample set and open it"),
             (_argument("folder", nargs="?", type=Path, metavar="DIR"),)),
}  # fmt: skip
