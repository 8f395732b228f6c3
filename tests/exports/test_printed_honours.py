"""The printed programme names the label, the prizes, their laureates and those who are honoured: read back from PDF."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parvis.domain.programme.release import AwardContent, HonourContent, ReleaseContent
from parvis.exports.programme_pdf import Paper
from tests.exports.tagged_pdf import assert_accessible, bare, bookmarks, pages, roles, whole
from tests.exports.test_programme_pdf import a_full_release, printed

HOSTILE = '#set page(fill: red) *gras* $x$ <script> "« @ref `raw`'
LABEL = AwardContent(
    "label",
    {"fr": "Label de la coopération", "en": "Cooperation label"},
    "energie",
    [{"fr": "Ville de Dijon"}, {"fr": "Région Bretagne", "en": "Brittany Region"}],
    [{"fr": "Commune imaginée"}],
)
PRIZE = AwardContent("prize", {"fr": "Prix de la jeunesse"}, "brouillon", [])
PRESIDENTS = [
    HonourContent("Awa Sarr", {"fr": "maire de Kayar", "en": "Mayor of Kayar"}, {"fr": "Groupe-pays Sénégal"}),
    HonourContent("Jo Roy", {"fr": "adjoint"}, {}, fictional=True),
]


def honoured(**more: object) -> ReleaseContent:
    given: dict[str, object] = {"awards": [LABEL, PRIZE], "honours": PRESIDENTS, **more}
    return replace(a_full_release(), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("paper", list(Paper))
def test_laureates_and_presidents_stand_in_the_booklet(paper: Paper) -> None:
    reader = printed(honoured(), paper=paper)
    assert_accessible(reader, "fr")
    marks, texts = dict(bookmarks(reader)), pages(reader)
    page = texts[marks["Label, prix et hommages"] - 1]
    for words in (
        "LABEL", "Label de la coopération", "Ville de Dijon", "Région Bretagne", "Commune imaginée (fictif)",
        "PRIX", "Prix de la jeunesse", "Les lauréats sont nommés lors de la cérémonie.",
        "À l’honneur lors de la cérémonie", "Awa Sarr", "maire de Kayar · Groupe-pays Sénégal", "Jo Roy (fictif)",
    ):  # fmt: skip
        assert bare(words) in page, words
    assert f"page {marks['Énergie: agir, ensemble']}" in page, "the label leads to the session in which it is given"
    assert page.count("page ") == 1, "a session that is not published has no page"
    assert "Label, prix et hommages" in texts[1], "the contents lead there"
    assert "/H2" in roles(reader)


def test_english_names_them_in_english() -> None:
    text = whole(printed(honoured(), "en"))
    for words in (
        "Cooperation label",
        "Brittany Region",
        "Ville de Dijon",
        "Mayor of Kayar",
        "Honoured at the ceremony",
    ):
        assert words in text


def test_without_any_there_is_no_such_part() -> None:
    reader = printed(honoured(awards=[], honours=[]))
    assert "Label, prix" not in whole(reader)
    assert "Awa Sarr" in whole(printed(honoured(awards=[])))


def test_no_name_is_taken_for_markup() -> None:
    awards = [replace(LABEL, name={"fr": HOSTILE}, laureates=[{"fr": HOSTILE}], fictional_laureates=[])]
    reader = printed(honoured(awards=awards, honours=[HonourContent(HOSTILE, {"fr": HOSTILE}, {"fr": HOSTILE})]))
    assert_accessible(reader, "fr")
    assert whole(reader).replace(" ", "").count("#setpage(fill:red)*gras*") >= 4
