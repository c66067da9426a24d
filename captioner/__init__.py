"""Captioner: captions and credits for wire photos."""

__version__ = "0.1.0"
