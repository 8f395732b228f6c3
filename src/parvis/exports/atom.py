"""What changed in the programme, release by release: an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID, uuid5
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from django.utils.html import escape
from django.utils.translation import gettext, override

from parvis.domain.editions import EditionStatus
from parvis.domain.programme.differences import sentence_of
from parvis.domain.programme.public_editions import PublicEdition
from parvis.domain.programme.release import ReleaseContent, in_language
from parvis.domain.typography import typeset
from parvis.exports.programme_words import ProgrammeWords
from parvis.exports.xml_text import add, document
from parvis.queries.release_changes import ReleaseChanges

NAMESPACE = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 50
ElementTree.register_namespace("", NAMESPACE)


def changes_feed(
    content: ReleaseContent,
    edition: PublicEdition,
    releases: Iterable[ReleaseChanges],
    *,
    language: str,
    site: str,
    address: str,
) -> bytes | None:
    """Return the feed of an edition: an entry per release, the newest first, and one when it is cancelled.

    Identities come from the edition's GUID, the release's number and the language, so that they outlast a change of
    host. None before the first release: a feed has to say when it was last updated. `address` is the feed's own.
    """
    with override(language):
        words = ProgrammeWords(content, language=language, site=site)
        writer = _Writer(words, UUID(content.edition.guid) if content.edition.guid else UUID(int=0))
        entries = [writer.release(release) for release in releases]
        if not entries:
            return None
        if edition.status is EditionStatus.CANCELLED and edition.cancelled_at is not None:
            entries.append(writer.cancelled(edition, edition.cancelled_at))
        entries.sort(key=lambda entry: entry[0], reverse=True)
        feed = writer.feed(address, entries[0][0])
        feed.extend(element for _updated, element in entries)
        return document(feed)


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def _date(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class _Writer:
    """Writes entries in the words of one language."""

    def __init__(self, words: ProgrammeWords, edition: UUID) -> None:
        self._words = words
        self._edition = edition

    def _identity(self, name: str) -> str:
        return uuid5(self._edition, f"{name}:{self._words.language}").urn

    def feed(self, address: str, updated: datetime) -> Element:
        words = self._words
        feed = Element(_name("feed"), {"xml:lang": words.language})
        add(feed, _name("id"), self._identity("changes"))
        title = gettext("Changes to the programme: %(edition)s") % {"edition": words.edition}
        add(feed, _name("title"), typeset(title, words.language))
        add(feed, _name("updated"), _date(updated))
        author = add(feed, _name("author"))
        federation = words.content.federation
        add(author, _name("name"), in_language(federation.name, words.language) or words.edition)
        if federation.website:
            add(author, _name("uri"), federation.website)
        add(feed, _name("link"), rel="self", type="application/atom+xml", href=address)
        add(feed, _name("link"), rel="alternate", type="text/html", hreflang=words.language, href=self._page)
        add(feed, _name("generator"), "Parvis")
        return feed

    @property
    def _page(self) -> str:
        return f"{self._words.site}programme/"

    def release(self, release: ReleaseChanges) -> tuple[datetime, Element]:
        language = self._words.language
        if release.returns_to:
            lead = gettext("The programme is again that of release %(number)s.") % {"number": release.returns_to}
        elif release.number == 1:
            lead = gettext("The programme is published.")
        elif not release.changes:
            lead = gettext("No session changed: texts, people or figures of the site were completed.")
        else:
            lead = ""
        sentences = [typeset(sentence_of(change, language, translate=gettext), language) for change in release.changes]
        title = gettext("Release %(number)s of the programme") % {"number": release.number}
        return self._entry(f"release:{release.number}", title, typeset(lead, language), sentences, release.published_at)

    def cancelled(self, edition: PublicEdition, at: datetime) -> tuple[datetime, Element]:
        language = self._words.language
        reason = typeset(in_language(edition.status_reason, language), language)
        return self._entry("cancelled", gettext("This edition was cancelled."), reason, [], at)

    def _entry(
        self, name: str, title: str, lead: str, sentences: list[str], updated: datetime
    ) -> tuple[datetime, Element]:
        entry = Element(_name("entry"))
        add(entry, _name("id"), self._identity(name))
        add(entry, _name("title"), title)
        add(entry, _name("updated"), _date(updated))
        add(entry, _name("published"), _date(updated))
        add(entry, _name("link"), rel="alternate", type="text/html", hreflang=self._words.language, href=self._page)
        html = f"<p>{escape(lead)}</p>" if lead else ""
        if sentences:
            html += "<ul>" + "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences) + "</ul>"
        if html:
            add(entry, _name("content"), html, type="html")
        else:
            add(entry, _name("summary"), title)
        return updated, entry
