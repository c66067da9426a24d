"""What the credit of the selected photos gives: creator and source, and the same credit in another style."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from captioner.core import credit_offers
from captioner.core.credit import Chain, parse
from captioner.core.credit_offers import KEYS, Rewritten, rewritten
from captioner.i18n import _, ngettext
from captioner.storage.desk_data import load_agencies

if TYPE_CHECKING:
    from captioner.ui.main_window import MainWindow

_FEW = 24
"""Credits that are read at once; half a millisecond each."""


def take(window: "MainWindow", keys: Collection[str] = KEYS) -> None:
    """Each photo's from its own credit."""
    paths, photos = window.sheet.selection, window.photos

    def done(chains: Mapping[str, Chain]) -> None:
        edit = credit_offers.take(photos, paths, keys, chains)
        photos.apply(edit)
        if not edit:
            window.notices.tell(_("The credit names no creator or source that isn't there already."))

    _read(window, partial(parse, agencies=load_agencies()), done)


def restyle(window: "MainWindow", style: str) -> None:
    """What the style can't hold, or leaves out, is told of."""
    paths, photos = window.sheet.selection, window.photos

    def done(by_credit: Mapping[str, Rewritten]) -> None:
        edit = credit_offers.restyle(photos, paths, by_credit)
        photos.apply(edit)
        _tell(window, by_credit, is_changed=bool(edit))

    _read(window, partial(rewritten, style=style, agencies=load_agencies()), done)


def _tell(window: "MainWindow", by_credit: Mapping[str, Rewritten], is_changed: bool) -> None:
    stay = sum(not each.text for each in by_credit.values())
    if stay:
        told = ngettext("{count} credit can't be written in that style and stays as it is.",
                        "{count} credits can't be written in that style and stay as they are.", stay)  # fmt: skip
        window.notices.tell(told.format(count=stay))
    dropped = dict.fromkeys(word for each in by_credit.values() for word in each.dropped)
    if dropped and is_changed:
        told = _("The credit is now without {words}.")
        words = ", ".join(f"“{word}”" for word in list(dropped)[:6])
        window.notices.tell(told.format(words=words), [(_("Undo"), window.undo)])


def _read(window: "MainWindow", read: Callable[[str], Any], done: Callable[[Mapping[str, Any]], None]) -> None:
    """Each different credit of the selection once, and of many in the background."""
    window.typing.finish()
    window.photos.history.seal()
    photos, credits = window.photos, credit_offers.credits_of(window.photos, window.sheet.selection)
    if len(credits) <= _FEW:
        done({credit: read(credit) for credit in credits})
        return

    def deliver(results: list[dict[str, Any]]) -> None:
        if photos is window.photos:
            photos.history.seal()
            done(results[0])

    window.jobs.run(
        lambda every: {credit: read(credit) for credit in every}, [credits], lane="credit", batch=deliver,
        failed=lambda _every, error: window.notices.tell(error.sentence),
    )  # fmt: skip
