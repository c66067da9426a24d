from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from captioner.core import pair_edits
from captioner.core.matching import Means
from captioner.core.pairing import pair
from captioner.core.story import Story, StoryCaption

CREDIT = "Ann/AP"


def photos(count):
    return tuple(Path(f"{number}.jpg") for number in range(1, count + 1))


def laid(captions, count, held=None, credits=None, **options):
    """A story of captions, each a text or a StoryCaption, beside so many photos."""
    told = tuple(each if isinstance(each, StoryCaption) else StoryCaption(each) for each in captions)
    held = {Path(name): text for name, text in (held or {}).items()}
    credits = {Path(name): text for name, text in (credits or {}).items()}
    return pair(Story("Head", "en", told), photos(count), held, credits=credits, **options)


def shown(pairing):
    """The table as (photo, caption), a dot for nothing."""
    return [(row.path.stem if row.path else ".", "." if row.at is None else pairing.told[row.at].caption)
            for row in pairing.rows]  # fmt: skip


def captions_of(pairing):
    """By photo, a dot for none."""
    return "".join(caption for photo, caption in shown(pairing) if photo != ".")


def test_captions_run_down_the_photos_in_their_order():
    pairing = laid("abc", 3)
    assert shown(pairing) == [("1", "a"), ("2", "b"), ("3", "c")]
    assert pairing.is_settled
    assert not any(pairing.is_doubtful(at) for at in range(3))


def test_a_caption_too_many_waits_and_makes_the_order_doubtful():
    pairing = laid("abcd", 3)
    assert shown(pairing)[-1] == (".", "d")
    assert (pairing.is_settled, pairing.unmatched_captions) == (False, ("d",))
    assert [pairing.is_doubtful(at) for at in range(4)] == [True, True, True, False]


def test_a_caption_for_a_photo_that_is_not_there_waits_at_its_place():
    pairing = laid(["a", StoryCaption("b", file_name="lost.jpg"), "c"], 2)
    assert shown(pairing) == [("1", "a"), (".", "b"), ("2", "c")]


def test_how_a_caption_came_to_its_photo_is_known():
    same = "Three boats leave the harbour of Selasih at dawn"
    pairing = laid([StoryCaption("a", file_name="2.jpg"), same, "c"], 3, {"3.jpg": f"{same}."})
    assert [each.means for each in pairing.told] == [Means.NAME, Means.ALIKE, Means.ORDER]
    numbered = laid([StoryCaption("a", number=2), StoryCaption("b", number=1)], 2)
    assert [each.means for each in numbered.told] == [Means.NUMBER, Means.NUMBER]
    assert captions_of(numbered) == "ba"


def test_captions_move_up_where_one_is_left_out_and_down_when_it_is_back():
    pairing = laid("abcd", 3)
    without = pair_edits.leave_out(pairing, 1)
    assert shown(without) == [("1", "a"), (".", "b"), ("2", "c"), ("3", "d")]
    assert without.is_settled
    assert pair_edits.take_in(without, 1) == pairing


def test_captions_move_down_where_a_photo_is_left_out():
    pairing = laid("ab", 3)
    skipping = pair_edits.skip(pairing, Path("1.jpg"))
    assert captions_of(skipping) == ".ab"
    assert (skipping.open_photos, skipping.unmatched_photos) == ((), (Path("1.jpg"),))
    assert pair_edits.take_photo_in(skipping, Path("1.jpg")) == pairing


def test_what_is_named_stays_while_the_rest_moves():
    pairing = laid(["a", "b", StoryCaption("c", file_name="2.jpg"), "d"], 3)
    assert captions_of(pairing) == "acb"
    assert captions_of(pair_edits.leave_out(pairing, 0)) == "bcd"


def test_a_named_caption_waits_when_its_photo_is_left_out():
    pairing = pair_edits.skip(laid(["a", StoryCaption("b", file_name="2.jpg")], 2), Path("2.jpg"))
    assert (captions_of(pairing), pairing.unmatched_captions) == ("a.", ("b",))


@pytest.mark.parametrize("names", [{}, {"b": "2.jpg"}, {"a": "1.jpg", "c": "3.jpg"}, {"a": "3.jpg"}])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_put_caption_changes_places_with_what_is_there_and_nothing_else_moves(names, count):
    pairing = laid([StoryCaption(each, file_name=names.get(each, "")) for each in "abc"], count)
    for at in range(3):
        for path in pairing.photos:
            moved = pair_edits.put(pairing, at, path)
            there = pairing.at(path)
            others = [index for index in range(3) if index not in (at, there)]
            places = {moved.told[index].caption: moved.places[index] for index in range(3)}
            assert places[pairing.told[at].caption] == path
            assert there is None or places[pairing.told[there].caption] == pairing.places[at]
            assert [places[pairing.told[each].caption] for each in others] == [pairing.places[each] for each in others]


def test_an_inserted_caption_moves_those_behind_it_down():
    pairing = laid("abcd", 4)
    assert captions_of(pair_edits.insert(pairing, 3, 1)) == "adbc"
    assert captions_of(pair_edits.insert(pairing, 0, 3)) == "bcad"
    assert captions_of(pair_edits.insert(pairing, 0, 4)) == "bcda"


def test_a_step_goes_one_row_and_stops_at_the_ends():
    pairing = laid("abc", 3)
    assert captions_of(pair_edits.step(pairing, 1, -1)) == "bac"
    assert captions_of(pair_edits.step(pairing, 1, 1)) == "acb"
    assert pair_edits.step(pairing, 0, -1) is pairing
    assert pair_edits.step(pairing, 2, 1) is pairing


def test_a_split_caption_keeps_its_credit_at_the_end():
    pairing = pair_edits.split(laid([StoryCaption("One. Two.", CREDIT), "c"], 3), 0, 4)
    assert [(each.caption, each.credit) for each in pairing.told] == [("One.", ""), ("Two.", CREDIT), ("c", "")]
    assert captions_of(pairing) == "One.Two.c"
    assert pair_edits.split(pairing, 0, 0) is pairing
    assert pair_edits.split(pairing, 0, 4) is pairing


@pytest.mark.parametrize(("first", "second", "credit"), [
    ("", "", ""), (CREDIT, "", CREDIT), ("", CREDIT, CREDIT), (CREDIT, CREDIT, CREDIT),
    (CREDIT, "Bob/AFP", "Ann/AP; Bob/AFP"),
])  # fmt: skip
def test_joined_captions_keep_every_credit_once(first, second, credit):
    pairing = pair_edits.join(laid([StoryCaption("One.", first), StoryCaption("Two.", second), "c"], 2), 0)
    assert [(each.caption, each.credit) for each in pairing.told] == [("One. Two.", credit), ("c", "")]


def test_sentences_without_spaces_are_joined_without_one():
    assert pair_edits.join(laid(["写真。", "次。"], 2), 0).told[0].caption == "写真。次。"


def test_the_last_caption_has_none_to_be_joined_with():
    pairing = laid("ab", 2)
    assert pair_edits.join(pairing, 1) is pairing


def test_the_storys_only_credit_goes_to_captions_without_one():
    pairing = laid([StoryCaption("a", CREDIT), "b"], 2)
    assert [each.credit for each in pair_edits.give_credit(pairing).told] == [CREDIT, CREDIT]


def test_a_kept_caption_stays_and_its_credit_too():
    held = {"1.jpg": "Old one", "2.jpg": "Old two", "3.jpg": ""}
    pairing = laid([StoryCaption(each, CREDIT) for each in "abc"], 3, held, {"1.jpg": "Own/AFP"})
    assert pairing.met == set(photos(2))
    kept = pair_edits.keep(pairing, pairing.photos)
    assert kept.values == {
        Path("1.jpg"): {"headline": "Head"},
        Path("2.jpg"): {"headline": "Head", "credit": CREDIT},
        Path("3.jpg"): {"headline": "Head", "caption": "c", "credit": CREDIT},
    }
    assert pair_edits.take_story(kept, kept.photos).values == pairing.values


def test_a_caption_that_the_photo_holds_already_is_no_other_one():
    assert laid(["One  caption"], 1, {"1.jpg": "One caption "}).met == set()


STEPS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 99), st.integers(0, 99)), max_size=25)
TEXTS = st.lists(st.text(st.sampled_from("ab. 😀。"), min_size=1).filter(str.strip), min_size=1, max_size=6)
NAMES = st.lists(st.sampled_from(["", "", "1.jpg", "2.jpg", "lost.jpg"]), min_size=6, max_size=6)


def walked(pairing, kind, first, second):
    at, path = first % len(pairing.told), pairing.photos[second % len(pairing.photos)]
    match kind:
        case 0:
            return pair_edits.put(pairing, at, path)
        case 1:
            return pair_edits.insert(pairing, at, second % (len(pairing.rows) + 1))
        case 2:
            return pair_edits.step(pairing, at, 1 if second % 2 else -1)
        case 3:
            return pair_edits.split(pairing, at, second % (len(pairing.told[at].caption) + 1))
        case 4:
            return pair_edits.join(pairing, at)
        case 5:
            return pair_edits.leave_out(pairing, at)
        case 6:
            return pair_edits.take_in(pairing, at)
        case 7:
            return pair_edits.skip(pairing, path)
        case 8:
            return pair_edits.take_photo_in(pairing, path)
        case 9:
            return pair_edits.swap(pairing, at, second % len(pairing.told))
        case 10:
            return pair_edits.keep(pairing, [path])
        case _:
            return pair_edits.give_credit(pairing)


def letters(pairing):
    return Counter("".join("".join(each.caption.split()) for each in pairing.told))


@given(TEXTS, NAMES, st.integers(1, 6), STEPS)
def test_no_walk_loses_or_doubles_a_text_or_a_photo(texts, names, count, steps):
    pairing = laid([StoryCaption(text, file_name=name) for text, name in zip(texts, names, strict=False)], count)
    before = letters(pairing)
    for step in steps:
        pairing = walked(pairing, *step)
        assert letters(pairing) == before
        assert [row.path for row in pairing.rows if row.path] == list(photos(count))
        assert sorted(row.at for row in pairing.rows if row.at is not None) == list(range(len(pairing.told)))
        assert all(row.path == (None if row.at is None else pairing.places[row.at]) for row in pairing.rows if row.at)
        placed = [path for path in pairing.places if path]
        assert len(placed) == len(set(placed)) == len(pairing.values)
        assert not set(placed) & pairing.skipped
        assert len(pairing.pairs) == sum(not each.is_left_out for each in pairing.told)
