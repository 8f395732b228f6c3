"""Builds, from the draft, what a release freezes. Only the service that publishes calls it, and the desk's preview."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Prefetch, Q

from parvis.domain.programme.release import (
    AwardContent,
    DocumentContent,
    EditionContent,
    FederationContent,
    FigureContent,
    FiguresContent,
    HonourContent,
    InterventionContent,
    OrganisationContent,
    PartnerContent,
    ReleaseContent,
    RoomContent,
    SessionContent,
    SpeakerContent,
    ThemeContent,
    VenueContent,
    Words,
)
from parvis.domain.programme.sessions import COUNTED_ON, SessionStatus
from parvis.domain.registrations import COUNTED_STATUSES
from parvis.domain.text import fold
from parvis.models import (
    AwardRound,
    Edition,
    Honour,
    Intervention,
    Laureate,
    Mandate,
    Organisation,
    Partner,
    Person,
    Session,
    SessionDocument,
    SessionTheme,
)
from parvis.queries.communique_facts import mandate_words, words
from parvis.queries.figures import admitted_scans
from parvis.queries.snapshots import get_latest_snapshot, public_figures


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _mandate(mandate: Mandate | None) -> Words:
    if mandate is None:
        return {}
    return mandate_words(mandate) or words(mandate.organisation, "name")


def _in_force(mandate: Mandate, on: date | None) -> bool:
    if on is None:
        return True
    return (mandate.starts_on is None or mandate.starts_on <= on) and (mandate.ends_on is None or mandate.ends_on >= on)


def _sessions(edition: Edition) -> list[Session]:
    interventions = Intervention.objects.select_related("person", "mandate__organisation").order_by("position", "pk")
    themes = SessionTheme.objects.select_related("theme").order_by("position", "pk")
    return list(
        Session.objects.filter(edition=edition)
        .exclude(status=SessionStatus.DRAFT)
        .select_related("host", "group", "placement__room")
        .prefetch_related(
            Prefetch("interventions", queryset=interventions),
            Prefetch("session_themes", queryset=themes),
            Prefetch("documents", queryset=SessionDocument.objects.order_by("position", "pk")),
        )
        .order_by("placement__starts_at", "placement__room__position", "code")
    )


def session_content(session: Session, zone: ZoneInfo) -> SessionContent:
    """Return a session as a release freezes it; what surrounds it is fetched. Times are those of `zone`."""
    placement = getattr(session, "placement", None)

    def local(moment: datetime) -> str:
        return moment.astimezone(zone).isoformat(timespec="minutes")

    return SessionContent(
        guid=str(session.guid),
        code=session.code,
        slug=session.slug,
        format=session.format,
        title=words(session, "title"),
        abstract=words(session, "abstract"),
        themes=[
            ThemeContent(slug=item.theme.slug, name=words(item.theme, "name")) for item in session.session_themes.all()
        ],
        host=words(session.host, "name") if session.host else {},
        group=words(session.group, "name") if session.group else {},
        group_code=session.group.code if session.group else "",
        practical_note=words(session, "practical_note"),
        mode=session.mode,
        online_url="" if session.members_only else session.online_url,  # members get it by mail
        documents=[] if session.members_only else [_document(document) for document in session.documents.all()],
        status=session.status,
        members_only=session.members_only,
        spoken=list(session.spoken),
        interpreted=list(session.interpreted),
        sdgs=list(session.sdgs),
        capacity=session.capacity or (placement.room.capacity if placement else None),
        room=placement.room.slug if placement else "",
        starts_at=local(placement.starts_at) if placement else "",
        ends_at=local(placement.ends_at) if placement else "",
        interventions=[
            InterventionContent(
                person=item.person.slug,
                role=item.role,
                mandate=_mandate(item.mandate),
                length_min=item.length_min or 0,
            )
            for item in session.interventions.all()
            if item.answer in COUNTED_ON
        ],
        duration_min=session.duration_min,
        debate_min=session.debate_min,
    )


def _document(document: SessionDocument) -> DocumentContent:
    address = document.url or (document.file.url if document.file else "")
    return DocumentContent(
        guid=str(document.guid),
        kind=document.kind,
        title=document.title,
        language=document.language,
        url=address,
    )


def _speakers(edition: Edition) -> list[SpeakerContent]:
    counted = Intervention.objects.filter(session__edition=edition, answer__in=sorted(COUNTED_ON))
    speaking = counted.exclude(session__status=SessionStatus.DRAFT).values("person_id")
    people = Person.objects.filter(pk__in=speaking).prefetch_related(
        Prefetch("mandates", queryset=Mandate.objects.select_related("organisation").order_by("position", "pk"))
    )
    content = [
        SpeakerContent(
            guid=str(person.guid),
            slug=person.slug,
            first_name=person.first_name,
            last_name=person.last_name,
            folded=fold(f"{person.last_name} {person.first_name}"),
            mandates=[_mandate(m) for m in person.mandates.all() if _in_force(m, edition.starts_on)],
            biography=words(person, "biography"),
            photograph=person.photograph.url if person.photograph else "",
            fictional=person.fictional,
        )
        for person in people
    ]
    return sorted(content, key=lambda speaker: (speaker.folded, speaker.slug))


def _organisations(edition_id: int) -> list[OrganisationContent]:
    present = Q(registrations__pk__in=admitted_scans(edition_id).values("registration_id"))
    counted = Q(registrations__edition_id=edition_id, registrations__status__in=sorted(COUNTED_STATUSES))
    rows = (
        Organisation.objects.filter(registrations__edition_id=edition_id)
        .distinct()
        .annotate(
            headcount=Count("registrations", distinct=True, filter=counted),
            here=Count("registrations", distinct=True, filter=counted & present),
        )
        .filter(headcount__gt=0)
        .order_by("slug")
    )
    return [
        OrganisationContent(
            slug=row.slug,
            name=words(row, "name"),
            kind=row.kind,
            country=row.country,
            headcount=row.headcount,
            present=row.here,
        )
        for row in rows
    ]


def _partners(edition_id: int) -> list[PartnerContent]:
    rows = Partner.objects.filter(edition_id=edition_id).select_related("organisation", "co_funder")
    return [
        PartnerContent(
            name=words(row.organisation, "name"),
            short_name=row.organisation.short_name,
            kind=row.kind,
            mention=words(row, "mention"),
            co_funder=words(row.co_funder, "name") if row.co_funder else {},
            url=row.url or row.organisation.website,
        )
        for row in rows.order_by("position", "pk")
    ]


def _awards(edition_id: int) -> list[AwardContent]:
    laureates = Laureate.objects.select_related("organisation").order_by("position", "pk")
    rounds = (
        AwardRound.objects.filter(edition_id=edition_id)
        .select_related("award", "session")
        .prefetch_related(Prefetch("laureates", queryset=laureates))
        .order_by("pk")
    )
    return [
        AwardContent(
            kind=row.award.kind,
            name=words(row.award, "name"),
            session=row.session.slug if row.session else "",
            laureates=[words(item.organisation, "name") for item in row.laureates.all() if not item.fictional],
            fictional_laureates=[words(item.organisation, "name") for item in row.laureates.all() if item.fictional],
        )
        for row in rounds
    ]


def _figures(edition_id: int) -> FiguresContent | None:
    snapshot = get_latest_snapshot(edition_id)
    if snapshot is None:
        return None
    languages = [code for code, _name in settings.LANGUAGES]
    figures: list[dict[str, Any]] = public_figures(snapshot, languages)
    return FiguresContent(
        number=snapshot.number,
        taken_at=snapshot.taken_at.isoformat(timespec="minutes"),
        figures=[FigureContent(**figure) for figure in figures],
    )


def edition_content(edition: Edition) -> EditionContent:
    """Return an edition as a release freezes it; its venue and series are fetched."""
    venue = edition.venue
    return EditionContent(
        guid=str(edition.guid),
        number=edition.number,
        slug=edition.slug,
        name=words(edition, "name"),
        short_name=words(edition.series, "short_name") or words(edition.series, "name"),
        theme=words(edition, "theme"),
        starts_on=_iso(edition.starts_on),
        ends_on=_iso(edition.ends_on),
        announced_month=_iso(edition.announced_month),
        hashtag=edition.hashtag,
        practical_info=words(edition, "practical_info"),
        thanks=words(edition, "thanks"),
        venue=VenueContent(
            name=words(venue, "name"),
            address=venue.address,
            city=venue.city,
            country=venue.country,
            timezone=venue.timezone,
            access=words(venue, "access"),
        )
        if venue
        else None,
    )


def build_payload(edition_id: int) -> ReleaseContent:
    """Return what a release of the edition would freeze now. A constant number of queries.

    Draft sessions stay out; a confirmed session without a placement is in, its time to be announced. Raises
    `Edition.DoesNotExist`.
    """
    edition = Edition.objects.select_related("series__federation__organisation", "venue").get(pk=edition_id)
    federation = edition.series.federation
    zone = ZoneInfo(edition.venue.timezone if edition.venue else settings.TIME_ZONE)
    sessions = _sessions(edition)
    honours = list(
        Honour.objects.filter(session__edition_id=edition_id)
        .exclude(session__status=SessionStatus.DRAFT)
        .select_related("presidency__group", "presidency__mandate__organisation", "presidency__mandate__person")
        .order_by("position", "pk")
    )
    rooms = {s.placement.room.pk: s.placement.room for s in sessions if getattr(s, "placement", None)}
    return ReleaseContent(
        federation=FederationContent(
            name=words(federation.organisation, "name"),
            about=words(federation, "about"),
            website=federation.website,
            meetings_website=federation.meetings_website,
            social_handle=federation.social_handle,
            press_email=federation.press_email,
        ),
        edition=edition_content(edition),
        rooms=[
            RoomContent(slug=room.slug, name=room.name, capacity=room.capacity, building=room.building)
            for room in sorted(rooms.values(), key=lambda room: (room.position, room.name))
        ],
        sessions=[session_content(session, zone) for session in sessions],
        speakers=_speakers(edition),
        organisations=_organisations(edition_id),
        partners=_partners(edition_id),
        awards=_awards(edition_id),
        honours=[
            HonourContent(
                person=str(honour.presidency.mandate.person),
                mandate=_mandate(honour.presidency.mandate),
                group=words(honour.presidency.group, "name"),
                fictional=honour.presidency.mandate.person.fictional,
            )
            for honour in honours
        ],
        figures=_figures(edition_id),
    )
