"""Session sheets: a page for each, with the order in which people speak, for how long, and what is left to debate."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pypdf
import pytest

from parvis.domain.programme.release import InterventionContent, ReleaseContent, SessionContent
from parvis.exports.programme_pdf import Printing
from parvis.exports.session_sheets_pdf import (
    FEW,
    render_session_sheets,
    session_sheets_document,
    sheet_sessions,
)
from tests.exports.tagged_pdf import assert_accessible, bare, bookmarks, languages, pages, read, roles, whole
from tests.factories.release_contents import a_release, a_session, a_speaker

RELEASED_AT = datetime.fromisoformat("2023-09-18T14:05+02:00")
PRINTING = Printing(3, RELEASED_AT, "https://rencontres.example.org/2023/programme/")


def speakers(count: int) -> list[Any]:
    return [a_speaker(f"p{n}", "Ada", f"Nom{n:02d}") for n in range(count)]


def interventions(*minutes: int) -> list[InterventionContent]:
    roles = ("moderator", "speaker", "speaker", "witness")
    return [
        InterventionContent(f"p{n}", roles[n % 4], {"fr": "Adjointe au maire d’Orléans"}, length)
        for n, length in enumerate(minutes)
    ]


def sheets(session: SessionContent | list[SessionContent], language: str = "fr", people: int = 40) -> pypdf.PdfReader:
    given = session if isinstance(session, list) else [session]
    content = a_release(sessions=given, speakers=speakers(people))
    document = session_sheets_document(content, given, language, PRINTING)
    return read(render_session_sheets(document, made_at=RELEASED_AT))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_is_tagged_one_page_and_says_its_language(language: str) -> None:
    reader = sheets(a_session(interventions=interventions(5, 15, 15), debate_min=30), language)
    assert_accessible(reader, language)
    assert len(reader.pages) == 1
    assert {"/H1", "/Table", "/TH", "/TD"} <= set(roles(reader))
    assert "Énergie" in str(reader.metadata and reader.metadata.title) or language == "en"


def test_it_states_the_order_the_mandates_the_minutes_and_the_debate() -> None:
    text = whole(sheets(a_session(interventions=interventions(5, 15, 25), debate_min=45, members_only=True)))
    for words in (
        "Énergie: agir, ensemble",
        "Lundi 18 septembre 2023",
        "11 h 15 – 12 h 45",
        "Salle A, Nord",
        "90 min",
        "En français, avec interprétation en anglais et espagnol",
        "Adhérents seulement",
        "Adjointe au maire d’Orléans",
        "Modération",
        "Programme dans sa version n° 3 du 18 septembre 2023 à 14 h 05.",
    ):
        assert bare(words) in text, words
    places = [text.index(f"Nom{n:02d}") for n in range(3)]
    assert places == sorted(places)
    # 11.15, then five, fifteen and twenty-five minutes: the debate begins at noon.
    for begins in ("11 h 15", "11 h 20", "11 h 35", "12 h"):
        assert begins in text
    assert "Débat 12 h 45 min" in text


def test_without_agreed_minutes_no_hour_is_invented() -> None:
    text = whole(sheets(a_session(interventions=interventions(5, 0))))
    assert "Le temps qui reste" in text
    assert "11 h 20" not in text


def test_minutes_that_do_not_fit_are_remarked() -> None:
    text = whole(sheets(a_session(interventions=interventions(50, 30), debate_min=30)))
    assert bare("Les interventions et le débat font 110 min ; la séance en dure 90.") in text
    fitting = whole(sheets(a_session(interventions=interventions(30, 30), debate_min=30)))
    assert "la séance en dure" not in fitting


@pytest.mark.parametrize("count", [0, 1, 5, 9, 12, 16, 24, 40])
@pytest.mark.parametrize("title", ["Eau", "Un titre plutôt long, comme on en lit dans les programmes " * 5, "y" * 300])
def test_however_many_speak_it_is_one_page(count: int, title: str) -> None:
    long = {"fr": "Vice-présidente de la Communauté d’agglomération Paris - Vallée de la Marne, chargée de tout"}
    people = [InterventionContent(f"p{n}", "speaker", long, 5) for n in range(count)]
    note = {"fr": "Un micro circule dans la salle. " * 10}
    session = a_session(title={"fr": title}, interventions=people, practical_note=note, debate_min=10)
    reader = sheets(session)
    assert len(reader.pages) == 1
    text = whole(reader)
    assert all(f"Nom{n:02d}" in text for n in range(count))
    if not count:
        assert "Personne n’est encore annoncé." in text


def test_arabic_and_markup() -> None:
    arabic = "ما هو دور السلطات المحلية؟"
    reader = sheets(a_session(title={"ar": arabic}, interventions=interventions(5)))
    assert_accessible(reader, "fr")
    assert any(language.startswith("ar") for language in languages(reader))
    hostile = '#import "x" *gras* $x$ <b> @ref // rien'
    text = whole(sheets(a_session(title={"fr": hostile}, practical_note={"fr": hostile})))
    assert "*gras* $x$" in text
    assert "// rien" in text


def test_a_cancelled_session_says_so() -> None:
    assert "Cette séance est annulée." in whole(sheets(a_session(status="cancelled")))


def test_all_sheets_stand_in_the_order_of_the_day_and_the_rooms() -> None:
    content: ReleaseContent = a_release()
    chosen = sheet_sessions(content)
    assert [session.code for session in chosen] == ["AT1", "GP1", "AT2", "AT3"], "a break has no sheet"
    document = session_sheets_document(content, chosen, "fr", PRINTING)
    reader = read(render_session_sheets(document, made_at=RELEASED_AT))
    assert len(reader.pages) == 4
    assert "Horaire à venir" in pages(reader)[3]
    assert [page for _title, page in bookmarks(reader)] == [1, 2, 3, 4]


def test_many_sheets_are_made_apart_and_are_the_same() -> None:
    many = [a_session(f"S{n}", f"s{n}", title={"fr": f"Séance {n}"}) for n in range(FEW + 2)]
    reader = sheets(many)
    assert_accessible(reader, "fr")
    assert len(reader.pages) == FEW + 2
    assert f"Séance {FEW + 1}" in pages(reader)[-1]
