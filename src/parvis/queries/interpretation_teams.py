"""Interpretation teams of an edition, the sessions that they serve, and the booths for which nobody is there yet."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q

from parvis.domain.access import Actor, Permission
from parvis.domain.programme.sessions import SessionStatus
from parvis.domain.refusals import NotFound
from parvis.domain.timetable import problem as facts
from parvis.domain.timetable.coverage import uncovered
from parvis.domain.timetable.rules import TeamOnce
from parvis.domain.timetable.rules.booths import booths_of
from parvis.domain.timetable.verdicts import LanguagePair, Violation
from parvis.domain.timetable.violations import violations
from parvis.models import InterpretationTeam, Session
from parvis.queries.timetable import Timetable, access_timetable
from parvis.queries.versions import version_of


@dataclass(frozen=True, slots=True)
class SessionNeed:
    """What a session is interpreted into, who serves it, and what lacks."""

    session: Session
    booths: tuple[LanguagePair, ...]
    lacking: list[LanguagePair]
    teams: list[InterpretationTeam]
    starts_at: datetime | None
    ends_at: datetime | None


def print_of_team(team: InterpretationTeam, session_ids: Iterable[int]) -> str:
    """Return a short print of a team and the sessions that it serves."""
    text = f"{version_of(team)} {sorted(session_ids)}"
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def print_of_teams(team_ids: Iterable[int]) -> str:
    """Return a short print of the teams that serve a session."""
    return hashlib.sha256(repr(sorted(team_ids)).encode()).hexdigest()[:20]


def list_teams(actor: Actor, *, edition_id: int) -> list[InterpretationTeam]:
    """Return the teams of an edition by name, each with how many sessions it serves (`served`). One query.

    Cancelled sessions need nobody. Raises `NotAllowed`.
    """
    actor.require(Permission.READ_DESK)
    counted = Count("sessions", filter=~Q(sessions__status=SessionStatus.CANCELLED))
    return list(InterpretationTeam.objects.filter(edition_id=edition_id).annotate(served=counted).order_by("name"))


def access_team(actor: Actor, *, edition_id: int, team_id: int) -> InterpretationTeam:
    """Return a team of an edition. One query. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    team = InterpretationTeam.objects.filter(pk=team_id, edition_id=edition_id).first()
    if team is None:
        raise NotFound
    return team


def list_needs(actor: Actor, *, edition_id: int, also: Collection[int] = ()) -> list[SessionNeed]:
    """Return the sessions that need booths, by hour, and those named by `also`; cancelled ones need none. Two queries.

    Raises `NotAllowed`.
    """
    actor.require(Permission.READ_DESK)
    teams = InterpretationTeam.objects.order_by("name")
    rows = (
        Session.objects.filter(edition_id=edition_id)
        .exclude(status=SessionStatus.CANCELLED)
        .select_related("placement__room")
        .prefetch_related(Prefetch("teams", queryset=teams))
        .order_by("placement__starts_at", "code")
    )
    needs = [need_of(row) for row in rows]
    found = [need for need in needs if need.booths or need.teams or need.session.pk in also]
    return sorted(found, key=lambda need: need.starts_at is None)


def need_of(session: Session) -> SessionNeed:
    """Return what a session needs, its teams being fetched. No query then."""
    placement = getattr(session, "placement", None)
    fact = facts.Session(
        key=session.code,
        title=session.title,
        duration_min=session.duration_min,
        format=session.format,
        spoken=tuple(session.spoken),
        interpreted=tuple(session.interpreted),
    )
    teams = list(session.teams.all())
    known = [facts.InterpretationTeam(str(team.pk), team.name, tuple(team.languages)) for team in teams]
    return SessionNeed(
        session=session,
        booths=booths_of(fact),
        lacking=uncovered(fact, known),
        teams=teams,
        starts_at=placement.starts_at if placement is not None else None,
        ends_at=placement.ends_at if placement is not None else None,
    )


def list_team_faults(
    actor: Actor, *, edition_id: int, codes: Collection[str]
) -> tuple[Timetable | None, list[Violation]]:
    """Return where a team that serves the sessions of these codes would be in two at once, with the timetable.

    No query for fewer than two sessions, else those of the timetable. Raises `NotAllowed`, `EditionHasNoDays`.
    """
    actor.require(Permission.READ_DESK)
    if len(codes) < 2:
        return None, []
    timetable = access_timetable(actor, edition_id=edition_id)
    found = violations(timetable.problem, timetable.rules, timetable.placements)
    return timetable, [fault for fault in found if fault.kind == TeamOnce.kind and set(fault.sessions) <= set(codes)]
