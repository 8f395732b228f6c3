"""Finds the edition and the release that a page is about, and what its frame shows."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language

from parvis.domain.editions import EditionStatus
from parvis.domain.programme.public_editions import PublicEdition, bare_content, current_edition, next_edition
from parvis.domain.programme.release import ReleaseContent
from parvis.exports.edition_words import called_off_said
from parvis.queries.communiques import list_published
from parvis.queries.releases import get_release_content, list_public_editions
from parvis.web.public.presentation import Programme, Text, text_of


def page_language() -> str:
    """Return the language of the page: fr, en, es or ar."""
    return (get_language() or "fr").split("-")[0]


MOST_PROGRAMMES = 16  # editions × languages
_programmes: dict[tuple[str, str], Programme] = {}
_joining = threading.Lock()


def _programme_of(content: ReleaseContent, language: str) -> Programme:
    """Return a release's sessions and people joined in a language: once for each release, not for each page."""
    key = (content.edition.slug, language)
    known = _programmes.get(key)
    if known is None or known.content is not content:
        known = Programme(content, language)
        with _joining:
            while len(_programmes) >= MOST_PROGRAMMES:
                _programmes.pop(next(iter(_programmes)))
            _programmes[key] = known
    return known


@dataclass
class Site:
    """One edition as its pages need it. Two queries, and a third when a release is read for the first time."""

    edition: PublicEdition
    editions: list[PublicEdition]
    content: ReleaseContent
    language: str

    @cached_property
    def programme(self) -> Programme:
        """The sessions and speakers in the page's language."""
        return _programme_of(self.content, self.language)

    @cached_property
    def has_communiques(self) -> bool:
        """Whether a press release of this edition is published."""
        return list_published(self.edition.slug).exists()

    @cached_property
    def register_address(self) -> str:
        """The form's address while registration is open, else nothing."""
        if not self.edition.registration_is_open(timezone.now()):
            return ""
        return _address("space:register", self.edition.slug)

    @cached_property
    def communiques_address(self) -> str:
        """The address of the press releases, where there are any."""
        return _address("public:communiques", self.edition.slug) if self.has_communiques else ""

    @property
    def calls_address(self) -> str:
        """The address of the calls for proposals while one is open, else nothing."""
        return _address("public:calls", self.edition.slug) if self.edition.takes_proposals else ""

    @cached_property
    def following(self) -> PublicEdition | None:
        """The next edition, when one was announced."""
        return next_edition(self.editions, self.edition)

    @property
    def title(self) -> Text:
        """The theme, or the edition's name where it has none."""
        return text_of(self.content.edition.theme or self.content.edition.name, self.language)

    @property
    def name(self) -> Text:
        """The edition's name."""
        return text_of(self.content.edition.name, self.language)

    @property
    def short_name(self) -> Text:
        """The series' short name: the site's."""
        return text_of(self.content.edition.short_name or self.content.edition.name, self.language)

    @property
    def venue(self) -> Text:
        """The venue's name."""
        venue = self.content.edition.venue
        return text_of(venue.name if venue else self.edition.venue_name, self.language)

    @property
    def about(self) -> Text:
        """What the federation says of itself."""
        return text_of(self.content.federation.about, self.language)

    @property
    def federation(self) -> Text:
        """The federation's name."""
        return text_of(self.content.federation.name, self.language)

    @property
    def reason(self) -> Text:
        """Why it is cancelled or postponed, in public words."""
        return text_of(self.edition.status_reason, self.language)

    @property
    def is_called_off(self) -> bool:
        """Whether it is cancelled or postponed: every page says so."""
        return self.edition.status in {EditionStatus.CANCELLED, EditionStatus.POSTPONED}

    @property
    def called_off(self) -> str:
        """The sentence that strikes out every session of a calendar; nothing while the edition takes place."""
        return called_off_said(self.edition, self.language)


def _address(name: str, slug: str) -> str:
    try:
        return reverse(name, args=[slug])
    except NoReverseMatch:
        return ""


def site_of(slug: str | None) -> Site:
    """Return the site of an edition, or of the one that the front page shows. Raises `Http404` for a draft too."""
    editions = list_public_editions()
    edition = current_edition(editions) if slug is None else next((e for e in editions if e.slug == slug), None)
    if edition is None:
        raise Http404
    content = get_release_content(edition) or bare_content(edition)
    return Site(edition=edition, editions=editions, content=content, language=page_language())


def frame(site: Site, **more: Any) -> dict[str, Any]:
    """Return the context of a page of the site."""
    return {"site": site, "edition": site.content.edition, "state": site.edition, **more}
