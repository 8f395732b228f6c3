"""The programme as `schedule.xml` (frab/voc), from the same layout as `schedule.json`."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from django.utils.translation import override

from parvis.domain.programme.release import ReleaseContent, SessionContent
from parvis.exports.schedules import GENERATOR, SLOT, Schedule, ScheduledDay, is_slug, number_of
from parvis.exports.xml_text import add, document

_CODE = re.compile(r"[0-9A-Z]{6}")


def schedule_xml(content: ReleaseContent, *, language: str, site: str, number: int, address: str) -> bytes | None:
    """Return `schedule.xml`; None while no day of the edition is known. `address` is where the file stands."""
    with override(language):
        schedule = Schedule(content, language=language, site=site, number=number)
        days = schedule.days
        if not days:
            return None
        root = Element("schedule")
        add(root, "generator", name=GENERATOR, system=schedule.words.host)
        add(root, "url", address)
        add(root, "version", schedule.version)
        _conference(root, schedule, days)
        guids = {room.name: room.guid for room in schedule.rooms}
        for day in days:
            element = add(
                root,
                "day",
                index=str(day.index),
                date=day.date.isoformat(),
                start=day.begins.isoformat(),
                end=day.ends.isoformat(),
            )
            for name, sessions in day.rooms.items():
                room = add(element, "room", name=name, guid=guids[name])
                for session in sessions:
                    _event(room, schedule, session)
        return document(root)


def _conference(root: Element, schedule: Schedule, days: list[ScheduledDay]) -> None:
    conference = add(root, "conference")
    add(conference, "acronym", schedule.acronym)
    add(conference, "title", schedule.words.edition)
    add(conference, "start", days[0].date.isoformat())
    add(conference, "end", days[-1].date.isoformat())
    add(conference, "days", str(len(days)))
    add(conference, "timeslot_duration", SLOT)
    add(conference, "base_url", schedule.words.site)
    add(conference, "url", f"{schedule.words.site}programme/")
    add(conference, "time_zone_name", schedule.zone_name)
    for track in schedule.tracks:
        slug = track.slug if is_slug(track.slug) else ""
        add(conference, "track", track.name, name=track.name, color=track.colour, slug=slug)


def _event(room: Element, schedule: Schedule, session: SessionContent) -> None:
    words = schedule.words
    begins = schedule.starts(session)
    code = session.code if _CODE.fullmatch(session.code) else ""
    event = add(room, "event", guid=session.guid, id=str(schedule.numbers[session.guid]), code=code)
    add(event, "date", begins.isoformat())
    add(event, "start", begins.strftime("%H:%M"))
    add(event, "duration", schedule.duration(session))
    add(event, "room", words.room(session))
    add(event, "slug", schedule.slug(session))
    add(event, "url", words.address(session))
    add(event, "title", words.title(session))
    add(event, "subtitle", words.group(session))
    add(event, "track", schedule.track(session).name)
    add(event, "type", words.format_name(session))
    add(event, "language", session.spoken[0] if session.spoken else "")
    add(event, "abstract", words.abstract(session))
    add(event, "description", schedule.description(session))
    persons = add(event, "persons")
    for speaker in words.speakers(session):
        add(persons, "person", words.speaker_name(speaker), id=str(number_of(speaker.guid)), guid=speaker.guid)
    links = add(event, "links")
    for kind, address, title in schedule.references(session, proceedings=True):
        add(links, "link", title, href=address, type=kind)
    attachments = add(event, "attachments")
    for kind, address, title in schedule.references(session, proceedings=False):
        add(attachments, "attachment", title, href=address, type=kind)
