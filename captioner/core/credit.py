"""Credit line ↔ credit chain, in each house style."""

from collections.abc import Callable
from dataclasses import dataclass

from captioner.core import credit_line
from captioner.core.agencies import Agencies, key
from captioner.core.credit_parts import INITIALS, Part, parts
from captioner.core.policy import AS_WRITTEN

__all__ = ["STYLES", "Agencies", "Chain", "Part", "is_credit", "is_qualified", "parse", "parts", "render", "split"]

SHORT_OCTETS = 32
"""What IIM 2:110 holds (IIM 4.2)."""


@dataclass(frozen=True)
class Chain:
    photographers: tuple[str, ...] = ()
    agency: str = ""
    pool: str = ""
    distributor: str = ""


def is_credit(line: str, agencies: Agencies) -> bool:
    """Whether a line is nothing but a credit."""
    return credit_line.is_credit(line, agencies)


def split(text: str, agencies: Agencies) -> tuple[str, str]:
    """The caption, and the credit at its end; ("", credit) for a bare credit line."""
    return credit_line.find(text, agencies)


def parse(credit: str, agencies: Agencies) -> Chain:
    found = parts(credit, agencies)
    named = {role: [part.name for part in found if part.role == role] for role in ("agency", "pool", "distributor")}
    photographers = tuple(part.name for part in found if part.role == "photographer")
    return Chain(photographers, *("/".join(named[role]) for role in ("agency", "pool", "distributor")))


def render(chain: Chain, style: str, agencies: Agencies | None = None) -> str:
    """The chain as the style writes it; "" where the style can't hold it.

    With the agencies it is read back, and "" where it says something else then; the short form may say less.
    """
    written = STYLES[style](chain)
    is_sure = agencies is None or style == "short" or parse(written, agencies) == chain
    return written if is_sure else ""


def in_style(credit: str, style: str, agencies: Agencies) -> str:
    """The credit line as the house publishes it; as written where the style would leave out anything it says."""
    if style == AS_WRITTEN:
        return credit
    found = parts(credit, agencies)
    is_whole = all(part.reason == INITIALS or (part.role and not is_qualified(part, agencies)) for part in found)
    return (is_whole and render(parse(credit, agencies), style, agencies)) or credit


def is_qualified(part: Part, agencies: Agencies) -> bool:
    """`Courtesy of Jane Doe`: the text says more than the name."""
    return part.name not in (part.text, agencies.without_photo(part.text))


def _people_text(chain: Chain, join: str = "and") -> str:
    *first, last = chain.photographers or ("",)
    return f" {join} ".join(part for part in (", ".join(first), last) if part)


def _via(origin: str, distributor: str) -> str:
    return f"{origin} via {distributor}".strip() if distributor else origin


def _slash(chain: Chain, join: str = "and") -> str:
    if chain.distributor and not chain.agency and not chain.pool:
        return _via(_people_text(chain, join), chain.distributor)
    return "/".join(part for part in (_people_text(chain, join), chain.agency, chain.pool, chain.distributor) if part)


def _ap(chain: Chain) -> str:
    if not any((chain.photographers, chain.agency, chain.pool, chain.distributor)):
        return ""
    if key(chain.agency) == "ap" and not chain.distributor:
        own = "/".join(part for part in ("AP Photo", _people_text(chain)) if part)
        return f"({', '.join(part for part in (own, chain.pool) if part)})"
    pool = f"{chain.pool} Photo" if chain.pool else ""
    joint = ", " if chain.pool and chain.agency else "/"
    origin = joint.join(part for part in (_people_text(chain), chain.agency, pool) if part)
    return f"({_via(origin, chain.distributor)})"


def _getty(chain: Chain) -> str:
    origin = "/".join(part for part in (_people_text(chain), chain.agency, chain.pool) if part)
    line = _via(origin, chain.distributor)
    return f"Photo by {line}" if chain.photographers else line


def _indonesia(chain: Chain) -> str:
    line = _slash(chain, "dan")
    return f"(Foto: {line})" if line else ""


def _short(chain: Chain) -> str:
    """Photographer and distributor alone, so that the line fits; what it leaves out stays in the full credit."""
    line = "/".join(part for part in (_people_text(chain), chain.distributor or chain.agency or chain.pool) if part)
    return line if len(line.encode()) <= SHORT_OCTETS else ""


STYLES: dict[str, Callable[[Chain], str]] = {
    "slash": _slash, "ap": _ap, "getty": _getty, "indonesia": _indonesia, "short": _short,
}  # fmt: skip
