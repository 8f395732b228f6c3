"""The programme for other software: calendars, schedules, tables, the feed of changes, and the page that lists them.

All come from the release, vary by nothing but their address, and are kept in memory like the pages.
"""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from parvis.domain.programme.public_editions import BEFORE_ANY_RELEASE
from parvis.domain.programme.release import SessionContent, in_language
from parvis.domain.text import fold
from parvis.exports import atom, calendars, programme_tables, schedule_xml, schedules
from parvis.exports.programme_words import ProgrammeWords
from parvis.queries.release_changes import list_release_changes
from parvis.web.kept_pages import shared_page
from parvis.web.public.editions import Site, frame, site_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def edition_address(slug: str) -> str:
    """Return the whole address of an edition's pages in the active language, ending in a slash."""
    return settings.PARVIS_SITE_URL.rstrip("/") + reverse("public:edition", args=[slug])


def _whole(request: HttpRequest) -> str:
    return settings.PARVIS_SITE_URL.rstrip("/") + request.path


def _file(body: bytes | None, content_type: str, name: str, *, download: bool = False) -> HttpResponse:
    """Answer with a file that programs on any site may read; nothing to give is a page that is not there."""
    if body is None:
        raise Http404
    response = HttpResponse(body, content_type=content_type)
    response.headers["Content-Disposition"] = f'{"attachment" if download else "inline"}; filename="{name}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _calendar(
    request: HttpRequest, site: Site, name: str, part: tuple[str, list[SessionContent]] | None
) -> HttpResponse:
    if part is None:
        raise Http404
    title, sessions = part
    body = calendars.programme_calendar(
        site.content,
        language=site.language,
        site=edition_address(site.edition.slug),
        written_at=site.edition.said_at,
        release=site.edition.release_number or 0,
        sessions=sessions,
        name=title,
        source=_whole(request),
        called_off=site.called_off,
    )
    return _file(body, "text/calendar; charset=utf-8", f"{site.edition.slug}-{name}.ics", download=True)


@shared_page
def programme_calendar(request: HttpRequest, edition: str) -> HttpResponse:
    """Give the whole programme as a calendar; it can be subscribed to before there is one."""
    site = site_of(edition)
    return _calendar(request, site, "programme", ("", site.content.sessions))


@shared_page
def theme_calendar(request: HttpRequest, edition: str, theme: str) -> HttpResponse:
    """Give the sessions of a theme as a calendar."""
    site = site_of(edition)
    return _calendar(request, site, theme, calendars.of_theme(site.content, theme, site.language))


@shared_page
def group_calendar(request: HttpRequest, edition: str, group: str) -> HttpResponse:
    """Give the meetings of a group as a calendar."""
    site = site_of(edition)
    return _calendar(request, site, group, calendars.of_group(site.content, group, site.language))


@shared_page
def room_calendar(request: HttpRequest, edition: str, room: str) -> HttpResponse:
    """Give what takes place in a room as a calendar."""
    site = site_of(edition)
    return _calendar(request, site, room, calendars.of_room(site.content, room))


@shared_page
def speaker_calendar(request: HttpRequest, edition: str, speaker: str) -> HttpResponse:
    """Give the sessions in which somebody takes the floor as a calendar."""
    site = site_of(edition)
    return _calendar(request, site, speaker, calendars.of_person(site.content, speaker))


@shared_page
def session_calendar(request: HttpRequest, edition: str, session: str) -> HttpResponse:
    """Give one session as a calendar."""
    site = site_of(edition)
    return _calendar(request, site, session, calendars.of_session(site.content, session, site.language))


@shared_page
def schedule_in_json(request: HttpRequest, edition: str) -> HttpResponse:
    """Give the programme as schedule.json (frab/voc)."""
    site = site_of(edition)
    body = schedules.schedule_json(
        site.content,
        language=site.language,
        site=edition_address(edition),
        number=site.edition.release_number or 0,
    )
    return _file(body, "application/json", "schedule.json")


@shared_page
def schedule_in_xml(request: HttpRequest, edition: str) -> HttpResponse:
    """Give the programme as schedule.xml (frab/voc)."""
    site = site_of(edition)
    body = schedule_xml.schedule_xml(
        site.content,
        language=site.language,
        site=edition_address(edition),
        number=site.edition.release_number or 0,
        address=_whole(request),
    )
    return _file(body, "application/xml; charset=utf-8", "schedule.xml")


@shared_page
def changes_feed(request: HttpRequest, edition: str) -> HttpResponse:
    """Give what each release changed as an Atom feed. One query more than a page."""
    site = site_of(edition)
    body = atom.changes_feed(
        site.content,
        site.edition,
        list_release_changes(site.edition, most=atom.MOST_ENTRIES),
        language=site.language,
        site=edition_address(edition),
        address=_whole(request),
    )
    return _file(body, "application/atom+xml; charset=utf-8", "changes.atom")


@shared_page
def programme_workbook(request: HttpRequest, edition: str) -> HttpResponse:
    """Give sessions and speakers as a workbook."""
    site = site_of(edition)
    body = programme_tables.programme_workbook(
        site.content,
        language=site.language,
        site=edition_address(edition),
        written_at=site.edition.released_at or BEFORE_ANY_RELEASE,
    )
    return _file(body, XLSX, f"{edition}-programme.xlsx", download=True)


@shared_page
def sessions_table(request: HttpRequest, edition: str) -> HttpResponse:
    """Give the sessions as CSV."""
    site = site_of(edition)
    body = programme_tables.sessions_csv(site.content, language=site.language, site=edition_address(edition))
    return _file(body, "text/csv; charset=utf-8; header=present", f"{edition}-sessions.csv", download=True)


@shared_page
def speakers_table(request: HttpRequest, edition: str) -> HttpResponse:
    """Give the speakers as CSV."""
    site = site_of(edition)
    body = programme_tables.speakers_csv(site.content, language=site.language, site=edition_address(edition))
    return _file(body, "text/csv; charset=utf-8; header=present", f"{edition}-speakers.csv", download=True)


@shared_page
def formats(request: HttpRequest, edition: str) -> HttpResponse:
    """Show every format with what it is for, and where it stands."""
    site = site_of(edition)
    words = ProgrammeWords(site.content, language=site.language, site=edition_address(edition))
    address = edition_address(edition)
    context = frame(
        site,
        site_address=address,
        calendar_address=f"{address}programme.ics",
        subscribe_address="webcal://" + address.partition("://")[2] + "programme.ics",
        themes=sorted(((in_language(t.name, site.language), t.slug) for t in words.themes), key=_by_name),
        groups=sorted(((name, code) for code, name in words.groups.items()), key=_by_name),
        rooms=[(words.rooms[room.slug], room.slug) for room in site.content.rooms],
        has_days=bool(site.content.edition.starts_on) or any(s.starts_at for s in site.content.sessions),
    )
    return render(request, "public/formats.html", context)


def _by_name(item: tuple[str, str]) -> str:
    return fold(item[0])
