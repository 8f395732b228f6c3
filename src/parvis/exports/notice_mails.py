"""The mail that tells one person what a release changed for them, with the calendar file of just those sessions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext, override

from parvis.domain import typography
from parvis.domain.programme.differences import said_moment
from parvis.domain.programme.notices import Notice, NoticeKind, notice_sentence
from parvis.domain.programme.release import ReleaseContent, SessionContent, in_language
from parvis.exports.calendars import programme_calendar

# Stands in the rendered page where the greeting of one person goes; no text can hold it by chance.
_GREETING = "\x02greeting\x03"


@dataclass(frozen=True, slots=True)
class NoticeMail:
    """A mail ready to be queued; `calendar` is empty where no session has a time."""

    subject: str
    text: str
    html: str
    calendar: bytes


@dataclass(frozen=True, slots=True)
class NoticeBlock:
    """What changed in one session, in words, and when and where it stands now (empty when it does not)."""

    title: str
    address: str
    sentences: list[str]
    when: str
    where: str


class NoticeWriter:
    """Writes the mails about one release; what many people read alike is rendered once."""

    def __init__(self, before: ReleaseContent, after: ReleaseContent, *, number: int, at: datetime) -> None:
        self._before = {session.guid: session for session in before.sessions}
        self._after = {session.guid: session for session in after.sessions}
        self._content = after
        self._rooms = {room.slug: room.name for room in after.rooms}
        self._number = number
        self._at = at
        self._calendars: dict[tuple[object, ...], bytes] = {}
        self._bodies: dict[tuple[object, ...], tuple[str, str]] = {}
        self._text = get_template("mails/release_notice.txt")
        self._html = get_template("mails/release_notice.html")

    def mail_for(self, notice: Notice) -> NoticeMail:
        """Return the mail of one notice, in its recipient's language."""
        language = notice.recipient.language
        key = (language, notice.key)
        with override(language):
            edition = in_language(self._content.edition.name, language)
            subject = typography.typeset(
                gettext("The programme has changed: %(edition)s") % {"edition": edition}, language
            )
            greeting = gettext("Dear %(name)s,") % {"name": notice.recipient.name}
            if key not in self._bodies:
                self._bodies[key] = self._render(notice, language, edition)
        text, html = self._bodies[key]
        return NoticeMail(
            subject=typography.typeset(subject, language),
            text=f"{greeting}\n\n{text}",
            html=html.replace(_GREETING, escape(greeting), 1),
            calendar=self._calendar(notice, language),
        )

    def _render(self, notice: Notice, language: str, edition: str) -> tuple[str, str]:
        context = {
            "edition": edition,
            "blocks": [self._block(guid, notice, language) for guid in notice.sessions],
            "programme": _site("public:programme", self._content.edition.slug),
            "federation": in_language(self._content.federation.name, language),
            "language": language,
            "greeting": _GREETING,
            "has_calendar": bool(self._calendar(notice, language)),
        }
        text = typography.typeset(self._text.render(context), language)
        return text.strip() + "\n", self._html.render(context)

    def _block(self, guid: str, notice: Notice, language: str) -> NoticeBlock:
        session = self._after.get(guid)
        known = session or self._before[guid]
        lines = [line for line in notice.lines if line.session == guid]
        left = any(line.kind is NoticeKind.LEFT for line in lines)
        stands = session is not None and session.status != "cancelled" and not left
        return NoticeBlock(
            title=in_language(known.title, language),
            address=_site("public:session", self._content.edition.slug, known.slug) if session is not None else "",
            sentences=[notice_sentence(line, language, translate=gettext) for line in lines],
            when=said_moment(session.starts_at, language) if stands and session and session.starts_at else "",
            where=self._rooms.get(session.room, "") if stands and session else "",
        )

    def _calendar(self, notice: Notice, language: str) -> bytes:
        """Return the events that changed; those that one leaves, or that are gone, are struck out."""
        left = frozenset(line.session for line in notice.lines if line.kind is NoticeKind.LEFT)
        key = (language, notice.sessions, left)
        if key not in self._calendars:
            events = [event for guid in notice.sessions if (event := self._event(guid, struck=guid in left))]
            self._calendars[key] = (
                programme_calendar(
                    replace(self._content, sessions=events),
                    language=language,
                    site=_site("public:edition", self._content.edition.slug),
                    written_at=self._at,
                    release=self._number,
                )
                if events
                else b""
            )
        return self._calendars[key]

    def _event(self, guid: str, *, struck: bool) -> SessionContent | None:
        session, old = self._after.get(guid), self._before.get(guid)
        if session is not None and session.starts_at and not struck:
            return session
        gone = old if old is not None and old.starts_at else session
        return replace(gone, status="cancelled") if gone is not None and gone.starts_at else None


def _site(name: str, *args: str) -> str:
    return settings.PARVIS_SITE_URL.rstrip("/") + reverse(name, args=args)
