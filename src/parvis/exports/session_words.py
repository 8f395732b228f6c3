"""What is said of a session in words: its kind, its languages, who it is for, how one takes part."""

from __future__ import annotations

from django.utils.translation import gettext

from parvis.domain.languages import language_names
from parvis.domain.programme.release import SessionContent, in_language
from parvis.domain.programme.sessions import SESSION_FORMAT_NAMES, SESSION_MODE_NAMES, SessionFormat, SessionMode
from parvis.domain.typography import listed


def kind_said(session: SessionContent, language: str) -> str:
    """Return the kind of a session, and its themes: Atelier · Climat. The active language must be `language`."""
    kind = gettext(SESSION_FORMAT_NAMES[SessionFormat(session.format)])
    return " · ".join([kind, *(in_language(theme.name, language) for theme in session.themes)])


def languages_said(session: SessionContent, language: str) -> str:
    """Return which languages are spoken and interpreted into, as a sentence's part; empty where none is known."""
    spoken = listed(language_names(session.spoken, language), language)
    into = listed(language_names(session.interpreted, language), language)
    if spoken and into:
        return gettext("In %(spoken)s, interpreted into %(into)s") % {"spoken": spoken, "into": into}
    return gettext("In %(spoken)s") % {"spoken": spoken} if spoken else ""


def mode_said(session: SessionContent) -> str:
    """Return how one takes part, where it is not simply on site."""
    mode = SessionMode(session.mode)
    return "" if mode is SessionMode.ON_SITE else gettext(SESSION_MODE_NAMES[mode])
