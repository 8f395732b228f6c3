"""Changes the interpretation teams of an edition, and which sessions they serve."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.changes import AlreadyThere, TextMissing
from parvis.domain.refusals import ChangedMeanwhile, NotFound
from parvis.domain.registration_forms import AddressUnreadable, is_address
from parvis.domain.timetable.coverage import check_languages
from parvis.models import Edition, InterpretationTeam, Session
from parvis.queries.interpretation_teams import print_of_team, print_of_teams
from parvis.services import log
from parvis.services.changes import check_known, delete_row, last_hand, locked, save_changes
from parvis.services.programme import open_edition, session_of_open_edition

TEAM_FIELDS = frozenset({"name", "languages", "contact_name", "contact_email", "language"})


def save_team(
    *,
    actor: Actor,
    edition_id: int,
    team_id: int | None,
    values: Mapping[str, Any],
    session_ids: Collection[int] | None = None,
    seen: str = "",
    now: datetime | None = None,
) -> InterpretationTeam:
    """Create or change a team; `values` holds some of `TEAM_FIELDS`; `session_ids`, where given, are all it serves.

    Locks the edition's row. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`, `ChangedMeanwhile` where the team or
    its sessions are no longer as `seen` (`print_of_team`), `TextMissing`, `AlreadyThere`, `TwoLanguagesNeeded`,
    `AddressUnreadable`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    check_known(values, TEAM_FIELDS)
    moment = now or timezone.now()
    with transaction.atomic():
        edition = open_edition(edition_id)
        team = InterpretationTeam(edition=edition) if team_id is None else _known(edition, team_id)
        served = set() if team_id is None else set(Session.objects.filter(teams=team).values_list("pk", flat=True))
        if seen and team_id is not None and print_of_team(team, served) != seen:
            raise ChangedMeanwhile(who=last_hand(team))
        given = _checked(edition, team, values)
        saved = save_changes(actor=actor, row=team, values=given, now=moment)
        if session_ids is not None and set(session_ids) != served:
            _serve(actor, edition, saved, set(session_ids), served, moment)
    return saved


def remove_team(*, actor: Actor, edition_id: int, team_id: int, now: datetime | None = None) -> None:
    """Take a team away, with its promises to sessions. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`."""
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        team = _known(open_edition(edition_id), team_id)
        delete_row(actor=actor, row=team, now=now or timezone.now(), verb="removed")


def set_teams_of_session(
    *, actor: Actor, session_id: int, team_ids: Sequence[int], seen: str = "", now: datetime | None = None
) -> Session:
    """Have exactly these teams of its edition serve a session.

    Locks the edition's row, then the session. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`, and
    `ChangedMeanwhile` where other teams serve it than those seen (`print_of_teams`).
    """
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        session, edition = session_of_open_edition(session_id)
        before = list(session.teams.order_by("name"))
        if seen and print_of_teams(team.pk for team in before) != seen:
            raise ChangedMeanwhile(who=last_hand(session))
        wanted = list(InterpretationTeam.objects.filter(edition=edition, pk__in=set(team_ids)).order_by("name"))
        if len(wanted) != len(set(team_ids)):
            raise NotFound(field="teams")
        if wanted == before:
            return session
        session.teams.set(wanted)
        session.save(update_fields=["updated_at"])
        changes = {"teams": [[team.name for team in before], [team.name for team in wanted]]}
        log.record(
            actor=actor,
            action="session.changed",
            subject=session,
            now=now or timezone.now(),
            details={"changes": changes},
        )
    return session


def _known(edition: Edition, team_id: int) -> InterpretationTeam:
    return locked(InterpretationTeam, team_id, edition=edition)


def _checked(edition: Edition, team: InterpretationTeam, values: Mapping[str, Any]) -> dict[str, Any]:
    given = dict(values)
    given["name"] = str(given.get("name", team.name)).strip()
    if not given["name"]:
        raise TextMissing(field="name")
    others = InterpretationTeam.objects.filter(edition=edition).exclude(pk=team.pk or 0)
    if others.filter(name=given["name"]).exists():
        raise AlreadyThere(what=given["name"], field="name")
    given["languages"] = list(dict.fromkeys(given.get("languages", team.languages)))
    check_languages(given["languages"])
    address = str(given.get("contact_email", team.contact_email)).strip().lower()
    if address and not is_address(address):
        raise AddressUnreadable(field="contact_email")
    given["contact_email"] = address
    return given


def _serve(
    actor: Actor, edition: Edition, team: InterpretationTeam, wanted: set[int], served: set[int], now: datetime
) -> None:
    """Have a team serve exactly these sessions; log it on the team."""
    sessions = {row.pk: row for row in Session.objects.filter(edition=edition, pk__in=wanted | served).order_by("code")}
    if not wanted <= set(sessions):
        raise NotFound(field="sessions")
    for pk in sorted(wanted ^ served):
        change = sessions[pk].teams.add if pk in wanted else sessions[pk].teams.remove
        change(team)
        sessions[pk].save(update_fields=["updated_at"])
    changes = {"sessions": [[row.title for pk, row in sessions.items() if pk in side] for side in (served, wanted)]}
    log.record(actor=actor, action="interpretationteam.changed", subject=team, now=now, details={"changes": changes})
