"""A random walk over all that happens to a set: no value is lost, and none invented."""

import copy
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from captioner.core import edits
from captioner.core.batch_modes import set_in_mode
from captioner.core.fields import FIELDS
from captioner.core.modes import Mode, combined
from captioner.core.photo_set import PhotoSet
from captioner.core.policy import Policy
from captioner.storage import drafts, photos
from tests import pictures

KEYS = ("caption", "credit", "city")
TEXTS = st.sampled_from(["", "a", "Привет", "김정은 😀", "Ann Lee/AP", "a longer text than before it"])
WHICH = st.integers(0, 2)


class Walk(RuleBasedStateMachine):
    """`held` is what each photo should say, `files` what its file should."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.paths = [pictures.draw(self.folder / f"{name}.jpg") for name in "abc"]
        self.journal = self.folder / "drafts.sqlite"
        self.held = {path: dict.fromkeys(KEYS, "") for path in self.paths}
        self.files, self.order = copy.deepcopy(self.held), tuple(self.paths)
        self.done, self.undone = [], []
        self.read()

    def teardown(self):
        shutil.rmtree(self.folder)

    def read(self):
        self.photos = PhotoSet("walk")
        self.photos.add(photos.read_photo(path, Policy()) for path in self.paths)

    @initialize()
    def begin(self):
        self.done, self.undone = [], []

    def did(self, edit, change):
        if edit:
            self.photos.history.seal()
            self.photos.apply(edit)
            self.done.append((copy.deepcopy(self.held), self.order))
            self.undone.clear()
            change()

    @rule(which=WHICH, key=st.sampled_from(KEYS[:2]), text=TEXTS)
    def edit(self, which, key, text):
        path = self.paths[which]
        self.did(edits.set_field(self.photos, [path], key, text), lambda: self.held[path].update({key: text}))

    @rule(key=st.sampled_from(KEYS[:2]), text=TEXTS, mode=st.sampled_from(Mode))
    def edit_many(self, key, text, mode):
        def change():
            for values in self.held.values():
                values[key] = combined(key, values[key], text, mode)

        self.did(set_in_mode(self.photos, self.paths, key, text, mode), change)

    @rule(which=WHICH, before=st.integers(0, 3))
    def move(self, which, before):
        moved = self.order[which]
        rest = [path for path in self.order if path != moved]
        at = sum(path != moved for path in self.order[:before])

        def change():
            self.order = (*rest[:at], moved, *rest[at:])

        self.did(edits.move(self.photos, [moved], before), change)

    @precondition(lambda self: self.done)
    @rule()
    def undo(self):
        self.undone.append((copy.deepcopy(self.held), self.order))
        self.restore(self.done.pop())
        self.photos.undo()

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self):
        self.done.append((copy.deepcopy(self.held), self.order))
        self.restore(self.undone.pop())
        self.photos.redo()

    def restore(self, state):
        """The city is nobody's here: undo leaves what another program wrote."""
        cities = {path: values["city"] for path, values in self.held.items()}
        held, self.order = state
        self.held = {path: {**values, "city": cities[path]} for path, values in held.items()}

    @rule()
    def save(self):
        for photo in self.photos.unsaved:
            saved = photos.save_photo(photo, Policy())
            self.photos.mark_saved((saved.photo, saved.written))
            self.held[photo.path]["city"] = self.files[photo.path]["city"]
            self.files[photo.path] = dict(self.held[photo.path])
        self.write_down()

    @rule(which=WHICH, text=TEXTS)
    def change_elsewhere(self, which, text):
        path = self.paths[which]
        photos.save_values(photos.read_photo(path, Policy()), {"city": text}, Policy())
        self.files[path]["city"] = text

    @rule()
    def read_anew(self):
        self.photos.update_read(photos.read_photo(path, Policy()) for path in self.paths)
        for path in self.paths:
            self.held[path]["city"] = self.files[path]["city"]

    @rule()
    def crash(self):
        """All that was written down is there again; undo starts anew."""
        self.write_down()
        order = self.photos.order
        self.read()
        self.photos.apply(edits.recover(self.photos, drafts.recover(self.journal, self.paths), order, None))
        self.read_anew()
        self.photos.history.done.clear()
        self.done, self.undone = [], []

    def write_down(self):
        drafts.record(self.journal, {photo.path: photo.unsaved for photo in self.photos.photos})

    @invariant()
    def every_photo_says_what_it_should(self):
        said = {path: {key: self.photos[path].values[key] for key in KEYS} for path in self.paths}
        assert (said, self.photos.order) == (self.held, self.order)

    @invariant()
    def no_other_field_has_a_value(self):
        others = [key for key in FIELDS if key not in KEYS]
        assert not [key for photo in self.photos.photos for key in others if photo.values[key]]

    @invariant()
    def every_file_says_what_was_saved(self):
        for path in self.paths:
            read = photos.read_photo(path, Policy()).values
            assert {key: read[key] for key in KEYS} == self.files[path]


Walk.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestNothingIsLostOnTheWay = Walk.TestCase
