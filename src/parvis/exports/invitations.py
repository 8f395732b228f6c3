"""Who is to speak and what they answered, as a spreadsheet: a row for each time that somebody takes the floor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from parvis.domain.people.mandates import mandate_label
from parvis.domain.programme.invitations import INVITATION_STATE_NAMES
from parvis.domain.programme.sessions import (
    INTERVENTION_ANSWER_NAMES,
    INTERVENTION_ROLE_NAMES,
    InterventionAnswer,
    InterventionRole,
)
from parvis.ingest.kinds import Column, ColumnType

Row = dict[str, Any]
COLUMNS = (
    Column("state", "État", "State"),
    Column("last_name", "Nom", "Last name"),
    Column("first_name", "Prénom", "First name"),
    Column("email", "Adresse électronique", "E-mail", ColumnType.EMAIL),
    Column("code", "Code de la séance", "Session code", ColumnType.CODE),
    Column("session", "Séance", "Session"),
    Column("starts_at", "Début", "Begins", ColumnType.DATETIME),
    Column("room", "Salle", "Room"),
    Column("role", "Rôle", "Role"),
    Column("mandate", "En qualité de", "As"),
    Column("answer", "Réponse", "Answer"),
    Column("answered_at", "Répondu le", "Answered", ColumnType.DATETIME),
    Column("reason", "Motif", "Reason", ColumnType.LONG_TEXT),
    Column("sent_at", "Invitation envoyée le", "Invitation sent", ColumnType.DATETIME),
    Column("answer_by", "Réponse attendue le", "Answer by", ColumnType.DATE),
    Column("reminders", "Relances", "Reminders", ColumnType.INTEGER),
    Column("opened_at", "Lien ouvert le", "Link opened", ColumnType.DATETIME),
    Column("biography", "Biographie", "Biography", ColumnType.BOOLEAN),
    Column("photograph", "Photographie", "Photograph", ColumnType.BOOLEAN),
    Column("hours", "Disponibilités données", "Hours given", ColumnType.BOOLEAN),
)


def invitation_rows(lines: Iterable[Any], zone: ZoneInfo, language: str) -> Iterator[Row]:
    """Yield the lines that `queries.desk_invitations` gave; somebody without a session has one row."""
    for line in lines:
        person, invitation = line.person, line.invitation
        about: Row = {
            "state": gettext(INVITATION_STATE_NAMES[line.state]),
            "last_name": person.last_name,
            "first_name": person.first_name,
            "email": person.email,
            "sent_at": invitation.sent_at if invitation else None,
            "answer_by": invitation.answer_by if invitation else None,
            "reminders": invitation.reminders if invitation else None,
            "opened_at": invitation.opened_at if invitation else None,
            "biography": bool(person.biography_fr or person.biography_en),
            "photograph": bool(person.photograph),
            "hours": line.has_hours,
        }
        for item in line.interventions:
            yield {**about, **_intervention(item, zone, language)}
        if not line.interventions:
            yield about


def _intervention(item: Any, zone: ZoneInfo, language: str) -> Row:
    placement = getattr(item.session, "placement", None)
    mandate = item.mandate
    return {
        "code": item.session.code,
        "session": item.session.title,
        "starts_at": placement.starts_at.astimezone(zone) if placement else None,
        "room": placement.room.name if placement else "",
        "role": gettext(INTERVENTION_ROLE_NAMES[InterventionRole(item.role)]),
        "mandate": mandate_label(
            title=mandate.title or "",
            organisation=mandate.organisation.name,
            language=language,
            override=mandate.label or "",
            function=mandate.function,
        )
        if mandate is not None
        else "",
        "answer": gettext(INTERVENTION_ANSWER_NAMES[InterventionAnswer(item.answer)]),
        "answered_at": item.answered_at,
        "reason": item.answer_reason,
    }
