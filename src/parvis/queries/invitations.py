"""Reads of invitations to speak by those who are invited: each opens their own by a secret link."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, QuerySet

from parvis.domain.access import Actor
from parvis.domain.editions import EditionStatus
from parvis.domain.programme.availability import Hours
from parvis.domain.programme.invitations import (
    MandateHeld,
    SessionIsOver,
    check_link,
    check_may_answer,
    choosable,
)
from parvis.domain.programme.sessions import InterventionAnswer, SessionStatus
from parvis.domain.references import is_manage_token
from parvis.domain.refusals import NotFound, Refusal
from parvis.models import Availability, Edition, Intervention, Invitation, Mandate, Person
from parvis.queries.desk_editions import zone_of
from parvis.queries.desk_people import MandateLine, mandate_lines


def dressed(rows: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Fetch with invitations all that their pages and mails show."""
    return rows.select_related("person", "edition__venue", "edition__series__federation__organisation")


def access_by_link(token: str, *, now: datetime) -> Invitation:
    """Return the invitation that a personal link opens. One query.

    Raises `NotFound` for a forged link or that of somebody who was erased, `LinkExpired` for one that has served.
    """
    found = None
    if is_manage_token(token):
        found = dressed(Invitation.objects.filter(token=token, person__erased_at__isnull=True)).first()
    if found is None:
        raise NotFound
    check_link(found.edition.ends_on, today=now.astimezone(zone_of(found.edition)).date())
    return found


def actor_by_link(invitation: Invitation) -> Actor:
    """Return the actor for whoever holds that link."""
    return Actor(label=str(invitation.person)[:200], invitation_id=invitation.pk, channel="link")


def spoken_by(person_ids: Iterable[int], edition_id: int) -> QuerySet[Intervention]:
    """Return what people are to say at an edition, by time then code; cancelled sessions too."""
    return (
        Intervention.objects.filter(person_id__in=list(person_ids), session__edition_id=edition_id)
        .select_related("session__placement__room", "mandate__organisation")
        .order_by(F("session__placement__starts_at").asc(nulls_last=True), "session__code", "pk")
    )


def list_interventions(invitation: Invitation) -> list[Intervention]:
    """Return what somebody is asked about, by time; cancelled sessions too. One query."""
    return list(spoken_by([invitation.person_id], invitation.edition_id))


def takes_place(intervention: Intervention) -> bool:
    """Tell whether the session, fetched, is not cancelled."""
    return intervention.session.status != SessionStatus.CANCELLED


def starts_at(intervention: Intervention) -> datetime | None:
    """Return when the session, fetched with its placement, begins; None where it is not placed."""
    placement = getattr(intervention.session, "placement", None)
    return placement.starts_at if placement is not None else None


def answer_refusal(intervention: Intervention, edition: Edition, *, now: datetime) -> Refusal | None:
    """Return why an answer cannot be given or changed at `now`, None while it can. No query."""
    try:
        check_may_answer(
            title=intervention.session.title,
            edition=EditionStatus(edition.status),
            session=SessionStatus(intervention.session.status),
            starts_at=starts_at(intervention),
            last_day=edition.ends_on,
            zone=zone_of(edition),
            now=now,
        )
    except Refusal as refusal:
        return refusal
    return None


def is_over(refusal: Refusal | None) -> bool:
    """Tell whether an answer is closed because the session has taken place."""
    return isinstance(refusal, SessionIsOver)


def list_mandates(person_id: int) -> list[Mandate]:
    """Return a person's mandates in their order, with their organisations. One query."""
    return list(Mandate.objects.filter(person_id=person_id).select_related("organisation").order_by("position", "id"))


def held(mandates: Iterable[Mandate]) -> list[MandateHeld]:
    """Return mandates as the rules want to know them."""
    return [MandateHeld(mandate.pk, mandate.starts_on, mandate.ends_on) for mandate in mandates]


def choosable_lines(mandates: list[Mandate], edition: Edition) -> list[MandateLine]:
    """Return the mandates as which somebody may speak at an edition, as lines. No query."""
    keys = set(choosable(held(mandates), on=edition.starts_on))
    return mandate_lines([mandate for mandate in mandates if mandate.pk in keys], on=edition.starts_on)


def list_hours(person_id: int, edition_id: int) -> list[Hours]:
    """Return when somebody can be there, in order; none where they said nothing, or always. One query."""
    rows = Availability.objects.filter(edition_id=edition_id, person_id=person_id).order_by("starts_at", "pk")
    return [Hours(starts, ends) for starts, ends in rows.values_list("starts_at", "ends_at")]


def unanswered(interventions: Iterable[Intervention]) -> list[Intervention]:
    """Return those, fetched with their sessions, that take place and about which nothing was answered."""
    return [row for row in interventions if takes_place(row) and row.answer == InterventionAnswer.NONE]


def biography_print(person: Person) -> str:
    """Return a short print of a person's biographies, to tell whether somebody changed them meanwhile."""
    text = "\n\x00".join((person.biography_fr or "", person.biography_en or ""))  # type: ignore[attr-defined]
    return hashlib.sha256(text.encode()).hexdigest()[:20]
