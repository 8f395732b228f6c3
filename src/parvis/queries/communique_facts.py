"""Gathers from the database everything that a press release states about one edition."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model

from parvis.domain.communiques.facts import (
    AwardFacts,
    CeremonyFacts,
    Facts,
    FollowingFacts,
    GroupsFacts,
    PartnerFacts,
    SessionFacts,
    SpeakerFacts,
    Words,
)
from parvis.domain.editions import EditionStatus
from parvis.domain.figures.definitions import Figure
from parvis.domain.network.kinds import GroupKind
from parvis.domain.people.mandates import mandate_label
from parvis.domain.programme.sessions import COUNTED_ON, InterventionRole, SessionFormat, SessionStatus
from parvis.models import AwardRound, Edition, Honour, Intervention, Mandate, Partner, Session, Snapshot
from parvis.queries.figures import count_figures
from parvis.queries.snapshots import figures_of

# The figures that the drafts may state; others may change without making a text stale.
STATED_FIGURES = (
    "present",
    "french_authorities_present",
    "countries_present",
    "country_groups",
    "workshops",
    "micro_workshops",
    "speakers",
)
# Who chairs, moderates or reports is not told to have spoken.
_WHO_SPOKE = frozenset({InterventionRole.OPENING, InterventionRole.SPEAKER})
# The languages that releases are written in.
STATED_LANGUAGES = frozenset({"fr", "en"})


def words(row: Model, field: str) -> Words:
    """Return a translated column in every language that has it."""
    found = {language: getattr(row, f"{field}_{language}") or "" for language in settings.MODELTRANSLATION_LANGUAGES}
    return {language: text for language, text in found.items() if text}


def mandate_words(mandate: Mandate) -> Words:
    """Return a mandate's whole line in every language that has its title."""
    titles, names, labels = words(mandate, "title"), words(mandate.organisation, "name"), words(mandate, "label")
    return {
        language: mandate_label(
            title=titles.get(language, ""),
            organisation=names.get(language) or mandate.organisation.name,
            language=language,
            override=labels.get(language, ""),
            function=mandate.function,
        )
        for language in sorted({*titles, *labels})
    }


def _stated(found: Words) -> Words:
    return {language: text for language, text in found.items() if language in STATED_LANGUAGES}


def _said(row: Model, field: str) -> Words:
    """Return a column in the languages of releases: a new Arabic title does not make a French text stale."""
    return _stated(words(row, field))


def _in_force(mandate: Mandate, on: date | None) -> bool:
    if on is None:
        return True
    return (mandate.starts_on is None or mandate.starts_on <= on) and (mandate.ends_on is None or mandate.ends_on >= on)


def _speakers(interventions: Iterable[Intervention], on: date | None) -> list[SpeakerFacts]:
    return [
        SpeakerFacts(
            name=str(intervention.person),
            gender=intervention.person.gender,
            mandates=[_stated(mandate_words(m)) for m in intervention.person.mandates.all() if _in_force(m, on)],
        )
        for intervention in interventions
        if intervention.role in _WHO_SPOKE and intervention.answer in COUNTED_ON
    ]


def _sessions(edition: Edition) -> list[Session]:
    return list(
        Session.objects.filter(edition=edition, status=SessionStatus.CONFIRMED, placement__isnull=False)
        .select_related("placement", "group")
        .prefetch_related("interventions__person__mandates__organisation", "honours__presidency__group", "award_rounds")
        .order_by("placement__starts_at", "code")
    )


def _day(session: Session, zone: ZoneInfo) -> date:
    return session.placement.starts_at.astimezone(zone).date()


def _session_facts(session: Session, sessions: list[Session], edition: Edition, zone: ZoneInfo) -> SessionFacts:
    day = _day(session, zone)
    return SessionFacts(
        title=_said(session, "title"),
        day=day.isoformat(),
        said=_said(session, "summary"),
        speakers=_speakers(session.interventions.all(), edition.starts_on),
        opens_day=not any(
            _day(other, zone) == day and other.placement.starts_at < session.placement.starts_at
            for other in sessions
            if other.format != SessionFormat.BREAK
        ),
    )


def _first(sessions: list[Session], kind: SessionFormat) -> Session | None:
    return next((session for session in sessions if session.format == kind), None)


def _groups(sessions: list[Session], zone: ZoneInfo) -> GroupsFacts | None:
    country = [s for s in sessions if s.format == SessionFormat.COUNTRY_GROUP]
    regional = [s for s in sessions if s.format == SessionFormat.REGIONAL_MEETING]
    if not country and not regional:
        return None
    days = {_day(session, zone) for session in (*country, *regional)}
    return GroupsFacts(
        day=days.pop().isoformat() if len(days) == 1 else "",
        country_groups=len(country),
        regional_groups=[_said(s.group, "name") if s.group else _said(s, "title") for s in regional],
    )


def _ceremony(edition: Edition, sessions: list[Session], zone: ZoneInfo) -> CeremonyFacts | None:
    session = _first(sessions, SessionFormat.CEREMONY)
    if session is None:
        return None
    day = _day(session, zone)
    later = [
        s
        for s in sessions
        if s.format != SessionFormat.BREAK
        and _day(s, zone) == day
        and s.placement.starts_at > session.placement.starts_at
    ]
    honours: list[Honour] = list(session.honours.all())
    rounds = (
        AwardRound.objects.filter(session=session).select_related("award").prefetch_related("laureates__organisation")
    )
    return CeremonyFacts(
        day=day.isoformat(),
        closes_day=not later,
        honoured_country_groups=sum(h.presidency.group.kind == GroupKind.COUNTRY for h in honours),
        honoured_thematic_groups=sum(h.presidency.group.kind == GroupKind.THEMATIC for h in honours),
        speakers=_speakers(session.interventions.all(), edition.starts_on),
        awards=[
            AwardFacts(
                kind=r.award.kind,
                name=_said(r.award, "name"),
                # A laureate whom the demo invents is never stated to the press.
                laureates=[str(laureate.organisation) for laureate in r.laureates.all() if not laureate.fictional],
            )
            for r in rounds.order_by("pk")
        ],
    )


def _partners(edition: Edition) -> list[PartnerFacts]:
    rows = Partner.objects.filter(edition=edition).select_related("organisation", "co_funder")
    return [
        PartnerFacts(
            name=_said(partner.organisation, "name"),
            short_name=partner.organisation.short_name,
            kind=partner.kind,
            mention=_said(partner, "mention"),
            co_funder=_said(partner.co_funder, "name") if partner.co_funder else {},
        )
        for partner in rows.order_by("position", "pk")
    ]


def _neighbours(edition: Edition) -> tuple[Edition | None, Edition | None]:
    near = {
        e.number: e
        for e in Edition.objects.filter(
            series_id=edition.series_id, number__in=(edition.number - 1, edition.number + 1)
        )
    }
    return near.get(edition.number - 1), near.get(edition.number + 1)


def _following(following: Edition | None) -> FollowingFacts | None:
    if following is None or following.status == EditionStatus.DRAFT:
        return None
    return FollowingFacts(
        number=following.number,
        month=_iso(following.announced_month),
        starts_on=_iso(following.starts_on),
        ends_on=_iso(following.ends_on),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _counted(figures: dict[str, Figure], code: str) -> bool:
    return code in figures and figures[code].value > 0


def gather_facts(edition_id: int, *, dated_on: date, snapshot: Snapshot | None) -> Facts:
    """Return what a release dated `dated_on` states: figures from `snapshot`, or counted now when it is None.

    A constant number of queries (about twenty), whatever the edition's size.
    """
    edition = Edition.objects.select_related("series__federation__organisation", "venue").get(pk=edition_id)
    federation = edition.series.federation
    venue = edition.venue
    zone = ZoneInfo(venue.timezone if venue else settings.TIME_ZONE)
    sessions = _sessions(edition)
    opening = _first(sessions, SessionFormat.OPENING)
    plenary = _first(sessions, SessionFormat.PLENARY)
    micro = [s for s in sessions if s.format == SessionFormat.MICRO_WORKSHOP]
    previous, following = _neighbours(edition)
    cancelled = previous if previous is not None and previous.status == EditionStatus.CANCELLED else None
    counted: dict[str, Figure] = figures_of(snapshot) if snapshot else count_figures(edition_id)
    return Facts(
        dated_on=dated_on.isoformat(),
        federation=_said(federation.organisation, "name"),
        federation_city=federation.city,
        about=_said(federation, "about"),
        founded_year=federation.founded_year,
        website=federation.website,
        meetings_website=federation.meetings_website,
        social_handle=federation.social_handle,
        press_email=federation.press_email,
        number=edition.number,
        name=_said(edition, "name"),
        short_name=_said(edition.series, "short_name"),
        theme=_said(edition, "theme"),
        context=_said(edition, "context"),
        starts_on=_iso(edition.starts_on),
        ends_on=_iso(edition.ends_on),
        venue=_said(venue, "name") if venue else {},
        venue_city=venue.city if venue else "",
        hashtag=edition.hashtag,
        cancelled_before=cancelled.number if cancelled else None,
        cancelled_on_the_day=bool(
            cancelled
            and cancelled.cancelled_at
            and cancelled.starts_on
            and cancelled.cancelled_at.astimezone(zone).date() == cancelled.starts_on
        ),
        following=_following(following),
        figures={code: counted[code].value for code in STATED_FIGURES if code in counted},
        foreign_delegations=_counted(counted, "foreign_delegations_present"),
        embassies=_counted(counted, "embassies_present"),
        snapshot_number=snapshot.number if snapshot else 0,
        opening=_session_facts(opening, sessions, edition, zone) if opening else None,
        plenary=_session_facts(plenary, sessions, edition, zone) if plenary else None,
        groups=_groups(sessions, zone),
        workshops=[
            SessionFacts(title=_said(s, "title"), day=_day(s, zone).isoformat())
            for s in sorted(
                (s for s in sessions if s.format == SessionFormat.WORKSHOP),
                key=lambda s: (s.placement.starts_at, s.code),
            )
        ],
        micro_workshops=len(micro),
        micro_workshop_min=micro[0].duration_min if micro else 0,
        ceremony=_ceremony(edition, sessions, zone),
        partners=_partners(edition),
    )
