"""The printed programme: tagged, in its language, complete, and never taking a text for markup."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime
from typing import Any

import pypdf
import pytest

from parvis.domain.programme.release import (
    InterventionContent,
    OrganisationContent,
    PartnerContent,
    ReleaseContent,
)
from parvis.exports.programme_pdf import Paper, Printing, programme_document, render_programme
from tests.exports.tagged_pdf import assert_accessible, bare, bookmarks, languages, pages, read, roles, structure, whole
from tests.factories.release_contents import a_release, a_session, a_speaker

RELEASED_AT = datetime.fromisoformat("2023-09-18T14:05+02:00")
PRINTING = Printing(3, RELEASED_AT, "https://rencontres.example.org/2023/programme/")
HOSTILE = '#set page(fill: red) *gras* $x$ <script>alert(1)</script> & "« \\ @ref [x] {y} `raw` // rien /* rien */'
ARABIC = "ما هو دور السلطات المحلية في مواجهة التحديات العالمية الكبرى؟"
SIZES = {Paper.A4: (595, 842), Paper.A5: (420, 595)}


def a_full_release(**more: Any) -> ReleaseContent:
    """Return a release with organisations on the square and a funder who requires a mention."""
    mention = {"fr": "Avec le soutien de l’Agence", "en": "With the support of the Agency"}
    given: dict[str, Any] = {
        "organisations": [
            OrganisationContent(f"ville-{n}", {"fr": f"Ville {n}"}, "commune", "FR", 1 + n % 7, 0) for n in range(40)
        ],
        "partners": [
            PartnerContent(
                {"fr": "Agence de développement"}, "AD", "funder", mention, {}, "https://agence.example.org"
            ),
            PartnerContent({"fr": "PLATFORMA"}, "", "project", {}, {"fr": "Union européenne"}, ""),
        ],
    }
    return a_release(**{**given, **more})


def printed(
    content: ReleaseContent, language: str = "fr", paper: Paper = Paper.A4, printing: Printing = PRINTING
) -> pypdf.PdfReader:
    document = programme_document(content, language, paper, printing)
    return read(render_programme(document, made_at=printing.released_at))


@pytest.fixture(scope="module")
def french() -> pypdf.PdfReader:
    return printed(a_full_release())


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_is_tagged_and_says_its_language(paper: Paper, language: str) -> None:
    reader = printed(a_full_release(), language, paper)
    assert_accessible(reader, language)
    assert {"/H1", "/H2", "/H3", "/P", "/Figure", "/Table", "/TH", "/TD", "/Link"} <= set(roles(reader))
    wide, high = SIZES[paper]
    for page in reader.pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (wide, high)


@pytest.mark.parametrize(
    "words",
    [
        "14e ÉDITION",
        "Quelle contribution",
        "18 et 19 septembre 2023",
        "Cité des Sciences, Paris",
        "Lundi 18 septembre 2023",
        "11 h 15",
        "jusqu’à 12 h 45",
        "Énergie: agir, ensemble",
        "Élus et agents comparent leurs méthodes.",
        "Salle A, Nord",
        "En français, avec interprétation en anglais et espagnol",
        "Sur place et en ligne",
        "Adhérents seulement",
        "Annulée",
        "Awa Sarr · Modération, maire de Kayar",
        "Jo Roy (fictif)",
        "Organisée par: Ville de Dakar",
        "À placer",
        "Horaire à venir",
        "Avec le soutien de l’Agence",
        "Cofinancé par: Union européenne",
        "30 avenue Cariou",
        "#RencontresAICT2023",
        "Programme dans sa version n° 3 du 18 septembre 2023 à 14 h 05.",
        "rencontres.example.org/2023/programme/",
    ],
)
def test_it_states(french: pypdf.PdfReader, words: str) -> None:
    assert bare(words) in whole(french)


def test_english_is_written_as_english() -> None:
    text = whole(printed(a_full_release(), "en"))
    for words in ("14TH EDITION", "Monday 18 September 2023", "until 12.45", "In French, interpreted into English"):
        assert bare(words) in text
    assert "With the support of the Agency" in text


def test_bookmarks_lead_to_days_hours_sessions_and_parts(french: pypdf.PdfReader) -> None:
    marks = dict(bookmarks(french))
    texts = pages(french)
    for title in ("Lundi 18 septembre 2023", "Énergie: agir, ensemble", "Intervenants", "Partenaires", "Salles"):
        assert title in texts[marks[title] - 1]
    assert "11 h 15" in marks


def test_the_contents_and_the_index_name_the_right_pages() -> None:
    """Enough sessions for several pages: each number in the index is a page that bears the session's title."""
    people = [a_speaker(f"p{n}", "Ada", f"Nom{n:03d}") for n in range(60)]
    sessions = [
        a_session(
            f"S{n}",
            f"s{n}",
            title={"fr": f"Séance numéro {n:03d}"},
            starts_at=f"2023-09-{18 + n // 30}T{9 + n % 30 // 4:02d}:00+02:00",
            ends_at=f"2023-09-{18 + n // 30}T{9 + n % 30 // 4:02d}:45+02:00",
            interventions=[InterventionContent(f"p{n}", "speaker", {"fr": "maire"})],
        )
        for n in range(60)
    ]
    reader = printed(a_full_release(sessions=sessions, speakers=people))
    texts = pages(reader)
    start = next(n for n, text in enumerate(texts) if text.startswith("Intervenants"))
    index = " ".join(texts[start:])
    assert len(texts) > 6
    for n in (0, 17, 31, 59):
        said = index.split(f"Nom{n:03d} Ada")[1].split("page ")[1].split()[0]
        assert f"Séance numéro {n:03d}" in texts[int(said) - 1]
    second_day = next(n for n, text in enumerate(texts) if text.startswith("Mardi 19 septembre 2023"))
    assert f"Mardi 19 septembre {second_day + 1}" in texts[1]
    for number, text in enumerate(texts[1:], 2):
        assert text.endswith(f" {number}"), "each page bears its number"


def test_a_slot_that_goes_on_overleaf_says_its_time_again() -> None:
    sessions = [a_session(f"S{n}", f"s{n}", title={"fr": f"Parallèle {n}"}) for n in range(40)]
    texts = pages(printed(a_full_release(sessions=sessions), paper=Paper.A5))
    with_sessions = [text for text in texts if "Parallèle" in text and not text.startswith("Sommaire")]
    assert len(with_sessions) > 2
    assert all("11 h 15" in text for text in with_sessions)


def test_the_square_is_drawn_from_the_data() -> None:
    few, many = a_full_release(organisations=[]), a_full_release()
    drawn = [e for e in structure(printed(many)) if e["/S"] == "/Figure" and "40" in str(e["/Alt"])]
    assert drawn
    assert (
        programme_document(few, "fr", Paper.A4, PRINTING)["paving"]
        != (programme_document(many, "fr", Paper.A4, PRINTING)["paving"])
    )
    assert_accessible(printed(few), "fr")


@pytest.mark.parametrize("paper", list(Paper))
def test_no_text_is_taken_for_markup(paper: Paper) -> None:
    content = a_full_release(
        sessions=[a_session(title={"fr": HOSTILE}, abstract={"fr": HOSTILE}, host={"fr": HOSTILE})],
        speakers=[a_speaker(last=HOSTILE, mandates=[{"fr": HOSTILE}])],
        partners=[PartnerContent({"fr": HOSTILE}, "", "funder", {"fr": HOSTILE}, {}, "")],
    )
    content = replace(content, edition=replace(content.edition, theme={"fr": HOSTILE}, practical_info={"fr": HOSTILE}))
    reader = printed(content, paper=paper)
    assert_accessible(reader, "fr")
    text = whole(reader).replace(" ", "")
    for word in (
        "*gras*",
        "$x$",
        "<script>alert(1)</script>",
        "@ref",
        "`raw`",
        "//rien",
        "/*rien*/",
        "#setpage(fill:red)",
    ):
        assert word in text
    assert "/Lang" in reader.trailer["/Root"]


def test_arabic_runs_its_own_way_and_is_named_as_arabic() -> None:
    content = a_full_release(sessions=[a_session(title={"ar": ARABIC}, abstract={"ar": ARABIC * 3})])
    reader = printed(content)
    assert_accessible(reader, "fr")
    assert any(language.startswith("ar") for language in languages(reader))
    assert "السلطات" in whole(reader) or any("السلطات" in str(mark) for mark in bookmarks(reader))


def test_long_titles_endless_words_and_unknown_letters() -> None:
    content = a_full_release(
        sessions=[
            a_session("A", "a", title={"fr": "Un titre sans fin " * 110}),
            a_session("B", "b", title={"fr": "x" * 2000}),
            a_session("C", "c", title={"fr": "中文 \U0001f389 \x07\ufeff\ud800 Кириллица Nguyễn"}),
        ]
    )
    for paper in Paper:
        reader = printed(content, paper=paper)
        assert_accessible(reader, "fr")
        text = whole(reader)
        assert text.replace(" ", "").count("x" * 30) >= 60
        assert "Кириллица" in text
        assert "\ufffd" in text
        for page in reader.pages:
            edge = float(page.mediabox.width)
            places: list[float] = []
            page.extract_text(
                visitor_text=lambda t, _cm, tm, _f, _s, found=places: found.append(tm[4]) if t.strip() else None
            )
            assert all(0 <= place < edge for place in places), "a text begins off the page"


def test_a_cancelled_edition_says_so_on_the_cover() -> None:
    called_off = replace(PRINTING, called_off="Cette édition a été annulée. Un incident.")
    assert "Cette édition a été annulée. Un incident." in pages(printed(a_full_release(), printing=called_off))[0]


def test_an_edition_without_a_programme_still_prints() -> None:
    content = a_release(sessions=[], speakers=[], rooms=[], partners=[])
    content = replace(content, edition=replace(content.edition, starts_on="", ends_on="", venue=None))
    assert_accessible(printed(content), "fr")


def test_it_is_the_same_twice_and_quick() -> None:
    document = programme_document(a_full_release(), "fr", Paper.A4, PRINTING)
    first = render_programme(document, made_at=RELEASED_AT)
    began = time.monotonic()
    second = render_programme(document, made_at=RELEASED_AT)
    assert first == second
    assert time.monotonic() - began < 5
