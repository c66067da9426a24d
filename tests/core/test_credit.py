"""The credit at a caption's end, its chain, and the chain in each house style."""

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from captioner.core import credit
from captioner.core.agencies import Agencies
from captioner.core.credit import STYLES, Chain
from captioner.storage.desk_data import load_agencies
from tests.pace import slowness

LINES = tomllib.loads(Path(__file__).with_name("credit_lines.toml").read_text("utf-8"))
CREDITED: list[tuple[str, str, str]] = [(caption, end, found) for caption, end, found in LINES["credited"]]
TRAPS: list[str] = LINES["traps"]
KNOWN = load_agencies()
POOLED = Chain(("Ranggi Tamawira",), "Sputnik", "Kremlin Pool", "AP")


def split(text: str) -> tuple[str, str]:
    return credit.split(text, KNOWN)


def parse(text: str) -> Chain:
    return credit.parse(text, KNOWN)


def test_the_table_is_large_enough():
    assert len(CREDITED) + len(TRAPS) >= 150
    assert len(TRAPS) >= 50


@pytest.mark.parametrize(("caption", "end", "found"), CREDITED)
def test_a_credit_is_found(caption: str, end: str, found: str):
    assert split(caption + end) == (caption, found)


@pytest.mark.parametrize("text", TRAPS)
def test_a_trap_holds_no_credit(text: str):
    assert split(text) == (text, "")


def test_precision_and_recall_are_high():
    found = [split(caption + end) == (caption, wanted) for caption, end, wanted in CREDITED]
    taken = sum(bool(split(caption + end)[1]) for caption, end, _ in CREDITED) + sum(
        bool(split(trap)[1]) for trap in TRAPS
    )
    recall, precision = sum(found) / len(found), sum(found) / taken
    print(f"{len(CREDITED)} credits, {len(TRAPS)} traps: precision {precision:.3f}, recall {recall:.3f}")  # noqa: T201
    assert min(recall, precision) >= 0.97


@pytest.mark.parametrize(
    ("line", "chain"),
    [
        ("Ranggi Tamawira/Sputnik/Kremlin Pool/AP", POOLED),
        ("(Ranggi Tamawira, Sputnik, Kremlin Pool Photo via AP)", POOLED),
        ("(AP Photo/Thea Marlowe)", Chain(("Thea Marlowe",), "AP")),
        ("AP Photo/Thea Marlowe, File", Chain(("Thea Marlowe",), "AP")),
        ("Thea Marlowe/Pool Photo via AP", Chain(("Thea Marlowe",), "", "Pool", "AP")),
        ("Photo by Thea Marlowe/AFP via Getty Images", Chain(("Thea Marlowe",), "AFP", "", "Getty Images")),
        ("Thea Marlowe/AFP/Getty Images", Chain(("Thea Marlowe",), "AFP", "", "Getty Images")),
        ("REUTERS/Jane Odell", Chain(("Jane Odell",), "REUTERS")),
        ("Jane Odell, Mark Pryde/Reuters", Chain(("Jane Odell", "Mark Pryde"), "Reuters")),
        ("Jane Odell and Mark Pryde/Reuters", Chain(("Jane Odell", "Mark Pryde"), "Reuters")),
        ("Budi Hartawan dan Citra Laksmi/Tempo", Chain(("Budi Hartawan", "Citra Laksmi"), "Tempo")),
        ("Budi Hartawan & Citra Laksmi", Chain(("Budi Hartawan", "Citra Laksmi"))),
        ("EFE/EPA/LUCÍA ARROYAL", Chain(("LUCÍA ARROYAL",), "EPA", "", "EFE")),
        ("ANTARA FOTO/Andi Sulaksono/foc.", Chain(("Andi Sulaksono",), "ANTARA")),
        ("Foto: dpa/Jonas Feldkamp", Chain(("Jonas Feldkamp",), "dpa")),
        ("Jane Odell for The New York Times", Chain(("Jane Odell",), "The New York Times")),
        ("Jane Odell/The Lantern", Chain(("Jane Odell",), "The Lantern")),
        ("Nora Whitcomb/RFE/RL", Chain(("Nora Whitcomb",), "RFE/RL")),
        ("STRINGER/MEXICO/REUTERS", Chain((), "MEXICO", "", "REUTERS")),
        ("STR / KCNA VIA KNS / AFP", Chain((), "KCNA/KNS", "", "AFP")),
        ("REUTERS/Nora Whitcomb TPX IMAGES OF THE DAY", Chain(("Nora Whitcomb",), "REUTERS")),
        ("ANTARA FOTO/Wahyudin Prasetya/YU", Chain(("Wahyudin Prasetya",), "ANTARA")),
        ("Nora Whitcomb / Special to the Tribune", Chain(("Nora Whitcomb",), "Tribune")),
        (
            "(A. Whitcomb, B. Tredwell and C. Li, Lantern, Pool Photo via AP)",
            Chain(("A. Whitcomb", "B. Tredwell", "C. Li"), "Lantern", "Pool", "AP"),
        ),
        ("Handout / Ministry of Defence / AFP", Chain((), "Ministry of Defence", "", "AFP")),
        ("Stringer/Reuters", Chain((), "Reuters")),
        ("STR/AFP", Chain((), "AFP")),
        ("Игорь Лапшин / ТАСС", Chain(("Игорь Лапшин",), "ТАСС")),
        ("나도윤 기자", Chain(("나도윤",))),
        ("新华社记者 林晓舟 摄", Chain(("林晓舟",), "新华社")),
        ("Jane Odell", Chain(("Jane Odell",))),
        ("AFP", Chain((), "AFP")),
        ("", Chain()),
    ],
)
def test_a_credit_line_has_a_chain(line: str, chain: Chain):
    assert parse(line) == chain


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("slash", "Ranggi Tamawira/Sputnik/Kremlin Pool/AP"),
        ("ap", "(Ranggi Tamawira, Sputnik, Kremlin Pool Photo via AP)"),
        ("getty", "Photo by Ranggi Tamawira/Sputnik/Kremlin Pool via AP"),
        ("indonesia", "(Foto: Ranggi Tamawira/Sputnik/Kremlin Pool/AP)"),
        ("short", "Ranggi Tamawira/AP"),
    ],
)
def test_a_house_writes_a_chain_in_its_style(style: str, text: str):
    assert credit.render(POOLED, style) == text


@pytest.mark.parametrize(("caption", "end", "line"), CREDITED)
def test_every_style_reads_back(caption: str, end: str, line: str):
    chain = parse(line)
    for style in set(STYLES) - {"short"}:
        written = credit.render(chain, style, KNOWN)
        assert written == "" or parse(written) == chain, style


def test_the_short_form_fits_or_is_empty():
    assert credit.render(Chain(("A" * 30,), "Sputnik"), "short") == ""
    assert credit.render(Chain(("Jane Odell",), "AFP", "", "Getty Images"), "short") == "Jane Odell/Getty Images"


def test_words_that_say_nothing_are_marked():
    parts = credit.parts("Handout / Ministry of Defence / AFP", KNOWN)
    assert [(part.role, part.text) for part in parts] == [
        ("", "Handout"),
        ("agency", "Ministry of Defence"),
        ("distributor", "AFP"),
    ]


@pytest.mark.parametrize(
    ("line", "chain", "numbers"),
    [
        ("Jane Odell/AP/Shutterstock (13812345a)", Chain(("Jane Odell",), "AP", "", "Shutterstock"), ["13812345a"]),
        ("Jane Odell, 2023/AP", Chain(("Jane Odell",), "AP"), ["2023"]),
        ("AP/Jane Odell/12345678", Chain(("Jane Odell",), "AP"), ["12345678"]),
        ("Jane Odell 13812345a/AP", Chain(("Jane Odell",), "AP"), ["13812345a"]),
        ("Jane Odell, 13.09.2023/AP", Chain(("Jane Odell",), "AP"), ["13.09.2023"]),
        ("Jane Odell, 13 September 2023/AP", Chain(("Jane Odell",), "AP"), ["13 September 2023"]),
        ("AP 2023/Jane Odell", Chain(("Jane Odell",), "AP"), ["2023"]),
        ("海野渉／共同／20230913", Chain(("海野渉",), "共同"), ["20230913"]),
        ("News1 서해온 기자", Chain(("서해온",), "News1"), []),
        ("뉴스1 서해온 기자", Chain(("서해온",), "뉴스1"), []),
        ("연합뉴스 서해온 기자", Chain(("서해온",), "연합뉴스"), []),
        ("Jane Odell/France 24", Chain(("Jane Odell",), "France 24"), []),
        ("Jane Odell/24sata", Chain(("Jane Odell",), "24sata"), []),
        ("T24/Jane Odell", Chain(("Jane Odell",), "T24"), []),
        ("Canal 13/Jane Odell", Chain(("Jane Odell",), "Canal 13"), []),
    ],
)
def test_a_number_is_nobodys_name(line: str, chain: Chain, numbers: list[str]):
    assert parse(line) == chain
    assert [part.text for part in credit.parts(line, KNOWN) if part.reason == "number"] == numbers


def test_nothing_known_still_finds_what_is_written_plainly():
    assert credit.split("A dog runs. Jane Odell/Lantern", Agencies()) == ("A dog runs.", "Jane Odell/Lantern")


NAMES = st.sampled_from(
    ["Jane Odell", "J. Scott Pellwood", "Pieter van der Hoeven", "Игорь Лапшин", "Ahmad bin Salleh", "LUCÍA ARROYAL"]
)
CHAINS = st.builds(
    Chain,
    st.lists(NAMES, min_size=1, max_size=3, unique=True).map(tuple),
    st.sampled_from(["", "Sputnik", "AFP", "The Lantern Gazette"]),
    st.sampled_from(["", "Kremlin Pool", "Pool"]),
    st.sampled_from(["", "AP", "Getty Images"]),
)


@given(CHAINS, st.sampled_from(["slash", "ap", "getty", "indonesia"]))
def test_a_chain_survives_every_style_that_holds_it(chain: Chain, style: str):
    assert parse(credit.render(chain, style)) == chain


PEOPLE = st.sampled_from(
    ["Nora Whitcomb", "M. Holtgrefe", "Siobhán O'Dell", "Jean-Luc d'Arvieu", "Li Wenhao", "Аркадий Белозеров",
     "سامر الحلواني", "海野渉", "서해온", "DeShawn McAllister", "Ana María de la Vega", "Martin Kingsley Jr."]
)  # fmt: skip
UNKNOWN = ["The Ellensworth Courier", "Radio Lajedo", "Stadt Wittenfeld", "KXYZ-TV", "Galamedia News", "ellens.com"]
DIVIDED = ("/", "（", ",", "-", "|", ":", ".")
"""A name that holds a separator can't be told from two."""


def known(*kinds: str) -> list[str]:
    return [each.name for each in KNOWN.known if each.kind in kinds and not any(sign in each.name for sign in DIVIDED)]


ANY_CHAIN = st.builds(
    Chain,
    st.lists(PEOPLE, min_size=1, max_size=3, unique=True).map(tuple),
    st.sampled_from(["", *known("agency", "handout"), *UNKNOWN]),
    st.sampled_from(["", "Pool", "Kremlin Pool", "Harbor Master Pool", *known("pool")]),
    st.sampled_from(["", *known("agency", "distributor"), "ellens.com"]),
)


@settings(max_examples=500)
@given(ANY_CHAIN, st.sampled_from(["slash", "ap", "getty", "indonesia"]))
def test_a_chain_of_known_and_unknown_names_survives_every_style(chain: Chain, style: str):
    assert parse(credit.render(chain, style)) == chain
    assert credit.render(chain, style, KNOWN) == credit.render(chain, style)


TEXT = st.text(max_size=20)


@given(st.builds(Chain, st.lists(TEXT, max_size=3).map(tuple), TEXT, TEXT, TEXT), st.sampled_from(list(STYLES)))
def test_a_style_is_empty_where_it_would_say_something_else(chain: Chain, style: str):
    written = credit.render(chain, style, KNOWN)
    assert style == "short" or written == "" or parse(written) == chain
    assert len(credit.render(chain, "short").encode()) <= 32


@given(st.one_of(TEXT, st.sampled_from([line for _, _, line in CREDITED])))
def test_each_part_tells_where_it_stands(line: str):
    for part in credit.parts(line, KNOWN):
        assert line[part.start : part.end] == part.text
        assert bool(part.role) != bool(part.reason)


SNIPPETS = st.sampled_from(
    [
        "Foto: ",
        "Jane Odell",
        "/AP",
        " via ",
        "(",
        ")",
        ". ",
        "Kremlin Pool",
        "사진=",
        "，",
        "©",
        " - ",
        "3/7",
        "\n",
        "\u00a0",
    ]
)


@given(st.lists(st.one_of(SNIPPETS, st.text(max_size=12)), max_size=12).map("".join))
def test_nothing_of_the_text_is_lost(text: str):
    caption, found = split(text)
    assert text.strip(" \t\r\n\u00a0\u200b\ufeff").startswith(caption) or caption in text
    assert found in text[text.find(caption) + len(caption) :]
    parse(found)


@settings(deadline=None, max_examples=40)
@given(st.text(min_size=1, max_size=8))
def test_a_hundred_kilobytes_of_anything_take_no_time(unit: str):
    text = unit * (100_000 // len(unit))
    started = time.process_time()
    split(text)
    parse(text)
    assert time.process_time() - started < 0.1 * slowness()
