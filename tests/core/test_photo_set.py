from collections import Counter
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from captioner.core import edits
from captioner.core.caption import Values
from captioner.core.photo import Photo, Stamp
from captioner.core.photo_set import COUNTED, PhotoSet
from tests.core.conftest import photo

A, D = Path("a.jpg"), Path("d.jpg")
PATHS = [Path(f"{number}.jpg") for number in range(5)]


def test_a_photo_is_unsaved_until_its_file_holds_its_values(photos):
    photos.apply(edits.set_field(photos, [A], "caption", "New"))
    assert [photo.path for photo in photos.unsaved] == [A]
    photos.mark_saved((photos[A]._replace(saved=photos[A].values), ["caption"]))
    assert not photos.unsaved


def test_undo_after_a_save_is_unsaved_again(photos):
    photos.apply(edits.set_field(photos, [A], "caption", "New"))
    photos.mark_saved((photos[A]._replace(saved=photos[A].values), ["caption"]))
    photos.undo()
    assert photos.unsaved[0].unsaved == {"caption": ""}


def test_what_is_typed_during_a_save_stays_unsaved(photos):
    photos.apply(edits.set_field(photos, [A], "caption", "New"))
    writing = photos[A]
    photos.apply(edits.set_field(photos, [A], "caption", "Newer"))
    photos.mark_saved((writing._replace(saved=writing.values), ["caption"]))
    assert photos[A].unsaved == {"caption": "Newer"}


def test_what_is_undone_during_a_save_is_unsaved_again(photos):
    photos.apply(edits.set_field(photos, [D], "caption", "New"))
    writing = photos[D]
    photos.undo()
    photos.mark_saved((writing._replace(saved=writing.values), ["caption"]))
    assert photos[D].unsaved == {"caption": "Old"}


def test_a_save_takes_what_another_program_changed_elsewhere(photos):
    photos.apply(edits.set_field(photos, [D], "caption", "Mine"))
    held = Values({"caption": "Mine", "credit": "Theirs"})
    photos.mark_saved((Photo(D, held, held, Stamp(2, 2, "x")), ["caption"]))
    assert (photos[D].values["credit"], photos[D].unsaved) == ("Theirs", {})


def test_a_contested_field_waits_until_it_is_settled(photos):
    photos.apply(edits.set_field(photos, [D], "caption", "Mine"))
    held = Values({"caption": "Theirs", "credit": "Ann/AP"})
    mine = held.updated({"caption": "Mine"})
    photos.mark_saved((Photo(D, held, mine, Stamp(2, 2, "x"), contested=frozenset({"caption"})), []))
    assert (photos[D].unsaved, photos[D].ready) == ({"caption": "Mine"}, {})
    photos.settle(D, "caption")
    assert photos[D].ready == {"caption": "Mine"}


def test_reading_again_keeps_edits_and_takes_the_rest(photos):
    photos.apply(edits.set_field(photos, [D], "caption", "Mine"))
    held = Values({"caption": "Theirs", "credit": "Their credit"})
    photos.update_read([Photo(D, held, held, Stamp(2, 2, "x"))])
    assert (photos[D].values["caption"], photos[D].values["credit"]) == ("Mine", "Their credit")


def test_undo_goes_back_to_what_the_file_holds_now(photos):
    photos.apply(edits.set_field(photos, [D], "caption", "Mine"))
    held = Values({"caption": "Theirs", "credit": "Ann/AP"})
    photos.update_read([Photo(D, held, held, Stamp(2, 2, "x"))])
    photos.undo()
    assert (photos[D].values["caption"], photos[D].unsaved) == ("Theirs", {})
    photos.redo()
    assert photos[D].values["caption"] == "Mine"


def test_undo_of_many_goes_back_to_what_each_file_holds_now(photos):
    photos.apply(edits.set_field(photos, [A, D], "caption", "Mine"))
    held = Values({"caption": "Theirs"})
    photos.update_read([Photo(D, held, held, Stamp(2, 2, "x"))])
    photos.undo()
    assert [photos[path].values["caption"] for path in (A, D)] == ["", "Theirs"]


def test_to_take_an_edit_back_puts_the_very_photos_back(photos):
    before = photos.photos
    photos.apply(edits.set_field(photos, photos.order, "credit", "Bo/AP"))
    photos.undo()
    assert list(map(id, photos.photos)) == list(map(id, before))


class Counted(type(Path())):
    asked = 0

    def __hash__(self):
        Counted.asked += 1
        return super().__hash__()


def test_undo_looks_for_each_photo_a_few_times_however_many_there_are():
    photos, count = PhotoSet("many"), 200
    photos.add(Photo(Counted(f"{number}.jpg"), stamp=Stamp(1, 1, "")) for number in range(count))
    photos.apply(edits.set_field(photos, photos.order, "credit", "Bo/AP"))
    Counted.asked = 0
    photos.undo()
    assert Counted.asked <= 5 * count


def test_listeners_hear_which_photos_changed(photos):
    heard = []
    photos.subscribe(heard.append)
    photos.apply(edits.set_field(photos, [A, D], "city", "Oslo"))
    assert heard[0].paths == {A, D}


def test_a_reorder_alone_makes_the_set_unsaved(photos):
    photos.apply(edits.move(photos, [D], 0))
    assert photos.is_unsaved
    photos.mark_order_saved()
    assert not photos.is_unsaved


class Walk(RuleBasedStateMachine):
    """Whatever is done, undoing all of it gives back the start, and redoing all the end."""

    @initialize()
    def open(self):
        self.photos = PhotoSet("walk")
        self.photos.add(Photo(path, stamp=Stamp(1, 1, "")) for path in PATHS)
        self.start = self.state()

    @invariant()
    def what_is_counted_is_so(self):
        every = self.photos.photos
        assert self.photos.unsaved == [photo for photo in every if photo.is_unsaved]
        assert +self.photos.filled == +Counter(key for photo in every for key in COUNTED if photo.values[key])

    def state(self):
        return self.photos.order, self.photos.headline, [photo.values for photo in self.photos.photos]

    @rule(paths=st.sets(st.sampled_from(PATHS), min_size=1), key=st.sampled_from(["caption", "credit"]),
          text=st.text(max_size=3), typing=st.booleans())  # fmt: skip
    def set_field(self, paths, key, text, typing):
        self.photos.apply(edits.set_field(self.photos, sorted(paths), key, text, typing))

    @rule(paths=st.sets(st.sampled_from(PATHS), min_size=1), before=st.integers(0, 5))
    def move(self, paths, before):
        self.photos.apply(edits.move(self.photos, paths, before))

    @rule(text=st.text(max_size=3))
    def headline(self, text):
        self.photos.apply(edits.set_headline(self.photos, text))

    @rule(path=st.sampled_from(PATHS))
    def save(self, path):
        photo = self.photos[path]
        self.photos.mark_saved((photo._replace(saved=photo.values), photo.unsaved))

    @rule()
    def undo(self):
        self.photos.undo()

    @rule()
    def redo(self):
        self.photos.redo()

    @invariant()
    def nothing_is_lost(self):
        end, steps = self.state(), 0
        while self.photos.undo():
            steps += 1
        assert self.state() == self.start
        for _ in range(steps):
            self.photos.redo()
        assert self.state() == end


TestWalk = Walk.TestCase
TestWalk.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


def test_a_photo_that_came_after_a_move_stays_when_the_move_is_undone(photos):
    photos.apply(edits.move(photos, [Path("a.jpg")], 2))
    photos.add([photo("new.jpg")])
    photos.undo()
    assert [path.name for path in photos.order] == ["a.jpg", "b.jpg", "c.jpg", "d.jpg", "new.jpg"]
    photos.redo()
    assert [path.name for path in photos.order] == ["b.jpg", "a.jpg", "c.jpg", "d.jpg", "new.jpg"]


def test_redo_does_what_the_edit_says_where_the_file_was_read_meanwhile():
    photos = PhotoSet("set")
    photos.add([Photo(Path("a.jpg"))])
    for text in ("t", ""):
        photos.apply(edits.set_field(photos, photos.order, "caption", text))
    photos.update_read([photo("a.jpg", caption="in the file")])
    photos.undo()
    photos.redo()
    assert photos.filled["caption"] == sum(each.values.holds("caption") for each in photos.photos)
