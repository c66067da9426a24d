"""Which language the texts of an export are in."""

from captioner.core.languages import recognise
from captioner.export.exported import Exported
from captioner.export.receipt import Receipt
from captioner.storage.desk_data import load_languages


def language_of_set(receipt: Receipt) -> str:
    """Of headline and captions together; "" when there is nothing to go by."""
    texts = [receipt.headline, *(photo.values.text("caption") for photo in receipt.photos)]
    return recognise("\n".join(texts), load_languages())


def language_of(photo: Exported, otherwise: str) -> str:
    return recognise(photo.values.text("caption"), load_languages()) or otherwise
