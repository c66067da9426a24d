"""A story's text → headline, captions and credits; which caption belongs to which photo."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from captioner.core import front_matter, lone_credits, mail, paragraphs
from captioner.core.agencies import Agencies
from captioner.core.caption_labels import Labelled, labelled, looks_labelled
from captioner.core.credit import is_credit, split
from captioner.core.languages import Languages, recognise
from captioner.core.matching import Matching, match

__all__ = ["Matching", "Story", "StoryCaption", "match", "only_credit", "split_story", "without_repeats"]


@dataclass(frozen=True)
class StoryCaption:
    text: str
    credit: str = ""
    file_name: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Story:
    headline: str = ""
    language: str = ""
    """Of the supported ones; "" when there is nothing to go by."""
    captions: tuple[StoryCaption, ...] = ()
    dropped_repeats: int = 0


def split_story(text: str, agencies: Agencies, languages: Languages, language: str = "") -> Story:
    """`language` sets what is recognised otherwise."""
    blocks = mail.without_frame(paragraphs.blocks(text), languages)
    found = labelled(list(_paragraphs(blocks, agencies, languages)), languages, agencies.words.place)
    found = lone_credits.turned(found, agencies)
    headline, body, credit = _parts(found, paragraphs.apart(blocks), agencies, languages)
    captions = [replace(each, credit=each.credit or credit) for each in _captions(body, agencies)]
    return without_repeats(captions, headline, languages, language)


def _parts(
    found: Sequence[Labelled], apart: Collection[str], agencies: Agencies, languages: Languages
) -> tuple[str, list[Labelled], str]:
    """Headline, what is left for captions, and the one credit that stands above or below all of them."""
    index, credit = lone_credits.for_all(found, apart, agencies, languages)
    if credit:
        headline, body = front_matter.take([*found[:index], *found[index + 1 :]], agencies, languages)
        told = {id(each) for each in body}
        if not all(any(id(each) in told for each in part) for part in (found[:index], found[index + 1 :])):
            return headline, body, credit
    return *front_matter.take(found, agencies, languages), ""


def without_repeats(
    captions: Sequence[StoryCaption], headline: str, languages: Languages, language: str = "", dropped: int = 0
) -> Story:
    """`dropped` counts repeats that are gone already."""
    distinct = _distinct(captions, headline)
    language = language or recognise("\n".join([headline, *(each.text for each in distinct)]), languages)
    return Story(headline, language, tuple(distinct), dropped + len(captions) - len(distinct))


def only_credit(story: Story) -> str:
    """The credit that all captions with one have; "" where they differ or none has any."""
    credits = {" ".join(each.credit.split()) for each in story.captions if each.credit}
    return credits.pop() if len(credits) == 1 else ""


def _paragraphs(blocks: Sequence[Sequence[str]], agencies: Agencies, languages: Languages) -> Iterator[str]:
    for block in blocks:
        if not paragraphs.may_be_wrapped(block):
            yield from block
            continue
        places = agencies.words.place
        starts = {index for index, line in enumerate(block)
                  if looks_labelled(line, languages, places) or _is_below(block, index, agencies)}  # fmt: skip
        ends = {index for index, line in enumerate(block)
                if split(line, agencies)[1] or lone_credits.giver(line, agencies)}  # fmt: skip
        yield from paragraphs.unwrapped(block, starts, ends)


def _is_below(block: Sequence[str], index: int, agencies: Agencies) -> bool:
    """A credit on a line of its own, not the rest of one that was wrapped within a name."""
    line, before = block[index], block[index - 1] if index else ""
    if lone_credits.giver(line, agencies):
        return True
    if not is_credit(line, agencies):
        return False
    if not before or paragraphs.ends_sentence(before) or split(before, agencies)[1]:
        return True
    return len(split(paragraphs.join(before, line), agencies)[1]) <= len(split(line, agencies)[1])


def _captions(body: Sequence[Labelled], agencies: Agencies) -> list[StoryCaption]:
    """A label on a line of its own is the next caption's; a credit on a line of its own the last one's."""
    captions: list[StoryCaption] = []
    waiting = Labelled("")
    givers = lone_credits.below(body, agencies)
    for index, each in enumerate(body):
        file_name, number = each.file_name or waiting.file_name, waiting.number if each.number is None else each.number
        if not each.text:
            waiting = replace(each, file_name=file_name, number=number)
            continue
        text, credit = split(each.text, agencies)
        if index in givers and captions and not captions[-1].credit and waiting == Labelled(""):
            text, credit = "", givers[index]
        if text:
            captions.append(StoryCaption(text, credit, file_name, number))
            waiting = Labelled("")
        elif captions and captions[-1].credit in ("", credit):
            captions[-1] = replace(captions[-1], credit=credit)
    return captions


def _distinct(captions: Sequence[StoryCaption], headline: str) -> list[StoryCaption]:
    """Without repeats; the first stays, and takes over a credit that only its repeat has."""
    first: dict[str, int] = {}
    kept: list[StoryCaption] = []
    for each in captions:
        known = first.setdefault(_key(each.text), len(kept))
        if known < len(kept) and not _is_other_photo(kept[known], each):
            kept[known] = replace(kept[known], credit=kept[known].credit or each.credit)
        elif not each.text or _key(each.text) != _key(headline):
            kept.append(each)
    return kept


def _is_other_photo(one: StoryCaption, other: StoryCaption) -> bool:
    """One caption for two photos, each named, is no repeat."""
    files = one.file_name and other.file_name and one.file_name != other.file_name
    numbers = one.number and other.number and one.number != other.number
    return bool(files or numbers)


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold() or text.strip()
