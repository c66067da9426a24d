"""Bytes of one block ↔ tags. Each codec edits the tags it is told to and knows no fields."""


class BlockDamaged(Exception):
    """The block's structure can't be followed, so nothing in it may be changed; says which, where it knows."""


class BlockFull(Exception):
    """The block would grow past what its format allows."""
