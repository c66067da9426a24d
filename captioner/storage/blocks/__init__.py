"""Bytes of one block ↔ tags. Each codec edits the tags it is told to and knows no fields."""


class BlockDamaged(Exception):
    """The block's structure can't be followed, so that nothing in it may be changed."""


class BlockFull(Exception):
    """The block would grow past what its format allows."""
