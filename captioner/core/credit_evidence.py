"""Whether a piece of text, where it stands, is a credit."""

import re
from collections.abc import Sequence
from enum import Enum

from captioner.core.agencies import Agencies, key
from captioner.core.credit_marks import STRONG, WEAK, Piece, is_balanced, pieces
from captioner.core.credit_names import is_made_for, names_somebody
from captioner.core.names import EMAIL, is_caseless

_SHORT_GIVER = 16
_HOUSES = frozenset(["agency", "distributor", "pool"])
_GIVERS = _HOUSES | {"handout"}
_EDITOR = re.compile(r"[a-z]{1,4}\.?")
_QUOTES = '«»„“”"'
_PLAIN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,2}")
_NUMBERED_HOUSE = re.compile(r"[^\W\d_a-z]{3,8}[ -]\d{1,4}")
"""`SDIS 56`."""
_PATH = re.compile(r"\w\.\w{2,4}/[a-z]")
_PLACE_WORD = re.compile(r"[\w-]+(?:\.\w+)*")


class Place(Enum):
    START = "the whole text"
    EDGE = "after a sentence's end or a separator"
    BRACKET = "in brackets within a sentence"
    MIDDLE = "within a sentence"


class Evidence:
    """Weighs what is known of the pieces against where they stand."""

    def __init__(self, agencies: Agencies, rest: str, strength: int, place: Place, stopped: bool, before: str) -> None:
        self.agencies, self.rest, self.strength = agencies, rest, strength
        self.place, self.stopped, self.before = place, stopped, before
        self.pieces = pieces(rest)
        self.kinds = [agencies.kind(piece.text) for piece in self.pieces]

    def accepts(self) -> bool:
        if not self.pieces or len(self.pieces) > 9 or "://" in self.rest or "www." in self.rest:
            return False
        are_names = all(map(self._is_name, self.pieces))
        if not are_names and not self.strength and self.place is Place.MIDDLE:
            return False
        if self._is_place() or self._is_titled() or not is_balanced(self.rest) or not self._colons_fit():
            return False
        if _PATH.search(self.rest) and not self.strength:
            return False
        if not are_names and not self._has_one_plain_piece():
            return self._is_loose_credit() or self._is_loose_giver() or self._by_picture()
        if self.strength == STRONG:
            return not (self.place is Place.START and self._is_headline())
        return self._by_giver() or self._by_picture() or self._by_known() or self._by_copyright() or self._by_chain()

    def _has_one_plain_piece(self) -> bool:
        """`Jane Doe / various sources / AFP` after a lead."""
        odd = [piece for piece in self.pieces if not self._is_name(piece)]
        is_served = self.strength == STRONG and self.kinds[-1] in _HOUSES and len(self.pieces) > 2
        return is_served and len(odd) == 1 and odd[0].separator == "slash" and bool(_PLAIN.fullmatch(odd[0].text))

    def _by_copyright(self) -> bool:
        """`Satellite image ©2024 Maxar Technologies`."""
        return "©" in self.rest and self.place in (Place.EDGE, Place.BRACKET) and not self.stopped

    def _is_titled(self) -> bool:
        """`Menteri Keuangan/Ketua Panitia`: who holds an office is in the picture, not behind the camera."""
        words = self.agencies.words
        unknown = [piece for piece, kind in zip(self.pieces, self.kinds, strict=True) if not kind]
        people = [piece.text.split() for piece in unknown if piece.separator != "by"]
        return not self.strength and any(
            key(person[0]) in words.office and not any(key(word) in words.organisation for word in person)
            for person in people
        )

    def _is_place(self) -> bool:
        """All of it, or what stands in brackets: `Jane Doe (left)`."""
        placed = self.agencies.words.place
        if placed.isdisjoint(_PLACE_WORD.findall(key(self.rest))):
            return False
        bracketed = [piece.text for piece in self.pieces if piece.separator == "bracket"]
        texts = ([key(word).strip(".,;") for word in re.split(r"[\s/,;]+", text)] for text in (self.rest, *bracketed))
        return any(all(word in placed for word in words) for words in texts)

    def _colons_fit(self) -> bool:
        """`ABC News: Jane Doe`, `ST PHOTO: JANE DOE`: a giver stands before a colon."""
        return all(self.kinds[index - 1] or self.agencies.is_organisation(self.pieces[index - 1].text)
                   for index, piece in enumerate(self.pieces) if piece.separator == "colon")  # fmt: skip

    def _is_headline(self) -> bool:
        """`Foto: Ribuan Warga Padati Alun-Alun Kota`: too many words for a name that nobody knows."""
        words = [word for word in self.rest.split() if key(word) not in self.agencies.words.particle]
        is_known = any(self.kinds) or self.agencies.is_organisation(self.rest) or self._has_giver()
        return len(self.pieces) == 1 and len(words) > 4 and not is_known

    def _has_giver(self) -> bool:
        return self.rest.startswith(self.agencies.words.before_spaced)

    def _is_loose_giver(self) -> bool:
        """`Courtesy of the Doe family via AP`."""
        is_short = (
            len(self.rest) <= 70 and len(self.rest.split()) <= 9 and not any(char in ".!?:" for char in self.rest)
        )
        return self._has_giver() and is_short and self.place in (Place.EDGE, Place.BRACKET) and not self.stopped

    def _is_loose_credit(self) -> bool:
        """`Foto: privat`: after a lead, small letters will do, as long as they are no sentence."""
        words, known = self.rest.split(), self.agencies.words
        if self.strength != STRONG or self.place is Place.MIDDLE or len(self.rest) > 40:
            return False
        particles = known.particle if self.place is Place.BRACKET else frozenset[str]()
        is_sentence = any(key(word) in (known.common - particles) | known.place for word in words)
        is_plain = not any(char.isdigit() or char in ".:!?()" for char in self.rest)
        return is_plain and not is_sentence and len(words) <= (2 if self.place is Place.START else 4)

    def _by_giver(self) -> bool:
        """`Dok. Humas Polri`, `나도윤 기자`."""
        marks = self.agencies.words.after
        texts = [EMAIL.sub("", piece.text).strip() for piece in self.pieces]
        after = any(text.endswith(marks) and text not in marks for text in texts)
        if self.place is Place.MIDDLE or (self.place is Place.START and self._is_phrase(after)):
            return False
        return (after and not self.stopped) or (
            self._has_giver() and not (self.stopped and len(self.rest) > _SHORT_GIVER)
        )

    def _is_phrase(self, after: bool) -> bool:
        """A whole text may be a short caption as well."""
        return len(self.rest.split()) > 3 if after else len(self.pieces) == 1 and self.rest[0].islower()

    def _by_known(self) -> bool:
        """At least one giver is in the data."""
        if not any(kind in _GIVERS for kind in self.kinds):
            return self._by_nothing() or self._by_client()
        if self.place is Place.START and self._could_be_caption():
            return False
        if len(self.pieces) == 1:
            return self._lone()
        if self._is_comma_list() and not self._is_served_list():
            return False
        if self.place is Place.BRACKET:
            return self._is_whole_names()
        if self.place is Place.MIDDLE:
            return self._is_served() and self._is_slashed() and (self._is_person(self.pieces[0]) or self._is_shouted())
        return not self._is_dateline()

    def _could_be_caption(self) -> bool:
        """`Joko (AFP)`, `Gedung KPK/Polri`: of a whole text, less is a credit than of what follows a sentence."""
        if not self.strength and any(piece.separator == "bracket" for piece in self.pieces):
            return True
        unknown = [piece for piece, kind in zip(self.pieces, self.kinds, strict=True) if not kind]
        if not self._is_served() and not any(map(self._is_person, unknown)):
            return True
        return is_caseless(self.rest) and len(self.pieces) > 1 and self.pieces[1].separator == "dash"

    def _is_served(self) -> bool:
        return any(kind in _HOUSES for kind in self.kinds)

    def _is_served_list(self) -> bool:
        """`Jane Doe, AFP`: a list with commas ends in its giver, or begins with it after a lead."""
        return bool(self.kinds[-1]) or (self.strength > 0 and self.kinds[0] in _GIVERS)

    def _is_whole_names(self) -> bool:
        """Within a sentence a single word that nobody knows is no photographer: `(Reuters/Ipsos)`."""
        return all(kind or len(piece.text.split()) > 1 or not piece.text.isascii()
                   for kind, piece in zip(self.kinds, self.pieces, strict=True))  # fmt: skip

    def _is_dateline(self) -> bool:
        """`Jakarta - Antara`."""
        is_set_off = self.pieces[1].separator in ("dash", "comma", "bracket")
        return is_set_off and not self.kinds[0] and not self._is_person(self.pieces[0])

    def _lone(self) -> bool:
        if self.kinds[0] == "handout":
            return self.place is Place.EDGE and not self.stopped
        if self.place in (Place.START, Place.EDGE):
            return True
        return self.place is Place.BRACKET and not self._explains()

    def _by_nothing(self) -> bool:
        """A word that names nobody is a credit by itself only in brackets or after a caption's end."""
        return all(kind == "nothing" for kind in self.kinds) and (
            self.place is Place.BRACKET or (self.place is Place.EDGE and not self.stopped))  # fmt: skip

    def _by_client(self) -> bool:
        """`Jane Doe for The New York Times`."""
        person, *client = self.agencies.words.made_for.split(self.rest, maxsplit=1)
        is_apart = self.place is not Place.MIDDLE and not self.stopped
        return (
            bool(client) and is_apart and len(person.split()) in (2, 3, 4) and self.agencies.is_organisation(client[0])
        )

    def _by_chain(self) -> bool:
        """Names that nobody knows: only where a sentence has ended, or with a word that makes an organisation."""
        if self.stopped and not (self.strength and self._is_slashed()):
            return False
        if not self._is_slashed():
            is_apart = self.place in (Place.EDGE, Place.BRACKET)
            if self._is_signed():
                return True
            return self.strength == WEAK and is_apart and self._is_person(self.pieces[0])
        is_foreign = any(is_caseless(piece.text) for piece in self.pieces)
        if is_foreign and not self.strength and not self._has_organisation():
            return False
        return self._is_chain_of_strangers()

    def _is_chain_of_strangers(self) -> bool:
        if self.place is Place.START:
            return self.strength > 0 or self._is_bare_chain()
        if self.place is Place.EDGE:
            return self.strength > 0 or self._is_person(self.pieces[0]) or self._is_paper_first()
        return self.place is Place.BRACKET and self._is_person(self.pieces[0]) and self._has_organisation()

    def _is_signed(self) -> bool:
        """`Jane Doe, The Lantern Times` after a sentence."""
        is_pair = self.place is Place.EDGE and [piece.separator for piece in self.pieces] == ["", "comma"]
        return is_pair and self._is_person(self.pieces[0]) and self.agencies.is_organisation(self.pieces[1].text)

    def _by_picture(self) -> bool:
        """`ETX Studio pic`: a house that nobody knows."""
        house, _, last = self.rest.rpartition(" ")
        is_short = len(house.split()) in (1, 2, 3) if last.islower() else house.isupper() and 1 < len(house) < 5
        is_picture = key(last) in self.agencies.words.photo and is_short
        return is_picture and self.place in (Place.EDGE, Place.BRACKET) and len(self.pieces) == 1 and not self.stopped

    def _has_organisation(self) -> bool:
        return any(self.agencies.is_organisation(piece.text) for piece in self.pieces)

    def _is_paper_first(self) -> bool:
        """`GALAMEDIA/Jane Doe`, and in brackets `(GalaMedia/Jane Doe)`, from a paper that nobody knows."""
        first = self.pieces[0].text
        is_paper = " " not in first or bool(self.kinds[0]) or self.agencies.is_organisation(first)
        return self.place is Place.EDGE and is_paper and self._is_person(self.pieces[1]) and (
            not self.agencies.is_organisation(self.pieces[1].text))  # fmt: skip

    def _is_bare_chain(self) -> bool:
        """A person and a house, and nothing else in the text: stricter, since a pair of names looks alike."""
        first, *rest = self.pieces
        words = [word for word in first.text.split() if key(word) not in self.agencies.words.particle]
        has_acronym = not first.text.isupper() and any(
            word.isupper() and len(word) > 1 and "." not in word for word in words
        )
        is_house = len(rest) > 1 or " " not in rest[0].text or self.agencies.is_organisation(rest[0].text)
        is_told = key(first.text.split()[0]) in self.agencies.words.common or any(char in _QUOTES for char in self.rest)
        return self._is_person(first) and len(words) > 1 and not has_acronym and not is_told and is_house

    def _is_slashed(self) -> bool:
        return any(piece.separator in ("slash", "via", "equals", "by", "colon") for piece in self.pieces[1:])

    def _is_comma_list(self) -> bool:
        return all(piece.separator in ("", "comma") for piece in self.pieces)

    def _is_shouted(self) -> bool:
        """`… on Monday REUTERS/Jane Doe`."""
        first, second = self.pieces[0].text, self.pieces[1]
        return bool(self.kinds[0]) and first == first.upper() and self._is_person(second)

    def _is_person(self, piece: Piece) -> bool:
        words = piece.text.split()
        if is_caseless(piece.text):
            return len(piece.text) > 1
        known = self.agencies.words
        is_spoken = key(words[0]) in known.common and key(words[0]) not in known.particle
        return 2 <= len(words) <= 9 and not is_spoken and known.prose.isdisjoint(words)

    def _explains(self) -> bool:
        """The bracket shortens what it follows: `Armed Forces of the Philippines (AFP)`."""
        words = re.findall(r"[^\W_]+", self.before[-100:])
        letters = [letter for letter in key(self.rest) if letter.isalnum()]
        initials = [key(word)[:1] for word in words if key(word) not in self.agencies.words.particle]
        follows_giver = bool(words) and key(words[-1]) in self.agencies.words.organisation
        return follows_giver or initials[-len(letters) :] == letters or self._names_same(words)

    def _names_same(self, words: Sequence[str]) -> bool:
        same = self.agencies.find(self.rest)
        return any(self.agencies.find(" ".join(words[-count:])) == same for count in range(1, 6) if same and words)

    def _is_name(self, piece: Piece) -> bool:
        is_led = self.strength == STRONG
        if names_somebody(piece.text, is_led, self.agencies) or self._is_editor(piece):
            return True
        if self.strength and _NUMBERED_HOUSE.fullmatch(piece.text):
            return True
        return (piece.separator == "slash" and is_made_for(piece.text, self.agencies)) or (
            is_led and piece.separator == "bracket" and piece.text.isdigit() and len(piece.text) < 3
        )  # `/ Special to the Tribune`, `Jane Doe (2)`

    def _is_editor(self, piece: Piece) -> bool:
        """The initials at the end of `ANTARA FOTO/Name/foc.`"""
        return piece is not self.pieces[0] and any(self.kinds) and bool(_EDITOR.fullmatch(piece.text))
