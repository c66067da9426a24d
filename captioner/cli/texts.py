"""story and credit."""

import argparse
from collections.abc import Sequence

from captioner import paths
from captioner.cli.console import Console
from captioner.cli.values import Writing, write, writing
from captioner.core import fields
from captioner.core.credit import STYLES, Part, parse, parts, render, split
from captioner.core.fields import Value
from captioner.core.pairing import Pairing, pair
from captioner.core.photo import Photo
from captioner.errors import CaptionerError, UsageError
from captioner.i18n import _, ngettext
from captioner.storage import drafts, opening
from captioner.storage.desk_data import load_agencies, load_languages
from captioner.storage.drafts import SetState
from captioner.storage.story_files import read_story


def story(arguments: argparse.Namespace, console: Console) -> None:
    opened = opening.opened(paths.drafts_file(), [arguments.folder])
    story = read_story(arguments.story, _language(arguments.language))
    if not story.captions:
        told = _("{name} holds no captions; choose the text that came with the photos.")
        raise CaptionerError(told.format(name=arguments.story.name), arguments.story)
    photos = console.read(opened.paths)
    captions = {photo.path: photo.values.text("caption") for photo in photos if not photo.trouble}
    pairing = pair(story, opened.paths, captions, arguments.credit_all)
    document = {
        "headline": pairing.headline, "language": pairing.language,
        "captions": [{"caption": each.caption, "credit": each.credit, "photo": str(each.path) if each.path else None}
                     for each in pairing.pairs],
        "dropped_repeats": pairing.dropped_repeats,
        "unmatched_photos": [str(path) for path in pairing.unmatched_photos],
        "unmatched_captions": list(pairing.unmatched_captions),
    }  # fmt: skip
    _say_story(pairing, console)
    _say_gaps(pairing.without_credit, pairing.only_credit, console)
    if pairing.unmatched_captions:
        told = ngettext("{name} has {count} caption more than {folder} has photos; nothing was written. Remove it "
                        "from the text, or add its photo.",
                        "{name} has {count} captions more than {folder} has photos; nothing was written. Remove them "
                        "from the text, or add their photos.", len(pairing.unmatched_captions))  # fmt: skip
        console.trouble(told.format(name=arguments.story.name, count=len(pairing.unmatched_captions),
                                    folder=arguments.folder))  # fmt: skip
    elif arguments.apply:
        _apply_story(opened, photos, pairing, writing(arguments), console)
    for path in pairing.unmatched_photos:
        console.trouble(_("{name} gets no caption from the story; write one.").format(name=path.name))
    console.document(document)


def _language(code: str) -> str:
    """Empty where it is to be recognised."""
    known = sorted(each.code for each in load_languages().spoken if each.code != "mul")
    if code and code not in known:
        told = _("--language can't be {code}; it can be {codes}.")
        raise UsageError(told.format(code=code, codes=", ".join(known)))
    return code


def _say_story(pairing: Pairing, console: Console) -> None:
    console.say(pairing.headline)
    for each in pairing.pairs:
        name = each.path.name if each.path else "–"
        console.say(f"{name}: {each.caption} [{each.credit}]")


def _say_gaps(without: Sequence[object], only_credit: str, console: Console) -> None:
    if without:
        told = ngettext("{count} caption has no credit.", "{count} captions have no credit.", len(without))
        console.tell(told.format(count=len(without)))
    if without and only_credit:
        console.tell(_("--credit-all gives them the story's only one, {credit}.").format(credit=only_credit))


def _apply_story(
    opened: opening.Opened, photos: Sequence[Photo], pairing: Pairing, how: Writing, console: Console
) -> None:
    everywhere: dict[str, Value] = {"headline": pairing.headline} if pairing.headline else {}
    write(photos, {path: {**everywhere, **pairing.values.get(path, {})} for path in opened.paths}, how, console)
    if pairing.headline:
        absolute = tuple(path.absolute() for path in opened.paths)
        drafts.record_set(paths.drafts_file(), opened.name, SetState(absolute, pairing.headline))


def credit(arguments: argparse.Namespace, console: Console) -> None:
    agencies = load_agencies()
    caption, credit = split(arguments.text, agencies)
    chain, found = parse(credit, agencies), parts(credit, agencies)
    styles = {style: render(chain, style, agencies) for style in STYLES}
    roles = {"photographers": list(chain.photographers), "agency": chain.agency, "pool": chain.pool,
             "distributor": chain.distributor}  # fmt: skip
    nothing = [{"text": part.text, "reason": part.reason} for part in found if not part.role]
    for name, text in {"caption": caption, "credit": credit, **roles, **styles}.items():
        console.say(f"{name}: {text if isinstance(text, str) else fields.SEPARATOR.join(text)}")
    for each in nothing:
        console.say(f"says_nothing: {each['text']} ({each['reason']})")
    console.document({"caption": caption, "credit": credit, "chain": roles, "styles": styles,
                      "parts": [_part(part) for part in found if part.role], "says_nothing": nothing})  # fmt: skip


def _part(part: Part) -> dict[str, object]:
    """`start` and `end` are places in the credit."""
    return {"role": part.role, "name": part.name, "text": part.text, "start": part.start, "end": part.end}
