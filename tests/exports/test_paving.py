"""The drawing as SVG: well formed, named, linked, the same for the same data."""

from __future__ import annotations

from xml.etree import ElementTree

from parvis.domain.paving import Family, Stone
from parvis.domain.programme.release import (
    EditionContent,
    FederationContent,
    OrganisationContent,
    ReleaseContent,
)
from parvis.exports.paving import banner_svg, header_svg, narrow_svg, paving_svg, stones_of

SVG = "{http://www.w3.org/2000/svg}"


def a_release(*organisations: OrganisationContent) -> ReleaseContent:
    return ReleaseContent(
        federation=FederationContent(name={"fr": "F"}),
        edition=EditionContent("e", 14, "2023", {"fr": "Rencontres"}, {}, {}, "", "", ""),
        organisations=list(organisations),
    )


DIJON = OrganisationContent("dijon", {"fr": "Dijon & <Métropole>"}, "commune", "FR", 3, 3)
DAKAR = OrganisationContent("dakar", {"fr": "Dakar", "en": "Dakar city"}, "foreign_authority", "SN", 2, 0)


def test_each_organisation_is_a_titled_stone_that_leads_to_it() -> None:
    drawn = header_svg(a_release(DIJON, DAKAR), "fr", address="/2023/organisations/")
    tree = ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing
    links = {link.get("href"): link.find("path/title") for link in tree.iter("a")}
    assert {key: title.text for key, title in links.items() if title is not None} == {
        "/2023/organisations/#dijon": "Dijon & <Métropole>",
        "/2023/organisations/#dakar": "Dakar",
    }
    assert tree.get("aria-hidden") == "true"
    assert all(link.get("tabindex") == "-1" for link in tree.iter("a"))
    assert "style=" not in drawn


def test_a_file_of_its_own_has_a_name_and_a_size() -> None:
    for draw in (narrow_svg, banner_svg):
        tree = ElementTree.fromstring(draw(a_release(DIJON), "fr", label="Le parvis"))  # noqa: S314
        assert tree.tag == f"{SVG}svg"
        assert tree.get("aria-label") == "Le parvis"
        assert tree.get("role") == "img"
        assert int(tree.get("width", "0")) > 0


def test_stones_speak_the_pages_language_and_fill_as_people_arrive() -> None:
    stones = {stone.key: stone for stone in stones_of(a_release(DIJON, DAKAR), "en")}
    assert stones["dakar"].name == "Dakar city"
    assert (stones["dijon"].presence, stones["dakar"].presence) == (1.0, 0.0)
    assert stones["dakar"].family is Family.AFRICA
    before = stones_of(a_release(DAKAR), "en")
    assert before[0].presence is None


def test_the_same_data_gives_the_same_drawing() -> None:
    stones = [Stone(f"s{n}", f"S{n}", Family.HOME, n) for n in range(1, 30)]
    assert paving_svg(stones, width=600, height=200) == paving_svg(stones[::-1], width=600, height=200)
    assert paving_svg([], width=600, height=200).count("<path") > 10
