"""Invitations to speak: who may be asked, what an answer needs, until when it may change, and who is reminded when.

Moments are aware; "today" and days are the venue's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from parvis.domain.editions import EDITION_STATUS_NAMES, EditionStatus
from parvis.domain.programme.sessions import InterventionAnswer, SessionStatus
from parvis.domain.refusals import N_, NotFound, Refusal

LANGUAGES = ("fr", "en")  # those in which we write
LONGEST_MESSAGE = 2000
LONGEST_REASON = 500
LONGEST_BIOGRAPHY = 5000
LINK_DAYS = 30  # after the edition's last day: until then slides are sent and hours are looked up
MOST_REMINDERS = 3
REMIND_AFTER = timedelta(days=5)  # nobody is pressed sooner
BETWEEN_REMINDERS = timedelta(days=3)
NEAR = timedelta(days=7)
PATIENCE = timedelta(days=14)  # what "by when" means where nobody said it
SENT_TWICE = timedelta(minutes=10)  # a button pressed twice within this time was pressed once

INVITES: frozenset[EditionStatus] = frozenset(
    {EditionStatus.DRAFT, EditionStatus.ANNOUNCED, EditionStatus.OPEN, EditionStatus.ON_SITE}
)
ANSWERS: frozenset[EditionStatus] = INVITES | {EditionStatus.POSTPONED}


class InvitationState(StrEnum):
    """Where somebody who is to speak stands. The order is that of the desk's list: first who has still to answer."""

    LATE = "late"
    WAITING = "waiting"
    NOT_INVITED = "not_invited"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    NOTHING_LEFT = "nothing_left"


INVITATION_STATE_NAMES: dict[InvitationState, str] = {
    InvitationState.LATE: N_("Answer overdue"),
    InvitationState.WAITING: N_("No answer yet"),
    InvitationState.NOT_INVITED: N_("Not invited yet"),
    InvitationState.DECLINED: N_("Declined"),
    InvitationState.ACCEPTED: N_("Accepted"),
    InvitationState.NOTHING_LEFT: N_("No session left"),
}


class LinkExpired(NotFound):
    """A link opens nothing once what it was for is over."""

    sentence = N_("This link has expired: the edition is over.")


class EditionInvitesNobody(Refusal):
    """Nobody is invited to speak at what is over, or does not take place as announced."""

    sentence = N_("The edition is “%(status)s”: nobody is invited to speak at it.")


class SpeakerWithoutAddress(Refusal):
    """An invitation goes to an address."""

    sentence = N_("%(name)s has no e-mail address: add one on their page first.")


class NothingToSay(Refusal):
    """Whoever is invited speaks in a session that takes place."""

    sentence = N_("%(name)s speaks in no session of this edition that takes place.")


class InvitedAlready(Refusal):
    """One invitation per person and edition; it is sent again by hand."""

    sentence = N_("%(name)s was invited on %(day)s. Open their page to send the invitation again.")


class JustSent(Refusal):
    """A button pressed twice sends one mail."""

    sentence = N_("The invitation has just left. Wait ten minutes before you send it again.")


class NotInvitedYet(Refusal):
    """Only who was invited is reminded."""

    sentence = N_("%(name)s was not invited yet.")


class AnsweredAlready(Refusal):
    """Whoever has answered is left in peace."""

    sentence = N_("%(name)s has answered.")


class RemindedToday(Refusal):
    """One mail a day is enough."""

    sentence = N_("%(name)s got a mail less than a day ago.")


class RemindedEnough(Refusal):
    """After three reminders, one telephones."""

    sentence = N_("%(name)s has been reminded %(times)s times: telephone instead.")


class AnswerByPast(Refusal):
    """Whoever is invited has time to answer."""

    sentence = N_("This day is past: give a later one.")


class AnswerByTooLate(Refusal):
    """Answers come before the edition begins."""

    sentence = N_("Ask for an answer before the edition begins, on %(day)s.")


class AnswersAreClosed(Refusal):
    """Answers count while the edition is prepared."""

    sentence = N_("The edition is “%(status)s”: answers can no longer be changed here.")


class SessionIsOver(Refusal):
    """An answer changes until the session takes place."""

    sentence = N_("“%(title)s” has taken place: this answer can no longer be changed.")


class NothingToAnswer(Refusal):
    """Nobody is asked about what does not take place."""

    sentence = N_("“%(title)s” is cancelled: there is nothing to answer any more.")


class AnswerMissing(Refusal):
    """An answer says yes or no."""

    sentence = N_("Say yes or no to at least one session.")


class MandateToChoose(Refusal):
    """Who holds mandates speaks as one of them."""

    sentence = N_("Say as what you will speak: choose one of your mandates.")


class MandateEnded(Refusal):
    """Nobody speaks as what they no longer are."""

    sentence = N_("This mandate ended on %(day)s, before the edition: choose one that is held on its first day.")


class MandateNotBegun(Refusal):
    """Nobody speaks as what they are not yet."""

    sentence = N_("This mandate begins on %(day)s, after the edition’s first day: choose one that is held then.")


@dataclass(frozen=True, slots=True)
class SpeakerAnswer:
    """What somebody answers about one of their interventions."""

    intervention_id: int
    accepted: bool
    mandate_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MandateHeld:
    """From when to when somebody holds a mandate."""

    pk: int
    starts_on: date | None = None
    ends_on: date | None = None

    def in_force(self, on: date | None) -> bool:
        """Tell whether it is held on a day; where the day is not known, whether it may be."""
        return on is None or not ((self.starts_on and self.starts_on > on) or (self.ends_on and self.ends_on < on))


def state_of(
    *, invited: bool, unanswered: int, accepted: int, declined: int, answer_by: date | None, today: date
) -> InvitationState:
    """Return where somebody stands, from the answers about their sessions that take place."""
    if unanswered:
        if not invited:
            return InvitationState.NOT_INVITED
        return InvitationState.LATE if answer_by is not None and answer_by < today else InvitationState.WAITING
    if accepted:
        return InvitationState.ACCEPTED
    return InvitationState.DECLINED if declined else InvitationState.NOTHING_LEFT


def language_of(*candidates: str | None) -> str:
    """Return the first of some languages in which we write; French where none is."""
    return next((code for code in candidates if code in LANGUAGES), LANGUAGES[0])


def check_may_invite(*, name: str, email: str, sessions: int, status: EditionStatus) -> None:
    """Raise `EditionInvitesNobody`, `NothingToSay` or `SpeakerWithoutAddress` unless somebody may be asked to speak.

    `sessions` counts those of the edition in which they are named and which are not cancelled.
    """
    if status not in INVITES:
        raise EditionInvitesNobody(status=EDITION_STATUS_NAMES[status])
    if not sessions:
        raise NothingToSay(name=name)
    if not email:
        raise SpeakerWithoutAddress(name=name)


def check_answer_by(day: date | None, *, today: date, first_day: date | None) -> None:
    """Raise `AnswerByPast` or `AnswerByTooLate` unless answers may be asked for by a day."""
    if day is None:
        return
    if day < today:
        raise AnswerByPast(field="answer_by")
    if first_day is not None and day >= first_day:
        raise AnswerByTooLate(day=f"{first_day:%d/%m/%Y}", field="answer_by")


def check_may_send_again(sent_at: datetime | None, *, now: datetime) -> None:
    """Raise `JustSent` where the same invitation left a moment ago."""
    if sent_at is not None and now - sent_at < SENT_TWICE:
        raise JustSent


def link_until(last_day: date | None) -> date | None:
    """Return the last day on which an invitation's link opens; None while the edition has no dates."""
    return None if last_day is None else last_day + timedelta(days=LINK_DAYS)


def check_link(last_day: date | None, *, today: date) -> None:
    """Raise `LinkExpired` once an invitation's link has served."""
    until = link_until(last_day)
    if until is not None and today > until:
        raise LinkExpired


def answers_until(starts_at: datetime | None, last_day: date | None, zone: ZoneInfo) -> datetime | None:
    """Return until when an answer may change: the session's beginning, else the end of the edition; None: no limit."""
    if starts_at is not None:
        return starts_at
    return None if last_day is None else datetime.combine(last_day + timedelta(days=1), time(), zone)


def check_may_answer(
    *,
    title: str,
    edition: EditionStatus,
    session: SessionStatus,
    starts_at: datetime | None,
    last_day: date | None,
    zone: ZoneInfo,
    now: datetime,
) -> None:
    """Raise `AnswersAreClosed`, `NothingToAnswer` or `SessionIsOver` unless an answer may be given, or changed."""
    if edition not in ANSWERS:
        raise AnswersAreClosed(status=EDITION_STATUS_NAMES[edition])
    if session is SessionStatus.CANCELLED:
        raise NothingToAnswer(title=title)
    until = answers_until(starts_at, last_day, zone)
    if until is not None and now >= until:
        raise SessionIsOver(title=title)


def choosable(mandates: Iterable[MandateHeld], *, on: date | None) -> list[int]:
    """Return the mandates as which somebody may speak at an edition whose first day is `on`."""
    return [mandate.pk for mandate in mandates if mandate.in_force(on)]


def check_in_force(mandate: MandateHeld, *, on: date | None) -> None:
    """Raise `MandateEnded` or `MandateNotBegun` unless a mandate is held on an edition's first day."""
    if mandate.in_force(on):
        return
    if mandate.ends_on is not None and on is not None and mandate.ends_on < on:
        raise MandateEnded(day=f"{mandate.ends_on:%d/%m/%Y}", field="mandate")
    raise MandateNotBegun(day=f"{mandate.starts_on:%d/%m/%Y}", field="mandate")


def check_mandate(chosen: int | None, mandates: Sequence[MandateHeld], *, on: date | None) -> None:
    """Raise `MandateEnded`, `MandateNotBegun` or `MandateToChoose` unless somebody may speak as what they chose.

    Who holds no mandate on the edition's first day speaks in their own name. A mandate that is not theirs counts as
    none.
    """
    held = next((mandate for mandate in mandates if mandate.pk == chosen), None)
    if held is not None:
        check_in_force(held, on=on)
    elif chosen is not None or choosable(mandates, on=on):
        raise MandateToChoose(field="mandate")


def is_withdrawal(before: InterventionAnswer, after: InterventionAnswer) -> bool:
    """Tell whether somebody who had accepted takes it back: the desk has to find another."""
    return before is InterventionAnswer.ACCEPTED and after is InterventionAnswer.DECLINED


def check_may_remind(
    *, name: str, sent_at: datetime | None, reminded_at: datetime | None, reminders: int, unanswered: int, now: datetime
) -> None:
    """Raise `NotInvitedYet`, `AnsweredAlready`, `RemindedEnough` or `RemindedToday` unless a human may remind somebody.

    The clock is stricter: `reminder_due`.
    """
    if sent_at is None:
        raise NotInvitedYet(name=name)
    if not unanswered:
        raise AnsweredAlready(name=name)
    if reminders >= MOST_REMINDERS:
        raise RemindedEnough(name=name, times=reminders)
    if now - max(sent_at, reminded_at or sent_at) < timedelta(days=1):
        raise RemindedToday(name=name)


def reminder_due(
    *,
    status: EditionStatus,
    sent_at: datetime | None,
    reminded_at: datetime | None,
    reminders: int,
    open_until: Collection[datetime | None],
    answer_by: date | None,
    now: datetime,
    zone: ZoneInfo,
) -> bool:
    """Tell whether the clock reminds somebody at `now`.

    `open_until` holds, for each session about which they have not answered, until when they can (None: no limit).
    They are reminded where one can still be answered, the invitation left `REMIND_AFTER` ago, the day by which an
    answer was asked for is near or past, and neither too often nor too soon after the last time.
    """
    if status not in INVITES or sent_at is None or reminders >= MOST_REMINDERS:
        return False
    if not any(until is None or now < until for until in open_until):
        return False
    if now - sent_at < REMIND_AFTER or (reminded_at is not None and now - reminded_at < BETWEEN_REMINDERS):
        return False
    asked_for = answer_by or (sent_at + PATIENCE).astimezone(zone).date()
    return now.astimezone(zone).date() >= asked_for - NEAR
