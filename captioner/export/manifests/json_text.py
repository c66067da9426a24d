"""A document as JSON that a person can read, too."""

import json


def encoded(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")
