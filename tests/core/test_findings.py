import pickle
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from captioner.core import checks, edits
from captioner.core.findings import Findings
from captioner.core.photo import Photo
from captioner.core.photo_set import PhotoSet
from captioner.storage.desk_data import load_knowledge
from tests.core.conftest import photo

LONG = "Ann Lee sells cabbages at the old market in the rain, and nobody buys one."
CAPTIONS = st.sampled_from([
    "", "Same", "same ", "Other", "TK", "A bridge. Ann Lee/AP", "Ёлка", "x" * 2001, "Then Kim Jong Un waves.",
    "Then Kim Jong-un waves.", "Kim Jong Un and Kim Jong-Un", LONG, LONG.replace("old", "ol"),
    LONG.replace("sells", "eats"),
    LONG.replace("Ann", "Bo"),
])  # fmt: skip
CREDITS = st.sampled_from(["", "Ann/AP", "TK", "Ann Lee/AP", "AP Photo/Ann Lee", "Lee/AP", "Bo Lee/AP"])
NAMES = st.sampled_from("abcdef")
STEPS = st.one_of(
    st.tuples(st.sampled_from(["caption"]), st.sets(NAMES), CAPTIONS),
    st.tuples(st.sampled_from(["credit"]), st.sets(NAMES), CREDITS),
    st.tuples(st.just("move"), st.sets(NAMES), st.integers(0, 6)),
    st.tuples(st.just("add"), NAMES, CAPTIONS),
    st.tuples(st.just("read"), NAMES, CAPTIONS),
    st.tuples(st.sampled_from(["undo", "redo"])),
)


@pytest.fixture
def findings():
    return Findings(load_knowledge())


def take(photos: PhotoSet, step: tuple) -> None:
    match step:
        case ("undo" | "redo" as walk,):
            getattr(photos, walk)()
        case "add", name, caption:
            photos.add([photo(name, caption=caption)])
        case "read", name, caption:
            photos.update_read([photo(name, caption=caption)])
        case "move", names, before:
            photos.apply(edits.move(photos, map(Path, names), min(before, len(photos))))
        case key, names, value:
            photos.apply(edits.set_field(photos, [Path(name) for name in names], key, value))


def test_what_a_process_found_is_told_of_the_sets_own_photos(findings):
    photos = PhotoSet()
    photos.add([photo("a.jpg", caption="Same"), photo("b.jpg", caption="Same")])
    judged = [checks.judge(each, load_knowledge()) for each in photos.photos]
    findings.take(photos, pickle.loads(pickle.dumps(judged)))
    own = {id(path) for path in photos.order}
    assert {id(finding.path) for finding in told(findings, photos)} == own
    assert all(findings._judged[path] is photos[path] for path in photos.order)


def told(findings: Findings, photos: PhotoSet) -> list:
    return [finding for path in photos.order for finding in findings.of(path)]


@given(st.lists(STEPS, max_size=12))
def test_whatever_is_done_the_findings_are_those_of_the_whole_set(steps):
    photos, findings, changes = PhotoSet(), Findings(load_knowledge()), []
    photos.subscribe(lambda changed: changes.append(findings.update(photos, changed.paths)))
    photos.add([photo("a"), photo("b", caption="Same"), Photo(Path("c"))])
    for step in steps:
        before, changes[:] = {path: findings.of(path) for path in photos.order}, []
        take(photos, step)
        everything = checks.find(photos.photos, load_knowledge())
        assert told(findings, photos) == everything
        assert findings.problems == {each.path for each in everything if each.is_problem}
        other = {path for path in photos.order if findings.of(path) != before.get(path, ())}
        assert frozenset().union(*changes) == other


def test_the_first_of_two_same_captions_is_named_anew_when_the_order_changes(photos, findings):
    photos.apply(edits.set_field(photos, [Path("a.jpg"), Path("b.jpg")], "caption", "Same"))
    findings.update(photos, photos.order)
    photos.apply(edits.move_by(photos, [Path("b.jpg")], -1))
    assert findings.reorder(photos) == {Path("a.jpg"), Path("b.jpg")}
    assert [each.check for each in findings.of(Path("a.jpg"))] == ["credit-missing", "duplicate-caption", "alt-text"]


def test_a_forgotten_photo_is_no_duplicate_of_those_that_stay(photos, findings):
    photos.apply(edits.set_field(photos, [Path("a.jpg"), Path("d.jpg")], "caption", "Same"))
    findings.update(photos, photos.order)
    assert findings.forget([Path("a.jpg"), Path("never.jpg")]) == {Path("a.jpg"), Path("d.jpg")}
    assert findings.of(Path("a.jpg")) == ()
    assert [each.check for each in findings.of(Path("d.jpg"))] == ["alt-text"]


def test_a_photo_that_was_merely_saved_is_not_judged_again(photos, findings, monkeypatch):
    findings.update(photos, photos.order)
    monkeypatch.setattr("captioner.core.checks.table.CHECKS", {})
    photos.mark_saved((photo("d.jpg", caption="Old", credit="Ann/AP"), ["caption"]))
    assert findings.update(photos, [Path("d.jpg")]) == frozenset()


def test_every_check_that_looks_across_photos_is_one():
    assert checks.ACROSS.keys() <= checks.CHECKS.keys()


@pytest.mark.parametrize("caption", ["Caption {number}.", "The same for all."])
def test_one_changed_photo_of_ten_thousand_costs_no_more_than_its_own(findings, caption):
    photos = PhotoSet()
    photos.add(photo(f"{number}.jpg", caption=caption.format(number=number), credit="Ann/AP")
               for number in range(10_000))  # fmt: skip
    findings.update(photos, photos.order)
    times = []
    for number in range(5000, 5020):
        photos.apply(edits.set_field(photos, [Path(f"{number}.jpg")], "caption", f"Another {number}"))
        start = time.perf_counter()
        findings.update(photos, [Path(f"{number}.jpg")])
        times.append(time.perf_counter() - start)
    assert min(times) < 0.002


def test_what_was_judged_elsewhere_counts_only_while_the_photo_is_as_it_was(photos, findings):
    stale, fresh = (checks.judge(photos[Path(name)], load_knowledge()) for name in ("a.jpg", "b.jpg"))
    photos.apply(edits.set_field(photos, [Path("a.jpg")], "credit", "Ann/AP"))
    assert findings.take(photos, [stale, fresh]) == {Path("b.jpg")}
    assert (findings.of(Path("a.jpg")), [each.check for each in findings.of(Path("b.jpg"))][:1]) == (
        (),
        ["credit-missing"],
    )


@pytest.fixture
def many():
    photos = PhotoSet("many")
    photos.add(photo(f"{number:04}.jpg", caption=LONG, credit="Ann Lee/AP") for number in range(200))
    return photos


def caught_up(findings: Findings, photos: PhotoSet) -> list:
    while behind := findings.behind:
        findings.catch_up(behind[0], 50)
    return told(findings, photos)


def test_an_edit_of_one_of_many_that_are_alike_is_told_before_the_others_are_compared(findings, many):
    findings.update(many, many.order)
    caught_up(findings, many)
    first = many.order[0]
    many.apply(edits.set_field(many, [first], "caption", "Another one"))
    assert findings.update(many, [first]) <= {first}
    assert caught_up(findings, many) == checks.find(many.photos, load_knowledge())


def test_of_many_that_are_alike_each_is_told_of_the_first_whatever_was_done_meanwhile(findings, many):
    steps = (
        lambda: edits.set_field(many, many.order[:150], "caption", LONG.replace("old", "ol")),
        lambda: edits.set_field(many, many.order[120:], "credit", "Ann/AP"),
        lambda: edits.move(many, many.order[190:], 0),
        lambda: edits.set_field(many, many.order, "caption", ""),
        lambda: edits.set_field(many, many.order, "caption", "Same"),
        lambda: edits.set_field(many, many.order[:1], "caption", "Other"),
    )
    findings.update(many, many.order)
    for number, step in enumerate(steps):
        edit = step()
        many.apply(edit)
        findings.update(many, edit.paths)
        if number % 2:
            assert caught_up(findings, many) == checks.find(many.photos, load_knowledge())


def test_a_group_that_was_large_for_a_while_is_told_what_holds_in_the_end(findings):
    photos, names = PhotoSet("wire"), ["REUTERS/John Smith"] * 33 + ["John Smith/Reuters"] * 33
    photos.add(photo(f"{number:04}.jpg", caption=f"Photo {number}", credit=each) for number, each in enumerate(names))
    findings.update(photos, photos.order)
    caught_up(findings, photos)
    for paths in (photos.order[:1], photos.order[1:3]):
        photos.apply(edits.set_field(photos, paths, "credit", "Ann Lee/AP"))
        findings.update(photos, paths)
    for paths in (photos.order[1:3], photos.order[:1]):
        photos.undo()
        findings.update(photos, paths)
    assert caught_up(findings, photos) == checks.find(photos.photos, load_knowledge())
