"""The desk's lists as rows of the spreadsheets that the import accepts (`ingest.kinds`), column key by column key.

Each function takes rows as the `access_*_to_export` queries give them, with what they refer to already fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from parvis.domain.people.persons import ConsentPurpose

Row = dict[str, Any]


def organisation_rows(organisations: Iterable[Any]) -> Iterator[Row]:
    """Yield organisations."""
    for organisation in organisations:
        yield {
            "kind": organisation.kind,
            "name": organisation.name_fr or organisation.name,
            "name_en": organisation.name_en,
            "short_name": organisation.short_name,
            "country": organisation.country,
            "insee_code": organisation.insee_code,
            "siren": organisation.siren,
            "departement": organisation.departement,
            "parent": organisation.parent.name if organisation.parent else "",
            "website": organisation.website,
            "email": organisation.email,
            "member_years": sorted(membership.year for membership in organisation.memberships.all()),
        }


def _person(person: Any) -> Row:
    return {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "gender": person.gender,
        "email": person.email,
        "fictional": person.fictional,
        "languages": person.languages,
        "biography_fr": person.biography_fr,
        "biography_en": person.biography_en,
    }


def people_rows(people: Iterable[Any]) -> Iterator[Row]:
    """Yield people, a row for each mandate; one without a mandate has one row."""
    for person in people:
        mandates = sorted(person.mandates.all(), key=lambda mandate: (mandate.position, mandate.pk))
        for mandate in mandates:
            yield {
                **_person(person),
                **_organisation_of(mandate.organisation),
                "title_fr": mandate.title_fr,
                "title_en": mandate.title_en,
                "label_fr": mandate.label_fr,
                "label_en": mandate.label_en,
                "function": mandate.function,
                "starts_on": mandate.starts_on,
                "ends_on": mandate.ends_on,
                "protocol_rank": mandate.protocol_rank,
                "position": mandate.position,
            }
        if not mandates:
            yield _person(person)


def _organisation_of(organisation: Any) -> Row:
    return {
        "organisation": organisation.name_fr or organisation.name,
        "organisation_code": organisation.insee_code or organisation.siren,
        "organisation_kind": organisation.kind,
        "country": organisation.country,
    }


def participant_rows(registrations: Iterable[Any]) -> Iterator[Row]:
    """Yield registrations, cancelled ones too: their status says so."""
    for registration in registrations:
        person, mandate = registration.person, registration.mandate
        agreed = {consent.purpose for consent in person.consents.all() if consent.withdrawn_at is None}
        yield {
            "gender": person.gender,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "email": person.email,
            "phone": person.phone,
            **_organisation_of(registration.organisation),
            "title_fr": mandate.title_fr if mandate else "",
            "title_en": mandate.title_en if mandate else "",
            "function": mandate.function if mandate else "",
            "category": registration.category.kind,
            "status": registration.status,
            "source": registration.source,
            "registered_at": registration.registered_at.replace(microsecond=0),
            "language": registration.language,
            "access_needs": registration.access_needs,
            "diet": registration.diet,
            "image_consent": ConsentPurpose.IMAGE in agreed,
            "listed_consent": ConsentPurpose.LISTED in agreed,
            "fictional": person.fictional,
            "external_reference": registration.external_reference,
        }


def session_rows(sessions: Iterable[Any], zone: ZoneInfo) -> Iterator[Row]:
    """Yield sessions with their times in the venue's `zone`."""
    for session in sessions:
        placement = getattr(session, "placement", None)
        starts = placement.starts_at.astimezone(zone) if placement else None
        ends = placement.ends_at.astimezone(zone) if placement else None
        yield {
            "code": session.code,
            "format": session.format,
            **{
                f"{name}_{language}": getattr(session, f"{name}_{language}")
                for name in ("title", "abstract", "summary")
                for language in ("fr", "en")
            },
            "group": session.group.code if session.group else "",
            "theme_fr": "; ".join(item.theme.name_fr for item in session.session_themes.all()),
            "theme_en": "; ".join(item.theme.name_en or "" for item in session.session_themes.all()).strip("; "),
            "host": (session.host.name_fr or session.host.name) if session.host else "",
            "date": starts.date() if starts else None,
            "starts_at": starts.time() if starts else None,
            "ends_at": ends.time() if ends and starts and ends - starts < timedelta(days=1) else None,
            "duration": session.duration_min,
            "room": placement.room.name if placement else "",
            "capacity": session.capacity,
            "members_only": session.members_only,
            "spoken": session.spoken,
            "interpreted": session.interpreted,
            "status": session.status,
            "sdgs": session.sdgs,
        }


def intervention_rows(interventions: Iterable[Any]) -> Iterator[Row]:
    """Yield who takes the floor where, as what."""
    for intervention in interventions:
        mandate = intervention.mandate
        yield {
            "session_code": intervention.session.code,
            "first_name": intervention.person.first_name,
            "last_name": intervention.person.last_name,
            "email": intervention.person.email,
            "organisation": (mandate.organisation.name_fr or mandate.organisation.name) if mandate else "",
            "title": (mandate.title_fr or mandate.title_en) if mandate else "",
            "role": intervention.role,
            "position": intervention.position,
        }


def partner_rows(partners: Iterable[Any]) -> Iterator[Row]:
    """Yield partners."""
    for partner in partners:
        organisation = partner.organisation
        yield {
            "organisation": organisation.name_fr or organisation.name,
            "organisation_en": organisation.name_en,
            "short_name": organisation.short_name,
            "organisation_kind": organisation.kind,
            "kind": partner.kind,
            "mention_fr": partner.mention_fr,
            "mention_en": partner.mention_en,
            "co_funder": (partner.co_funder.name_fr or partner.co_funder.name) if partner.co_funder else "",
            "parent": organisation.parent.name if organisation.parent else "",
            "position": partner.position,
            "url": partner.url,
        }


def room_rows(rooms: Iterable[Any]) -> Iterator[Row]:
    """Yield rooms."""
    for room in rooms:
        yield {
            "venue": room.venue.name_fr or room.venue.name,
            "city": room.venue.city,
            "name": room.name,
            "capacity": room.capacity,
            "equipment": room.equipment,
            "position": room.position,
        }


def group_rows(groups: Iterable[Any]) -> Iterator[Row]:
    """Yield groups, a row for each presidency; one without a president has one row."""
    for group in groups:
        about = {
            "code": group.code,
            "kind": group.kind,
            "name_fr": group.name_fr,
            "name_en": group.name_en,
            "countries": group.countries,
        }
        presidencies = list(group.presidencies.all())
        for presidency in presidencies:
            person = presidency.mandate.person
            yield {
                **about,
                "president_first_name": person.first_name,
                "president_last_name": person.last_name,
                "president_email": person.email,
                "president_organisation": presidency.mandate.organisation.name,
                "president_title": presidency.mandate.title,
                "starts_on": presidency.starts_on,
                "ends_on": presidency.ends_on,
            }
        if not presidencies:
            yield about
