"""When a call takes proposals, when they are read, and until when slots are chosen. Times are the venue's, aware.

A call is open from `opens_at` until `closes_at`, to the second, without grace. A draft saved before the closing may be
submitted only before it. What was being typed when a call closed is kept as a draft, so that nothing is lost.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from parvis.domain.editions import EDITION_STATUS_NAMES, EditionStatus
from parvis.domain.refusals import N_, Refusal

# The public reads of calls, and proposes, while the edition is one of these. After the last day calls are history.
_TAKES_PROPOSALS: frozenset[EditionStatus] = frozenset(EditionStatus) - {
    EditionStatus.DRAFT,
    EditionStatus.CANCELLED,
    EditionStatus.ARCHIVED,
}
# How long before a date those who have still to act are reminded.
REMINDED_BEFORE = (timedelta(days=3), timedelta(days=1))


class CallOpensLater(Refusal):
    """A call takes proposals from a set time."""

    sentence = N_("This call opens on %(day)s at %(time)s.")


class CallClosed(Refusal):
    """A call takes proposals until a set time, and not a minute longer."""

    sentence = N_("This call closed on %(day)s at %(time)s: nothing can be submitted to it any more.")


class CallClosedWhileTyping(Refusal):
    """What was typed when the call closed is kept, though it cannot be submitted."""

    sentence = N_(
        "The call closed on %(day)s at %(time)s, while you were writing. Your text is kept as a draft, but it can no "
        "longer be submitted. Write to the organisers: they alone can still take it in."
    )


class EditionTakesNoProposals(Refusal):
    """A cancelled or archived edition has no slots to give."""

    sentence = N_("This edition is “%(status)s”: nothing can be proposed for it.")


class CallDatesOutOfOrder(Refusal):
    """A call closes after it opens."""

    sentence = N_("The call closes before it opens: check the two dates.")


class SlotsChosenTooEarly(Refusal):
    """Slots are chosen after the call has closed."""

    sentence = N_("Slots are chosen once the call has closed: give a later date.")


class ChoosingIsOver(Refusal):
    """Slots are chosen until a set time."""

    sentence = N_("Slots could be chosen until %(day)s at %(time)s. Write to the organisers.")


class CallStillOpen(Refusal):
    """Proposals are read and decided on once their texts no longer change."""

    sentence = N_("The call is open until %(day)s at %(time)s: proposals may still change. Wait until it has closed.")


def _said(moment: datetime) -> dict[str, str]:
    return {"day": f"{moment:%d/%m/%Y}", "time": f"{moment:%H:%M}"}


def check_dates(*, opens_at: datetime, closes_at: datetime, choose_by: datetime | None) -> None:
    """Raise `CallDatesOutOfOrder` or `SlotsChosenTooEarly` unless the dates of a call follow one another."""
    if closes_at <= opens_at:
        raise CallDatesOutOfOrder(field="closes_at")
    if choose_by is not None and choose_by <= closes_at:
        raise SlotsChosenTooEarly(field="choose_by")


def takes_proposals(status: EditionStatus) -> bool:
    """Tell whether an edition has slots to give."""
    return status in _TAKES_PROPOSALS


def is_public(*, status: EditionStatus, opens_at: datetime, now: datetime) -> bool:
    """Tell whether the public may read a call: from its opening on, while the edition is announced and not called off.

    What is prepared stays the organisers' until it opens.
    """
    return takes_proposals(status) and now >= opens_at


def is_open(*, status: EditionStatus, opens_at: datetime, closes_at: datetime, now: datetime) -> bool:
    """Tell whether a call takes proposals at `now`."""
    return is_public(status=status, opens_at=opens_at, now=now) and now < closes_at


def check_edition(status: EditionStatus) -> None:
    """Raise `EditionTakesNoProposals` unless an edition has slots to give."""
    if not takes_proposals(status):
        raise EditionTakesNoProposals(status=EDITION_STATUS_NAMES[status])


def check_open(*, status: EditionStatus, opens_at: datetime, closes_at: datetime, now: datetime) -> None:
    """Raise `EditionTakesNoProposals`, `CallOpensLater` or `CallClosed` unless a call takes proposals at `now`."""
    check_edition(status)
    if now < opens_at:
        raise CallOpensLater(**_said(opens_at))
    if now >= closes_at:
        raise CallClosed(**_said(closes_at))


def check_may_keep_draft(
    *, status: EditionStatus, opens_at: datetime, closes_at: datetime, shown_at: datetime | None, now: datetime
) -> None:
    """Raise what `check_open` raises unless a new draft may be kept: also after the closing, if its form was open then.

    `shown_at` is when the form was shown, None where nobody can tell.
    """
    if shown_at is not None and opens_at <= shown_at < closes_at:
        now = min(now, shown_at)
    check_open(status=status, opens_at=opens_at, closes_at=closes_at, now=now)


def check_closed(*, closes_at: datetime, now: datetime) -> None:
    """Raise `CallStillOpen` while the texts of proposals may still change."""
    if now < closes_at:
        raise CallStillOpen(**_said(closes_at))


def check_may_choose(*, choose_by: datetime | None, now: datetime) -> None:
    """Raise `ChoosingIsOver` once slots can no longer be chosen; without a date they can until the edition is over."""
    if choose_by is not None and now >= choose_by:
        raise ChoosingIsOver(**_said(choose_by))


def closed_while_typing(closes_at: datetime) -> CallClosedWhileTyping:
    """Return the refusal that says that a text was kept though the call had closed."""
    return CallClosedWhileTyping(**_said(closes_at))


def reminder_due(*, until: datetime, now: datetime) -> timedelta | None:
    """Return which of `REMINDED_BEFORE` is due before `until` at `now`, None where none is: the nearest counts."""
    due = [before for before in REMINDED_BEFORE if until - before <= now < until]
    return min(due, default=None)
