"""The Atom feed of changes, held to RFC 4287: required elements, identities that stay, sentences in two languages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from lxml import etree

from parvis.domain.editions import EditionStatus
from parvis.domain.programme.differences import Change, ChangeKind, difference
from parvis.exports.atom import changes_feed
from parvis.queries.release_changes import ReleaseChanges
from tests.factories.release_contents import a_guid, a_public_edition, a_release

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
FIRST = ReleaseChanges(1, datetime(2023, 8, 1, 7, 30, tzinfo=UTC), [], None)
TITLE = {"fr": "Énergie : agir & <b>ensemble</b>", "en": "Energy"}


def change(kind: ChangeKind, before: str = "", after: str = "") -> Change:
    return Change(kind, a_guid("AT1"), TITLE, before, after)


SECOND = ReleaseChanges(
    2,
    datetime(2023, 8, 20, tzinfo=UTC),
    [
        change(ChangeKind.ROOM, "Salle A", "Salle B"),
        change(ChangeKind.MOVED, "2023-09-18T11:15+02:00", "2023-09-18T16:00+02:00"),
    ],
    None,
)
THIRD = ReleaseChanges(3, datetime(2023, 9, 1, tzinfo=UTC), [], None)
BACK = ReleaseChanges(4, datetime(2023, 9, 2, tzinfo=UTC), [change(ChangeKind.ROOM, "Salle B", "Salle A")], 2)


def feed(*releases: ReleaseChanges, language: str = "fr", site: str = "https://example.org/2023/", **state: Any) -> Any:
    body = changes_feed(
        a_release(),
        a_public_edition(**state),
        releases,
        language=language,
        site=site,
        address=site + "changes.atom",
    )
    assert body is not None
    return etree.fromstring(body)


def text(element: Any, path: str) -> str:
    found = element.findtext(path, namespaces=ATOM)
    assert found is not None, path
    return str(found)


class Items(HTMLParser):
    """Reads the list items of an entry as a feed reader shows them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.items: list[str] = []
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag in {"li", "p"}:
            self.items.append("")

    def handle_data(self, data: str) -> None:
        self.items[-1] += data


def faults(root: Any) -> list[str]:
    """Return what RFC 4287, sections 4.1 and 4.2, objects to."""
    found: list[str] = []
    for element in (root, *root.findall("a:entry", ATOM)):
        where = etree.QName(element).localname
        once = ("id", "title", "updated")
        found += [f"{where}: one {name}" for name in once if len(element.findall(f"a:{name}", ATOM)) != 1]
        moments = [*element.findall("a:updated", ATOM), *element.findall("a:published", ATOM)]
        found += [f"{where}: {moment.text}" for moment in moments if not MOMENT.fullmatch(moment.text or "")]
        if not re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", text(element, "a:id")):
            found.append(f"{where}: id")
        alternates = [(a.get("type"), a.get("hreflang")) for a in element.findall("a:link[@rel='alternate']", ATOM)]
        if len(alternates) != len(set(alternates)):
            found.append(f"{where}: alternates of one type and language")
        content, summary = element.findall("a:content", ATOM), element.findall("a:summary", ATOM)
        if where == "entry" and (len(content) > 1 or len(summary) > 1 or not (alternates or content)):
            found.append("entry: content")
    if not root.findtext("a:author/a:name", namespaces=ATOM):
        found.append("feed: author")  # entries take it from the feed
    if len(root.findall("a:link[@rel='self']", ATOM)) != 1:
        found.append("feed: self")
    identities = [text(entry, "a:id") for entry in root.findall("a:entry", ATOM)]
    if len(set(identities)) != len(identities):
        found.append("entries: identities")
    return found


def test_the_feed_is_valid() -> None:
    root = feed(BACK, THIRD, SECOND, FIRST)
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    assert faults(root) == []
    assert text(root, "a:updated") == "2023-09-02T00:00:00Z"
    assert text(root, "a:author/a:name") == "Cités Unies France"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert [text(entry, "a:title") for entry in root.findall("a:entry", ATOM)] == [
        f"Version {number} du programme" for number in (4, 3, 2, 1)
    ]


def test_a_fault_would_be_found() -> None:
    root = feed(FIRST)
    entry = root.find("a:entry", ATOM)
    entry.remove(entry.find("a:updated", ATOM))
    assert faults(root) == ["entry: one updated"]


def test_each_release_says_what_it_changed_in_two_languages() -> None:
    def said(language: str) -> list[list[str]]:
        entries = feed(BACK, THIRD, SECOND, FIRST, language=language).findall("a:entry", ATOM)
        return [Items(text(entry, "a:content")).items for entry in entries]

    french, english = said("fr"), said("en")
    assert french[3] == ["Le programme est publié."]
    assert french[2] == [
        "«\u202fÉnergie\u202f: agir & <b>ensemble</b>\u202f» change de salle\u202f: Salle B au lieu de Salle A.",
        "«\u202fÉnergie\u202f: agir & <b>ensemble</b>\u202f» est déplacée\u202f: lundi 18\u00a0septembre, 16\u00a0h "
        "au lieu de lundi 18\u00a0septembre, 11\u00a0h\u00a015.",
    ]
    assert french[1] == [
        "Aucune séance n’a changé\u202f: des textes, des personnes ou des chiffres du site ont été complétés."
    ]
    assert french[0][0] == "Le programme est de nouveau celui de la version 2."
    assert english[3] == ["The programme is published."]
    assert english[2][0] == "“Energy” changes rooms: Salle B instead of Salle A."


def test_markup_in_a_title_stays_text() -> None:
    html = text(feed(SECOND).find("a:entry", ATOM), "a:content")
    assert Items(html).tags == {"ul", "li"}


def test_every_kind_of_change_can_be_said() -> None:
    every = [change(kind, "2023-09-18T11:15+02:00", "2023-09-18T16:00+02:00") for kind in ChangeKind]
    root = feed(replace(SECOND, changes=every))
    assert len(Items(text(root.find("a:entry", ATOM), "a:content")).items) == len(ChangeKind)


def test_identities_stay_when_the_host_or_the_texts_change() -> None:
    def identities(**more: Any) -> list[str]:
        root = feed(SECOND, FIRST, **more)
        return [text(root, "a:id"), *(text(entry, "a:id") for entry in root.findall("a:entry", ATOM))]

    assert identities() == identities(site="https://autre.example.org/2023/")
    assert not set(identities()) & set(identities(language="en"))


def test_a_cancelled_edition_is_an_entry_with_its_reason() -> None:
    at = datetime(2023, 9, 18, 11, tzinfo=UTC)
    root = feed(FIRST, status=EditionStatus.CANCELLED, cancelled_at=at, status_reason={"fr": "Le lieu est fermé."})
    entry = root.find("a:entry", ATOM)
    assert text(root, "a:updated") == text(entry, "a:updated") == "2023-09-18T11:00:00Z"
    assert text(entry, "a:title") == "Cette édition a été annulée."
    assert "Le lieu est fermé." in text(entry, "a:content")
    assert faults(root) == []


def test_before_the_first_release_there_is_no_feed() -> None:
    site = "https://example.org/2023/"
    assert changes_feed(a_release(), a_public_edition(), [], language="fr", site=site, address=site) is None


@pytest.mark.parametrize("wild", ["a\x00b\x0bc", "]]>", "&lt;", "مرحبا"])
def test_wild_titles_leave_the_feed_readable(wild: str) -> None:
    after = a_release()
    sessions = [replace(after.sessions[0], title={"fr": wild}), *after.sessions[1:]]
    found = difference(after, replace(after, sessions=sessions))
    assert found
    assert faults(feed(replace(SECOND, changes=found))) == []
