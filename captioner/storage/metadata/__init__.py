"""Values ↔ blocks, through FIELDS: the one door between fields and tags.

The policy is docs/metadata.md's, after the MWG guidelines 2.0 and the IPTC standard's mapping.
"""

from captioner.storage.metadata.facts import facts
from captioner.storage.metadata.reading import EXIF, IIM, SIDECAR, XMP, Held, Reading, read
from captioner.storage.metadata.writing import Rewritten, Touched, rewrite

__all__ = ["EXIF", "IIM", "SIDECAR", "XMP", "Held", "Reading", "Rewritten", "Touched", "facts", "read", "rewrite"]
