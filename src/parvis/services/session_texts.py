"""Says that the texts of sessions were checked, language by language. Who changes a text takes its check away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.programme.texts import TextStatus, check_may_check, check_published, checks_with
from parvis.domain.refusals import ChangedMeanwhile
from parvis.models import LogEntry, Session
from parvis.queries.session_texts import CHECKED, UNCHECKED, texts_of, texts_print
from parvis.services import log
from parvis.services.changes import last_hand
from parvis.services.programme import open_edition, session_of_open_edition


@dataclass(frozen=True, slots=True)
class Checks:
    """What came of checking many: whose check is set or taken back, and whose text somebody changed meanwhile."""

    changed: list[Session]
    overtaken: list[Session]


def check_texts(
    *, actor: Actor, session_id: int, language: str, checked: bool, seen: str = "", now: datetime | None = None
) -> Session:
    """Say that the texts of a session in a language were checked, or take that back. The same twice changes nothing.

    Locks the edition's row, then the session. The programme's draft changes, not what the public reads. Raises
    `NotAllowed`, `NotFound`, `EditionIsClosed`, `LanguageNotPublished`, `NothingToCheck` where a required text is
    missing, `ChangedMeanwhile` where the texts are no longer as `seen` (`queries.session_texts.texts_print`).
    """
    actor.require(Permission.EDIT_PROGRAMME)
    check_published(language)
    with transaction.atomic():
        session, _edition = session_of_open_edition(session_id)
        if seen and texts_print(session, language) != seen:
            raise ChangedMeanwhile(who=last_hand(session))
        if checked:
            check_may_check(next(texts for texts in texts_of(session) if texts.language == language))
        if (language in session.checked) != checked:
            session.checked = checks_with(session.checked, language, on=checked)
            session.save(update_fields=["checked"])  # nothing that is published: `updated_at` stays
            _entry(actor, session, language, checked=checked, now=now or timezone.now()).save(force_insert=True)
    return session


def check_many(
    *,
    actor: Actor,
    edition_id: int,
    language: str,
    seen: Mapping[int, str],
    checked: bool,
    now: datetime | None = None,
) -> Checks:
    """Say of many sessions of an edition that their texts in a language were checked, or take that back.

    `seen` holds by session the print of the texts that were read (`texts_print`): where they changed meanwhile, the
    session is left as it is and named. Those with a text missing, and those that are so already, are passed over.
    Locks the edition's row, then the sessions. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`,
    `LanguageNotPublished`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    check_published(language)
    moment = now or timezone.now()
    changed: list[Session] = []
    overtaken: list[Session] = []
    with transaction.atomic():
        edition = open_edition(edition_id)
        rows = Session.objects.filter(edition=edition, pk__in=seen).select_for_update(of=("self",)).order_by("pk")
        for session in rows:
            texts = next(texts for texts in texts_of(session) if texts.language == language)
            if texts_print(session, language) != seen[session.pk]:
                overtaken.append(session)
            elif (texts.status is TextStatus.DRAFT) if checked else (language in session.checked):
                session.checked = checks_with(session.checked, language, on=checked)
                changed.append(session)
        Session.objects.bulk_update(changed, ["checked"], batch_size=500)
        log.record_many([_entry(actor, session, language, checked=checked, now=moment) for session in changed])
    return Checks(changed, overtaken)


def _entry(actor: Actor, session: Session, language: str, *, checked: bool, now: datetime) -> LogEntry:
    action = CHECKED if checked else UNCHECKED
    return log.entry(actor=actor, action=action, subject=session, now=now, details={"language": language})
