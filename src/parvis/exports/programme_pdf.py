"""The printed programme: A4 and pocket A5, tagged (PDF/UA-1), from one release and nothing else."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any

import segno
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy, ngettext

from parvis.domain.partners import PartnerKind
from parvis.domain.programme.release import PartnerContent, ReleaseContent, SessionContent, in_language
from parvis.domain.programme.sessions import SESSION_FORMAT_NAMES, SessionFormat, SessionStatus
from parvis.domain.typography import clock, date_range, day_long, month_year, ordinal, typeset
from parvis.exports.paving import paving_svg, stones_of
from parvis.exports.printed_honours import printed_honours
from parvis.exports.printed_sessions import REGIONS, SessionPrinter, broken, paragraphs, printed_text
from parvis.gateways.typst_compiler import compile_apart

TEMPLATE = Path(__file__).parent / "templates" / "programme.typ"
FEW = 3  # so many sessions of one kind are named one by one in the contents; more are counted


class Paper(StrEnum):
    """What it is printed on: a sheet to pin up, or a booklet for the pocket."""

    A4 = "a4"
    A5 = "a5"


PARTNER_HEADINGS = {
    PartnerKind.FUNDER: gettext_lazy("Funders"),
    PartnerKind.PROJECT: gettext_lazy("Co-funded projects"),
    PartnerKind.SUPPORTER: gettext_lazy("Supporters"),
    PartnerKind.EXHIBITOR: gettext_lazy("Exhibitors"),
}
# The paving on the cover: drawn in these proportions, stones of the same size on either paper.
COVERS = {Paper.A4: (840, 620, 38.0), Paper.A5: (592, 430, 36.0)}


@dataclass(frozen=True)
class Printing:
    """Which release is printed, and where its living version stands."""

    number: int
    released_at: datetime
    address: str
    called_off: str = ""  # a sentence, where the edition is cancelled or postponed


def _sheet(content: ReleaseContent, language: str) -> dict[str, Any]:
    edition = content.edition
    name = typeset(in_language(edition.name, language), language)
    title = printed_text(edition.theme or edition.name, language)
    when = ""
    if edition.starts_on:
        first, last = date.fromisoformat(edition.starts_on), date.fromisoformat(edition.ends_on or edition.starts_on)
        when = date_range(first, last, language)
    elif edition.announced_month:
        when = month_year(date.fromisoformat(edition.announced_month), language)
    venue = edition.venue
    place = ", ".join(part for part in (in_language(venue.name, language), venue.city) if part) if venue else ""
    return {
        "language": language,
        "region": REGIONS.get(language, ""),
        "author": in_language(content.federation.name, language) or name,
        "kicker": gettext("%(number)s edition") % {"number": ordinal(edition.number, language)},
        "name": name,
        "short_name": typeset(in_language(edition.short_name, language) or name, language),
        "title": title,
        "when": when,
        "place": typeset(place, language),
    }


def _contents(sessions: list[SessionContent], language: str) -> list[dict[str, Any]]:
    """Return a slot in the contents: each kind's titles, or how many there are."""
    order = list(SessionFormat)
    ordered = sorted(sessions, key=lambda s: order.index(SessionFormat(s.format)))
    lines: list[dict[str, Any]] = []
    for format_, found in groupby(ordered, key=lambda s: s.format):
        together = list(found)
        if len(together) <= FEW:
            lines += [
                {"text": printed_text(s.title, language), "cancelled": s.status == SessionStatus.CANCELLED}
                for s in together
            ]
            continue
        kind = gettext(SESSION_FORMAT_NAMES[SessionFormat(format_)])
        count = ngettext("%(number)s session", "%(number)s sessions", len(together)) % {"number": len(together)}
        lines.append({"text": printed_text({language: f"{kind} · {count}"}, language), "cancelled": False})
    return lines


def _slots(placed: list[SessionContent], printer: SessionPrinter) -> Iterator[dict[str, Any]]:
    language = printer.language
    for starts, found in groupby(placed, key=lambda s: s.starts_at):
        together = list(found)
        ends = max(session.ends_at for session in together)
        yield {
            "time": clock(datetime.fromisoformat(starts), language),
            "until": gettext("until %(end)s") % {"end": clock(datetime.fromisoformat(ends), language)},
            "alike": len({session.ends_at for session in together}) == 1,
            "lines": _contents(together, language),
            "sessions": [printer.session(session) for session in together],
        }


def _days(content: ReleaseContent, printer: SessionPrinter) -> list[dict[str, Any]]:
    placed = sorted((s for s in content.sessions if s.starts_at), key=lambda s: s.starts_at)
    return [
        {
            "name": _first_capital(day_long(date.fromisoformat(day), printer.language)),
            "short": _first_capital(day_long(date.fromisoformat(day), printer.language, year=False)),
            "slots": list(_slots(list(found), printer)),
        }
        for day, found in groupby(placed, key=lambda s: s.day)
    ]


def _first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _speakers(content: ReleaseContent, language: str) -> list[dict[str, Any]]:
    appearances: dict[str, list[str]] = {}
    for session in sorted(content.sessions, key=lambda s: s.starts_at or "~"):
        for item in session.interventions:
            found = appearances.setdefault(item.person, [])
            if session.slug not in found:
                found.append(session.slug)
    return [
        {
            "first": broken(person.first_name),
            "last": broken(person.last_name),
            "fictional": person.fictional,
            "mandates": [printed_text(mandate, language) for mandate in person.mandates if any(mandate.values())],
            "sessions": appearances[person.slug],
        }
        for person in content.speakers
        if person.slug in appearances
    ]


def _partner(partner: PartnerContent, language: str) -> dict[str, Any]:
    name = printed_text(partner.name, language)
    mention = printed_text(partner.mention, language)
    if not mention["text"] and any(partner.co_funder.values()):
        said = gettext("Co-funded by: %(name)s") % {"name": in_language(partner.co_funder, language)}
        mention = printed_text({language: said}, language)
    short = partner.short_name if partner.short_name != in_language(partner.name, language) else ""
    return {"name": name, "short": short, "mention": mention}


def _partners(content: ReleaseContent, language: str) -> list[dict[str, Any]]:
    return [
        {"heading": str(PARTNER_HEADINGS[kind]), "items": [_partner(p, language) for p in found]}
        for kind in PartnerKind
        if (found := [partner for partner in content.partners if partner.kind == kind])
    ]


def _practical(content: ReleaseContent, sheet: dict[str, Any]) -> dict[str, Any]:
    language: str = sheet["language"]
    edition, federation = content.edition, content.federation
    venue = edition.venue
    where = "\n".join(part for part in (sheet["place"], venue.address if venue else "") if part)
    facts = [
        {"label": label, "value": value}
        for label, value in (
            (gettext("When"), sheet["when"]),
            (gettext("Where"), where),
            (gettext("Hashtag"), edition.hashtag),
            (gettext("Site"), federation.meetings_website or federation.website),
        )
        if value
    ]
    return {
        "facts": facts,
        "information": paragraphs(edition.practical_info, language),
        "access": paragraphs(venue.access if venue else {}, language),
        "rooms": [
            {
                "name": typeset(room.name, language),
                "building": room.building,
                "seats": "" if room.capacity is None else str(room.capacity),
            }
            for room in content.rooms
        ],
        "buildings": any(room.building for room in content.rooms),
    }


def as_of(printing: Printing, language: str) -> str:
    """Return which release this is, in a sentence. The active language must be `language`."""
    return gettext("Programme as of release %(number)s, %(day)s at %(time)s.") % {
        "number": printing.number,
        "day": day_long(printing.released_at.date(), language, weekday=False),
        "time": clock(printing.released_at, language),
    }


def _words() -> dict[str, str]:
    return {
        "programme": gettext("Programme"),
        "contents": gettext("Contents"),
        "waiting": gettext("Time to be announced"),
        "speakers": gettext("Speakers"),
        "honours": gettext("Label, prizes and honours"),
        "honoured": gettext("Honoured at the ceremony"),
        "laureates_later": gettext("The laureates are named at the ceremony."),
        "partners": gettext("Partners"),
        "practical": gettext("Practical information"),
        "access": gettext("Getting there"),
        "rooms": gettext("Rooms"),
        "room": gettext("Room"),
        "building": gettext("Building"),
        "seats": gettext("Seats"),
        "cancelled": gettext("Cancelled"),
        "members": gettext("Members only"),
        "fictional": gettext("fictional"),
        "page": gettext("page"),
        "pages": gettext("pages"),
        "living": gettext("A programme lives until its last hour. The current one:"),
        "code": gettext("Code to scan: leads to the current programme on the site."),
    }


def programme_document(content: ReleaseContent, language: str, paper: Paper, printing: Printing) -> dict[str, Any]:
    """Return everything that the template needs to print a release in `language` on `paper`."""
    with translation.override(language):
        return _document(content, language, paper, printing)


def _document(content: ReleaseContent, language: str, paper: Paper, printing: Printing) -> dict[str, Any]:
    sheet = _sheet(content, language)
    printer = SessionPrinter(content, language)
    width, height, row = COVERS[paper]
    stones = stones_of(content, language)
    paving = paving_svg(stones, width=width, height=height, row_height=row, joint=2.2, standalone=True)
    alt = ngettext(
        "A paved square: each stone is one of the organisations that take part, %(number)s of them.",
        "A paved square: each stone is one of the organisations that take part, %(number)s of them.",
        len(stones),
    ) % {"number": len(stones)}
    waiting = [s for s in content.sessions if not s.starts_at and s.format != SessionFormat.BREAK]
    return {
        **sheet,
        "paper": paper.value,
        "heading": f"{gettext('Programme')} · {sheet['kicker']} · {sheet['short_name']}",
        "called_off": printing.called_off,
        "paving": paving,
        "paving_alt": alt,
        "words": _words(),
        "days": _days(content, printer),
        "waiting": [printer.session(session) for session in waiting],
        "speakers": _speakers(content, language),
        "honours": printed_honours(content, language),
        "partners": _partners(content, language),
        "thanks": paragraphs(content.edition.thanks, language),
        "practical": _practical(content, sheet),
        "federation": typeset(in_language(content.federation.name, language), language),
        "about": paragraphs(content.federation.about, language),
        "colophon": as_of(printing, language),
        "address": printing.address,
        "qr": qr_svg(printing.address),
    }


def qr_svg(address: str) -> str:
    """Return the code to scan for an address, as a drawing of its own."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", border=0, dark="#17233b", light=None, xmldecl=False)
    return drawn.getvalue().decode()


def render_programme(document: dict[str, Any], *, made_at: datetime) -> bytes:
    """Return the programme that `programme_document` described as PDF."""
    return compile_apart(TEMPLATE, document, made_at=made_at)
