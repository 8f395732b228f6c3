"""Reminders about calls, sent by the clock; can run twice."""

from __future__ import annotations

from parvis.domain.access import system_actor
from parvis.services import call_reminders


def remind_about_calls() -> int:
    """Remind those whose draft would miss the closing, and those who have not chosen their slot."""
    return call_reminders.remind_by_the_clock(actor=system_actor("reminders", channel="task"))
