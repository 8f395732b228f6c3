"""Counts every figure of an edition, in the database, in a constant number of queries."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from parvis.domain.figures.definitions import DEFINITIONS, Figure, share
from parvis.domain.network.kinds import FRENCH_AUTHORITIES, OrganisationKind
from parvis.domain.onsite import CheckpointKind, Direction, Verdict
from parvis.domain.people.persons import Gender
from parvis.domain.programme.sessions import COUNTED_ON, SessionFormat, SessionStatus
from parvis.domain.registrations import COUNTED_STATUSES, CategoryKind, RegistrationSource, RegistrationStatus
from parvis.models import Category, Edition, Intervention, Membership, Registration, Scan, Session

HOME_COUNTRY = "FR"

FRENCH = Q(organisation__kind__in=sorted(FRENCH_AUTHORITIES))
ABROAD = ~Q(organisation__country=HOME_COUNTRY)
EMBASSY = Q(organisation__kind=OrganisationKind.EMBASSY)


def admitted_scans(edition_id: int) -> QuerySet[Scan]:
    """Return the scans that prove a presence: admitted, coming in, not taken back."""
    taken_back = Scan.objects.filter(undoes__isnull=False).values("undoes_id")
    return Scan.objects.filter(
        checkpoint__edition_id=edition_id,
        verdict=Verdict.ADMITTED,
        direction=Direction.IN,
        registration__isnull=False,
    ).exclude(pk__in=taken_back)


def counted_registrations(edition_id: int) -> QuerySet[Registration]:
    """Return the registrations that count as registered."""
    return Registration.objects.filter(edition_id=edition_id, status__in=sorted(COUNTED_STATUSES))


def present_registrations(edition_id: int) -> QuerySet[Registration]:
    """Return the registrations of those who were present, whatever became of their registration later."""
    return Registration.objects.filter(
        edition_id=edition_id, pk__in=admitted_scans(edition_id).values("registration_id")
    )


def members_of(edition: Edition) -> QuerySet[Membership, Any]:
    """Return the organisation ids of the members for the edition's year (the year of its first day, else today's)."""
    day = edition.starts_on or edition.announced_month
    return Membership.objects.filter(year=day.year if day else 0).values("organisation_id")


def _registration_counts(rows: QuerySet[Registration], *, members: set[int], elected: list[int]) -> Counter[str]:
    """Return every count over registrations in one query: the database groups by organisation, and the few groups
    are added up here, since one grouping costs far less than six counts of distinct values."""
    groups = (
        rows.order_by()
        .values_list("organisation_id")
        .annotate(
            # One organisation has one kind and one country; as aggregates they spare the grouping two more keys.
            kind=Min("organisation__kind"),
            country=Min("organisation__country"),
            people=Count("pk"),
            counted=Count("pk", filter=Q(status__in=sorted(COUNTED_STATUSES))),
            elected=Count("pk", filter=Q(category_id__in=elected)),
            women=Count("pk", filter=Q(person__gender=Gender.WOMAN)),
            undeclared=Count("pk", filter=Q(person__gender=Gender.UNDECLARED)),
            walk_ins=Count("pk", filter=Q(source=RegistrationSource.WALK_IN)),
        )
    )
    total: Counter[str] = Counter()
    countries: set[str] = set()
    for organisation_id, kind, country, people, counted, officials, women, undeclared, walk_ins in groups:
        abroad = country != HOME_COUNTRY
        embassy = kind == OrganisationKind.EMBASSY
        total.update(
            people=people,
            counted=counted,
            elected=officials,
            women=women,
            undeclared=undeclared,
            walk_ins=walk_ins,
            organisations=1,
            french=kind in FRENCH_AUTHORITIES,
            embassies=embassy,
            delegations=abroad and not embassy,
            members=organisation_id in members,
            from_abroad=people if abroad else 0,
        )
        if abroad:
            countries.add(country)
    total["countries"] = len(countries)
    return total


def _door_counts(edition_id: int) -> tuple[dict[str, int], int]:
    """Return the people admitted at an entrance by ISO day, and the session attendances. One query, a second when
    a session has several doors."""
    doors = (
        admitted_scans(edition_id)
        .order_by()
        .values_list("checkpoint_id")
        .annotate(
            kind=Min("checkpoint__kind"),
            day=Min("checkpoint__day"),
            session=Min("checkpoint__session_id"),
            people=Count("registration_id", distinct=True),
        )
    )
    by_day: Counter[str] = Counter()
    by_session: dict[int, list[int]] = {}
    for _, kind, day, session_id, people in doors:
        if kind == CheckpointKind.ENTRANCE and day is not None:
            by_day[day.isoformat()] += people
        elif session_id is not None:
            by_session.setdefault(session_id, []).append(people)
    if any(len(people) > 1 for people in by_session.values()):
        attendances = session_attendances(edition_id).count()
    else:
        attendances = sum(people[0] for people in by_session.values())
    return dict(sorted(by_day.items())), attendances


def count_figures(edition_id: int) -> dict[str, Figure]:
    """Return every figure of the registry for an edition. Nine queries, whatever the size."""
    edition = Edition.objects.only("starts_on", "announced_month").get(pk=edition_id)
    members = set(members_of(edition).values_list("organisation_id", flat=True))
    elected = list(
        Category.objects.filter(edition_id=edition_id, kind=CategoryKind.ELECTED).values_list("pk", flat=True)
    )
    registered = _registration_counts(counted_registrations(edition_id), members=members, elected=elected)
    present = _registration_counts(present_registrations(edition_id), members=members, elected=elected)
    cancelled = Registration.objects.filter(edition_id=edition_id, status=RegistrationStatus.CANCELLED).count()
    by_day, attendances = _door_counts(edition_id)
    formats = Session.objects.filter(edition_id=edition_id, status=SessionStatus.CONFIRMED).aggregate(
        sessions=Count("pk", filter=~Q(format=SessionFormat.BREAK)),
        workshops=Count("pk", filter=Q(format=SessionFormat.WORKSHOP)),
        micro_workshops=Count("pk", filter=Q(format=SessionFormat.MICRO_WORKSHOP)),
        country_groups=Count("pk", filter=Q(format=SessionFormat.COUNTRY_GROUP)),
        regional_meetings=Count("pk", filter=Q(format=SessionFormat.REGIONAL_MEETING)),
    )
    speakers = Intervention.objects.filter(
        session__edition_id=edition_id, session__status=SessionStatus.CONFIRMED, answer__in=sorted(COUNTED_ON)
    ).aggregate(people=Count("person_id", distinct=True))["people"]
    values: dict[str, int] = {
        "registered": registered["people"],
        "cancelled": cancelled,
        "organisations_registered": registered["organisations"],
        "french_authorities_registered": registered["french"],
        "countries_registered": registered["countries"],
        "members_registered": registered["members"],
        "absent": registered["people"] - present["counted"],
        "walk_ins": registered["walk_ins"],
        "organisations_present": present["organisations"],
        "french_authorities_present": present["french"],
        "countries_present": present["countries"],
        "foreign_delegations_present": present["delegations"],
        "embassies_present": present["embassies"],
        "members_present": present["members"],
        "elected_present": present["elected"],
        "session_attendances": attendances,
        "speakers": speakers,
        "gender_undeclared": present["undeclared"],
        **formats,
    }
    figures = {code: Figure(code, value, {}) for code, value in values.items()}
    figures["present"] = Figure("present", present["people"], by_day)
    figures["women_share"] = share(
        "women_share",
        numerator=present["women"],
        denominator=present["people"] - present["undeclared"],
        undeclared=present["undeclared"],
    )
    figures["foreign_share"] = share("foreign_share", numerator=present["from_abroad"], denominator=present["people"])
    return {code: figures[code] for code in DEFINITIONS}


def session_attendances(edition_id: int) -> QuerySet[Scan, Any]:
    """Return the distinct pairs of a session and a registration admitted at its door."""
    return (
        admitted_scans(edition_id)
        .filter(checkpoint__session__isnull=False)
        .order_by()
        .values("checkpoint__session_id", "registration_id")
        .distinct()
    )
