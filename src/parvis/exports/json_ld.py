"""What search engines read of an edition and of a session: schema.org's Event as JSON-LD.

Only what the release knows is said: admission is never called free or paid, because no fee stands in it.
"""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext, override

from parvis.domain.editions import EditionStatus
from parvis.domain.partners import PartnerKind
from parvis.domain.programme.release import PartnerContent, ReleaseContent, SessionContent, in_language
from parvis.domain.programme.sessions import DocumentKind, SessionFormat, SessionMode
from parvis.exports.programme_words import ProgrammeWords

Node = dict[str, Any]

CONTEXT = "https://schema.org"
_SCHEMA = "https://schema.org/"
SDGS = "http://metadata.un.org/sdg"
_MODES: dict[str, str] = {
    SessionMode.ON_SITE: "OfflineEventAttendanceMode",
    SessionMode.ONLINE: "OnlineEventAttendanceMode",
    SessionMode.HYBRID: "MixedEventAttendanceMode",
}
_SCHEDULED = "EventScheduled"
_STATES: dict[str, str] = {
    EditionStatus.CANCELLED: "EventCancelled",
    EditionStatus.POSTPONED: "EventPostponed",
}
# What would end the script element, or a line in old scripts, is written by its number.
_ESCAPED = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def as_text(node: Node) -> str:
    """Return a node as JSON that may stand in a script element."""
    return json.dumps(node, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)


def _node(kind: str, **properties: Any) -> Node:
    return {"@type": kind, **{name: value for name, value in properties.items() if value not in (None, "", [], {})}}


def edition_event(content: ReleaseContent, *, language: str, site: str, status: str) -> Node:
    """Return an edition with its sessions as sub-events. `status` is the edition's state now (`EditionStatus`)."""
    with override(language):
        words = ProgrammeWords(content, language=language, site=site)
        sessions = [session for session in content.sessions if session.format != SessionFormat.BREAK]
        codes = [code for session in sessions for code in (*session.spoken, *session.interpreted)]
        modes = {session.mode for session in sessions if session.status != "cancelled"}
        mode = modes.pop() if len(modes) == 1 else SessionMode.HYBRID if modes else ""
        return {
            "@context": CONTEXT,
            **_edition(words),
            "eventStatus": _SCHEMA + _STATES.get(status, _SCHEDULED),
            **_node(
                "Event",
                alternateName=in_language(content.edition.short_name, language),
                description=in_language(content.edition.theme, language),
                keywords=content.edition.hashtag,
                inLanguage=list(dict.fromkeys(codes)),
                eventAttendanceMode=_SCHEMA + _MODES[mode] if mode else "",
                location=_venue(words),
                organizer=_federation(words),
                funder=_partners(words, PartnerKind.FUNDER),
                sponsor=_partners(words, PartnerKind.SUPPORTER),
                subEvent=[_sub_event(words, session, status) for session in sessions],
            ),
        }


def session_event(content: ReleaseContent, session: SessionContent, *, language: str, site: str, status: str) -> Node:
    """Return a session in full, within its edition. `status` is the edition's: called off, it takes all with it."""
    with override(language):
        words = ProgrammeWords(content, language=language, site=site)
        return {
            "@context": CONTEXT,
            **_sub_event(words, session, status),
            **_node(
                "Event",
                endDate=session.ends_at,
                eventStatus=_SCHEMA + _state(session, status),
                description=words.abstract(session),
                duration=f"PT{session.duration_min}M" if session.duration_min else "",
                inLanguage=list(dict.fromkeys((*session.spoken, *session.interpreted))),
                eventAttendanceMode=_SCHEMA + _MODES[session.mode],
                location=_location(words, session),
                organizer=_node("Organization", name=in_language(session.host, language)) if session.host else None,
                performer=_performers(words, session),
                about=_about(words, session),
                audience=_node("Audience", audienceType=gettext("Members only")) if session.members_only else None,
                maximumPhysicalAttendeeCapacity=session.capacity,
                subjectOf=_documents(words, session, recorded=False),
                recordedIn=_documents(words, session, recorded=True),
                superEvent=_edition(words),
            ),
        }


def _edition(words: ProgrammeWords) -> Node:
    edition = words.content.edition
    return _node(
        "Event",
        **{"@id": f"urn:uuid:{edition.guid}" if edition.guid else ""},
        name=words.edition,
        url=words.site,
        startDate=edition.starts_on,
        endDate=edition.ends_on,
    )


def _sub_event(words: ProgrammeWords, session: SessionContent, status: str) -> Node:
    """Return a session as its edition names it: what tells it apart, and whether it is off. The rest is on its page."""
    return _node(
        "Event",
        **{"@id": f"urn:uuid:{session.guid}"},
        name=words.title(session),
        url=words.address(session),
        startDate=session.starts_at,
        eventStatus=_SCHEMA + _state(session, status) if _state(session, status) != _SCHEDULED else "",
    )


def _state(session: SessionContent, status: str) -> str:
    return "EventCancelled" if session.status == "cancelled" else _STATES.get(status, _SCHEDULED)


def _venue(words: ProgrammeWords) -> Node | None:
    venue = words.content.edition.venue
    if venue is None:
        return None
    address = _node(
        "PostalAddress", streetAddress=venue.address, addressLocality=venue.city, addressCountry=venue.country
    )
    return _node("Place", name=words.venue, address=address)


def _location(words: ProgrammeWords, session: SessionContent) -> list[Node]:
    places = []
    if session.mode != SessionMode.ONLINE:
        room, venue = words.room(session), _venue(words)
        if room:
            places.append(_node("Place", name=room, containedInPlace=venue, address=(venue or {}).get("address")))
        elif venue:
            places.append(venue)
    if session.mode != SessionMode.ON_SITE:
        places.append(_node("VirtualLocation", url=session.online_url or words.address(session)))
    return places


def _federation(words: ProgrammeWords) -> Node | None:
    federation = words.content.federation
    name = in_language(federation.name, words.language)
    return _node("Organization", name=name, url=federation.website) if name else None


def _partners(words: ProgrammeWords, kind: PartnerKind) -> list[Node]:
    def one(partner: PartnerContent) -> Node:
        return _node("Organization", name=in_language(partner.name, words.language), url=partner.url)

    return [one(partner) for partner in words.content.partners if partner.kind == kind]


def _performers(words: ProgrammeWords, session: SessionContent) -> list[Node]:
    nodes = []
    for speaker in words.speakers(session):
        items = [item for item in session.interventions if item.person == speaker.slug]
        nodes.append(
            _node(
                "Person",
                **{"@id": f"urn:uuid:{speaker.guid}"},
                name=speaker.name,
                url=words.speaker_address(speaker),
                jobTitle=next((words.mandate(item) for item in items if item.mandate), ""),
                image=words.absolute(speaker.photograph) if speaker.photograph else "",
                disambiguatingDescription=gettext("Fictional person") if speaker.fictional else "",
            )
        )
    return nodes


def _about(words: ProgrammeWords, session: SessionContent) -> list[Node]:
    themes = [_node("DefinedTerm", name=name) for name in words.theme_names(session)]
    goals = [
        _node(
            "DefinedTerm",
            name=words.sdg_name(number),
            termCode=str(number),
            url=f"{SDGS}/{number}",
            inDefinedTermSet=SDGS,
        )
        for number in session.sdgs
    ]
    return themes + goals


def _documents(words: ProgrammeWords, session: SessionContent, *, recorded: bool) -> list[Node]:
    return [
        _node(
            "CreativeWork",
            name=words.document_title(document.title, document.kind),
            url=words.absolute(document.url),
            inLanguage=document.language,
        )
        for document in session.documents
        if (document.kind == DocumentKind.VIDEO) is recorded
    ]
