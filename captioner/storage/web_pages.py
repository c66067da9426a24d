"""A web page → its text."""

import re

from lxml import etree, html

from captioner.core.story_table import Block
from captioner.storage.encodings import decoded
from captioner.storage.marked_text import Grammar, blocks

_LOOKS_LIKE_ONE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_BLOCKS = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer h1 h2 "
    "h3 h4 h5 h6 header hr legend li main ol p pre section summary ul tbody thead tfoot tr td th"
)
_SKIPPED = (
    "script style head template noscript svg math iframe object button select textarea input nav form del s strike "
    "video audio canvas dialog"
)
_PAGE = Grammar(
    blocks=frozenset(_BLOCKS.split()),
    skipped=frozenset(_SKIPPED.split()),
    signs={"br": lambda _: "\n", "wbr": lambda _: ""},
    table=frozenset(["table"]),
    row="tr",
    cells=frozenset(["td", "th"]),
    white=re.compile(r"[ \t\r\n\f]+"),
)


def is_page(data: bytes) -> bool:
    return bool(_LOOKS_LIKE_ONE.match(data[:2000]))


def read(data: bytes) -> tuple[Block, ...] | None:
    """None where it holds no text."""
    charset = _CHARSET.search(data[:4096])
    text = decoded(data, charset[1].decode("ascii") if charset else "")
    if text is None:
        return None
    try:
        root = html.document_fromstring(_DECLARATION.sub("", text, count=1), parser=html.HTMLParser(no_network=True))
    except (etree.ParserError, ValueError):
        return ()
    return blocks(root, _PAGE)
