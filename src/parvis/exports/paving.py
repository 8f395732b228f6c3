"""The paving as SVG: for the head of the site, for phones, for a badge or a press release."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from parvis.domain.paving import Family, Laid, Stone, family_of, lay
from parvis.domain.programme.release import ReleaseContent, in_language

TINTS: dict[Family, tuple[str, ...]] = {
    Family.HOME: ("#efe7da", "#e6dccb", "#ddd1bb", "#d4c5ad", "#e9e0d0"),
    Family.HOUSE: ("#24466b", "#2f5378"),
    Family.AFRICA: ("#b2432d", "#c4583f", "#a83f2a"),
    Family.AMERICAS: ("#1c646d", "#205e78"),
    Family.ASIA: ("#6d4a6e", "#7a6c8b"),
    Family.EUROPE: ("#c7942d", "#d5a444"),
    Family.OCEANIA: ("#5f7a3a", "#748b72"),
}
BARE = ("#f3ede2", "#f0e9dc")


def stones_of(content: ReleaseContent, language: str, *, address: str = "") -> list[Stone]:
    """Return the stones of a release; `address` leads to the list of organisations, where each has its anchor.

    Presence fills the stones once somebody of any organisation is present.
    """
    begun = any(item.present for item in content.organisations)
    return [
        Stone(
            key=item.slug,
            name=in_language(item.name, language),
            family=family_of(item.kind, item.country),
            size=item.headcount,
            presence=min(1.0, item.present / item.headcount) if begun and item.headcount else None,
            url=f"{address}#{item.slug}" if address else "",
        )
        for item in content.organisations
    ]


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _shape(laid: Laid) -> str:
    points = "L".join(f"{_number(x)} {_number(y)}" for x, y in laid.corners)
    stone = laid.stone
    if stone is None:
        return f'<path d="M{points}z" fill="{BARE[laid.shade % len(BARE)]}"/>'
    tints = TINTS[stone.family]
    faded = ""
    if stone.presence is not None and stone.presence < 1:
        faded = f' opacity="{_number(0.45 + 0.55 * stone.presence)}"'
    fill = tints[laid.shade % len(tints)]
    path = f'<path d="M{points}z" fill="{fill}"{faded}><title>{escape(stone.name)}</title></path>'
    # Out of the order of tabulation: the same links stand in words beside the drawing.
    return f'<a href="{escape(stone.url)}" tabindex="-1">{path}</a>' if stone.url else path


def paving_svg(
    stones: Iterable[Stone],
    *,
    width: int,
    height: int,
    row_height: float = 46.0,
    joint: float = 2.4,
    label: str = "",
    standalone: bool = False,
) -> str:
    """Return the drawing as an SVG element.

    With a `label` it is an image with that name; without, it is decoration and hidden from assistive technology,
    which the list of organisations in words serves. `standalone` adds what a file of its own needs.
    """
    shapes = "".join(
        _shape(laid) for laid in lay(stones, width=width, height=height, row_height=row_height, joint=joint)
    )
    role = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true" focusable="false"'
    space = ' xmlns="http://www.w3.org/2000/svg"' if standalone else ""
    size = f' width="{width}" height="{height}"' if standalone else ""
    return (
        f'<svg class="paving" viewBox="0 0 {width} {height}" preserveAspectRatio="xMidYMid slice"{space}{size} {role}>'
        f"{shapes}</svg>"
    )


def header_svg(content: ReleaseContent, language: str, *, address: str = "") -> str:
    """Return the drawing that heads the site; phones show its middle."""
    return paving_svg(stones_of(content, language, address=address), width=1440, height=414)


def narrow_svg(content: ReleaseContent, language: str, *, label: str = "") -> str:
    """Return the drawing for a phone's width, as a file of its own."""
    stones = stones_of(content, language)
    return paving_svg(stones, width=360, height=150, row_height=18, joint=1.2, label=label, standalone=True)


def banner_svg(content: ReleaseContent, language: str, *, label: str = "") -> str:
    """Return a narrow band of stones for a badge, a booklet or a press release, as a file of its own."""
    stones = stones_of(content, language)
    return paving_svg(stones, width=960, height=72, row_height=18, joint=1.2, label=label, standalone=True)
