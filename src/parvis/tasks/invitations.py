"""Reminders to those who are invited to speak and have not answered, sent by the clock; can run twice."""

from __future__ import annotations

from parvis.domain.access import system_actor
from parvis.services import invitations


def remind_speakers() -> int:
    """Remind those whose answer is due; return how many mails were written."""
    return invitations.remind_by_the_clock(actor=system_actor("reminders", channel="task"))
