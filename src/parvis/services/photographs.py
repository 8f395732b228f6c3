"""Photographs of people: cropped and stripped when they come, under names that nobody guesses, gone when they are not
wanted any more."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.uploads import Cut
from parvis.gateways.photographs import read_photograph
from parvis.models import Person
from parvis.queries.photographs import kept_photographs, published_photographs
from parvis.services import log
from parvis.services.changes import locked
from parvis.services.invitations import require_speaker

FOLDER = "photographs"
# A file that no row names may belong to a transaction that has not committed yet.
ORPHAN_AFTER = timedelta(days=1)


def give_photograph(
    *, actor: Actor, person_id: int, content: bytes, cut: Cut | None = None, now: datetime | None = None
) -> Person:
    """Give a person the photograph in `content`, cut to the square that was chosen or else to the largest.

    The same picture again changes nothing. The one before is removed after the commit, unless the site still shows it:
    then once it does not (`forget_photographs`). Locks the person. Raises `NotAllowed`, `NotFound`, `LinkExpired` and
    the refusals of `gateways.photographs.read_photograph`.
    """
    moment = now or timezone.now()
    require_speaker(actor, Permission.EDIT_NETWORK, person_id=person_id, now=moment)
    picture = read_photograph(content, cut)
    with transaction.atomic():
        person = locked(Person, person_id, erased_at__isnull=True)
        before = person.photograph.name or ""
        if _holds(before, picture):
            return person
        name = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}.jpg", ContentFile(picture))
        person.photograph.name = name
        person.save(update_fields=["photograph", "updated_at"])
        log.record(actor=actor, action="person.photograph_given", subject=person, now=moment)
        if before:
            transaction.on_commit(partial(_remove_unless_shown, before, person_id))
    return person


def remove_photograph(*, actor: Actor, person_id: int, now: datetime | None = None) -> Person:
    """Take a person's photograph away, the file too and at once, though the site may still name it: it is their face.

    Locks the person. Raises `NotAllowed`, `NotFound`, `LinkExpired`.
    """
    moment = now or timezone.now()
    require_speaker(actor, Permission.EDIT_NETWORK, person_id=person_id, now=moment)
    with transaction.atomic():
        person = locked(Person, person_id, erased_at__isnull=True)
        before = person.photograph.name or ""
        if before:
            person.photograph.name = ""
            person.save(update_fields=["photograph", "updated_at"])
            log.record(actor=actor, action="person.photograph_removed", subject=person, now=moment)
            remove_file_on_commit(before)
    return person


def remove_file_on_commit(name: str) -> None:
    """Remove a photograph's file once the running transaction has committed; nothing where there is none."""
    if name:
        transaction.on_commit(partial(default_storage.delete, name))


def forget_photographs(*, actor: Actor, now: datetime | None = None) -> int:
    """Remove the files that neither a person has nor the site shows, a day after they came; return how many.

    They were replaced, or belong to a form whose transaction failed. Running it again finds nothing. Raises
    `NotAllowed`.
    """
    actor.require(Permission.EDIT_NETWORK)
    moment = now or timezone.now()
    try:
        _folders, files = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    old = [
        name
        for name in (f"{FOLDER}/{file}" for file in files)
        if moment - default_storage.get_modified_time(name) > ORPHAN_AFTER
    ]
    wanted = kept_photographs() | published_photographs() if old else set()
    gone = [name for name in old if name not in wanted]
    for name in gone:
        default_storage.delete(name)
    return len(gone)


def _holds(name: str, picture: bytes) -> bool:
    if not name or not default_storage.exists(name):
        return False
    with default_storage.open(name) as kept:
        return bool(kept.read() == picture)


def _remove_unless_shown(name: str, person_id: int) -> None:
    if name not in published_photographs(person_id=person_id):
        default_storage.delete(name)
