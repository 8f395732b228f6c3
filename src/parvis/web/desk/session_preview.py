"""What the public will read of a session, in each language of the site, before it is published."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import override

from parvis.domain.programme.release import ReleaseContent
from parvis.web.public.presentation import Programme, SessionView


@dataclass(frozen=True, slots=True)
class Preview:
    """A session's page in one language; `missing` where its text stands in another."""

    language: str
    name: str
    session: SessionView
    missing: bool


def previews_of(content: ReleaseContent) -> list[Preview]:
    """Return the only session of `content` as its page reads in every language of the interface."""
    found = []
    for code, name in settings.LANGUAGES:
        with override(code):
            view = Programme(content, code).sessions[0]
        lacks = bool(view.title.language != code or (view.abstract and view.abstract.language != code))
        found.append(Preview(code, str(name), view, lacks))
    return found
