"""Keeps what a participant chose of a programme, for their calendar and their other devices. No account, no name.

Nothing here is written to the log: it tells who did what, and here nobody is anybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from secrets import token_urlsafe

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor
from parvis.domain.own_programmes import NothingChosen, keep_chosen
from parvis.domain.programme.public_editions import PublicEdition
from parvis.domain.programme.release import ReleaseContent
from parvis.domain.refusals import NotFound
from parvis.models import OwnProgramme
from parvis.queries.own_programmes import ChosenSessions, chosen_of
from parvis.queries.releases import get_release_content

TOKEN_BYTES = 32


def _known(content: ReleaseContent | None) -> frozenset[str]:
    return frozenset(session.guid for session in content.sessions) if content else frozenset()


def create_own_programme(
    *, actor: Actor, edition: PublicEdition, sessions: Iterable[str], now: datetime | None = None
) -> ChosenSessions:
    """Keep a choice under a new secret address. Anybody may.

    `sessions` are guids; those that the edition's current release does not have are passed over. Raises
    `NothingChosen`, `TooManyChosen`.
    """
    moment = now or timezone.now()
    chosen = keep_chosen([], add=sessions, remove=(), known=_known(get_release_content(edition)))
    if not chosen:
        raise NothingChosen
    row = OwnProgramme.objects.create(
        edition_id=edition.id,
        token=token_urlsafe(TOKEN_BYTES),
        sessions=chosen,
        created_at=moment,
        updated_at=moment,
    )
    return chosen_of(row)


def change_own_programme(
    *,
    actor: Actor,
    edition: PublicEdition,
    token: str,
    add: Iterable[str] = (),
    remove: Iterable[str] = (),
    now: datetime | None = None,
) -> ChosenSessions:
    """Add sessions to what is kept under a secret address, and take others out; whoever has the address may.

    Two devices that change different sessions lose nothing: each sends what it changed. Locks the row. Raises
    `NotFound`, `TooManyChosen`.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        row = (
            OwnProgramme.objects.select_for_update(of=("self",))
            .select_related("edition")
            .filter(token=token, edition_id=edition.id)
            .first()
        )
        if row is None:
            raise NotFound
        chosen = keep_chosen(row.sessions, add=add, remove=remove, known=_known(get_release_content(edition)))
        if chosen != row.sessions:
            row.sessions, row.updated_at = chosen, moment
            row.save(update_fields=["sessions", "updated_at"])
    return chosen_of(row)


def forget_own_programme(*, actor: Actor, edition: PublicEdition, token: str) -> None:
    """Erase what is kept under a secret address; its calendar ends with it. Doing it twice changes nothing."""
    OwnProgramme.objects.filter(token=token, edition_id=edition.id).delete()
