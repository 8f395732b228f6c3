"""A morning that screens and devices show: who is where at a quarter to ten is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from parvis.models import Edition, Placement, Session
from tests.factories.editions import fill

QUARTER_TO_TEN = datetime(2023, 9, 18, 7, 45, tzinfo=UTC)  # in Paris: session 0 runs in room 0


def a_morning(edition: Edition) -> None:
    """Fill an edition; session 0 is a workshop for members in room 0 from 9.30 to 11, session 6 follows it at 11.30."""
    fill(edition, sessions=12, speakers=9, attendees=20, organisations=24)
    begins = datetime(2023, 9, 18, 7, 30, tzinfo=UTC)
    Session.objects.filter(code="S000").update(format="workshop", members_only=True, interpreted=["en", "es"])
    Placement.objects.filter(session__code="S000").update(starts_at=begins, ends_at=begins + timedelta(minutes=90))
