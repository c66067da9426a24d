"""Immutable values by field, and what a selection of photos has in common."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from captioner.core.fields import FIELDS, Value

_EMPTY = {key: row.empty for key, row in FIELDS.items()}
"""What a field holds that was never set; looked up once, as ten thousand photos are asked for each."""


class Values(Mapping[str, Value]):
    """The values of one photo. Holds every field; one that was never set is empty."""

    __slots__ = ("_held",)

    def __init__(self, held: Mapping[str, Value] | None = None) -> None:
        self._held = {key: value for key, value in (held or {}).items() if value}

    def __reduce__(self) -> tuple[type["Values"], tuple[dict[str, Value]]]:
        """As `Photo` does."""
        return Values, (self._held,)

    def __getitem__(self, key: str) -> Value:
        return self._held.get(key) or _EMPTY[key]

    def __iter__(self) -> Iterator[str]:
        """The fields that hold something, in the order of FIELDS."""
        return (key for key in FIELDS if key in self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __repr__(self) -> str:
        return f"Values({self._held!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Values) and self._held == other._held

    def __hash__(self) -> int:
        return hash(frozenset(self._held.items()))

    def text(self, key: str) -> str:
        """A field of one text; asking so for a repeatable field is an error in the program."""
        value = self[key]
        assert isinstance(value, str)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self[key]
        return value if isinstance(value, tuple) else (value,) * bool(value)

    @staticmethod
    def column(selection: Iterable["Values"], key: str) -> list[Value]:
        """One field of many photos, quickly."""
        empty = _EMPTY[key]
        return [values._held.get(key, empty) for values in selection]

    def holds(self, key: str) -> bool:
        return key in self._held

    def updated(self, changes: Mapping[str, Value]) -> "Values":
        return Values({**self._held, **changes}) if changes else self

    def with_one(self, key: str, value: Value) -> "Values":
        """As `updated` does, in half of its time: an edit may be of ten thousand photos."""
        made, held = object.__new__(Values), self._held.copy()
        held[key] = value
        if not value:
            del held[key]
        made._held = held
        return made

    def changed_from(self, before: "Values") -> dict[str, Value]:
        """The fields whose value differs, with the value they have here (perhaps empty)."""
        if self == before:
            return {}
        keys = {*self._held, *before._held}
        return {key: self[key] for key in FIELDS if key in keys and self[key] != before[key]}


EMPTY = Values()


_AT_ONCE = 512


def differing(selection: Sequence[Values], keys: Iterable[str]) -> dict[str, tuple[Value, ...]]:
    """The different values that a selection holds for each of the fields, in order; one means that they agree.

    Some photos at a time: ten thousand are more than a processor keeps at hand, to be walked for one field and again
    for the next.
    """
    found: dict[str, dict[Value, None]] = {key: {} for key in keys}
    for at in range(0, len(selection), _AT_ONCE):
        some = selection[at : at + _AT_ONCE]
        for key, values in found.items():
            values.update(dict.fromkeys(Values.column(some, key)))
    return {key: tuple(values) for key, values in found.items()}
