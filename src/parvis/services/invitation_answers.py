"""What somebody answers by their link: yes or no, as what, their biography. The desk may note it too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.changes import TextTooLong
from parvis.domain.pasting import clean_pasted, clean_pasted_line
from parvis.domain.programme.invitations import (
    LONGEST_BIOGRAPHY,
    LONGEST_REASON,
    AnswerMissing,
    SpeakerAnswer,
    check_mandate,
    is_withdrawal,
)
from parvis.domain.programme.sessions import InterventionAnswer
from parvis.domain.refusals import ChangedMeanwhile, NotFound, Refusal
from parvis.models import Edition, Intervention, Invitation, Mandate, Person, Session
from parvis.queries.invitations import answer_refusal, biography_print, dressed, held, list_mandates
from parvis.services import invitation_mails, log
from parvis.services.changes import last_hand, locked, set_values
from parvis.services.invitations import require_speaker
from parvis.services.mails import queue_mails
from parvis.services.programme import session_of_open_edition, touch


def answer_invitation(
    *, actor: Actor, invitation_id: int, answers: Sequence[SpeakerAnswer], now: datetime | None = None
) -> list[Intervention]:
    """Take in what the holder of a link answers, and return the interventions that differ; one mail confirms them.

    The same answers again change nothing and send nothing. A refusal names the field of its intervention
    (`mandate_42`), and then nothing of the form is saved. Locks the edition's row, the invitation, then sessions and
    interventions. Raises `NotFound`, `LinkExpired`, `AnswerMissing`, `TextTooLong`, and the refusals of
    `check_may_answer` and `check_mandate`.
    """
    moment = now or timezone.now()
    if actor.invitation_id != invitation_id:
        raise NotFound
    if not answers:
        raise AnswerMissing
    with transaction.atomic():
        invitation = _locked_invitation(actor, invitation_id, moment)
        edition = invitation.edition
        rows = _locked_interventions(invitation)
        mandates = list_mandates(invitation.person_id)
        changed, withdrawn = [], []
        for answer in answers:
            row = rows.get(answer.intervention_id)
            if row is None:
                raise NotFound
            before = InterventionAnswer(row.answer)
            try:
                values = _values(answer, row, edition, mandates, moment)
            except Refusal as refusal:
                refusal.field = f"{refusal.field or 'answer'}_{row.pk}"
                raise
            if not values:
                continue
            _save(actor, row, values, moment)
            changed.append(row)
            if is_withdrawal(before, InterventionAnswer(row.answer)):
                withdrawn.append(row)
        if changed:
            invitation.answered_at = moment
            invitation.save(update_fields=["answered_at"])
            told = {"session": [str(row.session) for row in changed]}
            log.record(actor=actor, action="invitation.answered", subject=invitation, now=moment, details=told)
            draft = invitation_mails.answered_draft(invitation, changed, withdrawn=withdrawn, now=moment)
            queue_mails([draft], now=moment)
    return changed


def note_answer(
    *,
    actor: Actor,
    intervention_id: int,
    answer: InterventionAnswer,
    reason: str = "",
    now: datetime | None = None,
) -> Intervention:
    """Note at the desk what somebody said by telephone or post, or take an answer back; no mail leaves.

    Locks the edition's row, the session and the intervention. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`,
    `TextTooLong`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    moment = now or timezone.now()
    session_id = Intervention.objects.filter(pk=intervention_id).values_list("session_id", flat=True).first()
    if session_id is None:
        raise NotFound
    with transaction.atomic():
        session, _edition = session_of_open_edition(session_id)
        row = locked(Intervention, intervention_id, session=session)
        given = {"answer": str(answer), "answer_reason": _checked_reason(reason, "reason") if reason else ""}
        if answer is not InterventionAnswer.DECLINED:
            given["answer_reason"] = ""
        if (row.answer, row.answer_reason) != (given["answer"], given["answer_reason"]):
            answered_at = None if answer is InterventionAnswer.NONE else moment
            _save(actor, row, {**given, "answered_at": answered_at}, moment)
    return row


def give_biography(
    *,
    actor: Actor,
    person_id: int,
    biography_fr: str,
    biography_en: str,
    seen: str = "",
    now: datetime | None = None,
) -> Person:
    """Save what somebody is said to be, in French and in English; pasted texts are cleaned. Locks the person.

    `seen` is the print (`queries.invitations.biography_print`) of the texts that the form showed. Raises `NotAllowed`,
    `NotFound`, `LinkExpired`, `ChangedMeanwhile`, `TextTooLong`.
    """
    moment = now or timezone.now()
    require_speaker(actor, Permission.EDIT_NETWORK, person_id=person_id, now=moment)
    given = {"biography_fr": clean_pasted(biography_fr), "biography_en": clean_pasted(biography_en)}
    for name, text in given.items():
        if len(text) > LONGEST_BIOGRAPHY:
            raise TextTooLong(most=LONGEST_BIOGRAPHY, given=len(text), field=name)
    with transaction.atomic():
        person = locked(Person, person_id, erased_at__isnull=True)
        same = all((getattr(person, name) or "") == text for name, text in given.items())
        if seen and seen != biography_print(person) and not same:
            raise ChangedMeanwhile(who=last_hand(person))
        changes = set_values(person, given)
        if changes:
            person.save()
            log.record(
                actor=actor, action="person.biography_given", subject=person, now=moment, details={"changes": changes}
            )
    return person


def _locked_invitation(actor: Actor, invitation_id: int, now: datetime) -> Invitation:
    """Return the invitation of a link, its edition and itself locked. Raises `NotFound`, `LinkExpired`."""
    edition_id = Invitation.objects.filter(pk=invitation_id).values_list("edition_id", flat=True).first()
    if edition_id is None:
        raise NotFound
    locked(Edition, edition_id)
    invitation = dressed(Invitation.objects.select_for_update(of=("self",)).filter(pk=invitation_id)).first()
    if invitation is None:
        raise NotFound
    require_speaker(actor, Permission.EDIT_PROGRAMME, person_id=invitation.person_id, edition_id=edition_id, now=now)
    return invitation


def _locked_interventions(invitation: Invitation) -> dict[int, Intervention]:
    """Return what somebody is asked about, sessions locked before interventions, as the desk locks them."""
    mine = Intervention.objects.filter(person_id=invitation.person_id, session__edition_id=invitation.edition_id)
    sessions = Session.objects.filter(pk__in=mine.values("session_id"))
    list(sessions.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    rows = mine.select_for_update(of=("self",)).select_related(
        "session__placement__room", "mandate__organisation", "person"
    )
    return {row.pk: row for row in rows.order_by("pk")}


def _values(
    answer: SpeakerAnswer, row: Intervention, edition: Edition, mandates: Sequence[Mandate], now: datetime
) -> dict[str, Any]:
    """Return the columns that an answer changes; none where it says what stands there."""
    reason = "" if answer.accepted else _checked_reason(answer.reason, "reason")
    if answer.accepted and (row.answer, row.mandate_id) == (InterventionAnswer.ACCEPTED, answer.mandate_id):
        return {}
    if not answer.accepted and (row.answer, row.answer_reason) == (InterventionAnswer.DECLINED, reason):
        return {}
    refusal = answer_refusal(row, edition, now=now)
    if refusal is not None:
        raise refusal
    if not answer.accepted:
        return {"answer": str(InterventionAnswer.DECLINED), "answered_at": now, "answer_reason": reason}
    check_mandate(answer.mandate_id, held(mandates), on=edition.starts_on)
    mandate = next((each for each in mandates if each.pk == answer.mandate_id), None)
    return {
        "answer": str(InterventionAnswer.ACCEPTED),
        "answered_at": now,
        "answer_reason": "",
        "mandate": mandate,
    }


def _save(actor: Actor, row: Intervention, values: dict[str, Any], now: datetime) -> None:
    """Save an answer, log it with the session, and date the session anew: the public would read it differently."""
    before = row.answer
    changes = set_values(row, values)
    row.save()
    details: dict[str, Any] = {"speaker": str(row.person)}
    verb = f"speaker_{row.answer}" if row.answer != InterventionAnswer.NONE else "speaker_answer_taken_back"
    if is_withdrawal(InterventionAnswer(before), InterventionAnswer(row.answer)):
        verb = "speaker_withdrew"
    if row.answer_reason:
        details["reason"] = row.answer_reason
    if "mandate" in changes:
        details["changes"] = {"mandate": changes["mandate"]}
    log.record(actor=actor, action=f"session.{verb}", subject=row.session, now=now, details=details)
    touch(row.session)


def _checked_reason(text: str, name: str) -> str:
    text = clean_pasted_line(text)
    if len(text) > LONGEST_REASON:
        raise TextTooLong(most=LONGEST_REASON, given=len(text), field=name)
    return text
