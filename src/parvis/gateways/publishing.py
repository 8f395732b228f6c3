"""Says, inside this process, that what the public reads has changed; other processes notice by the public stamp."""

from __future__ import annotations

from django.db import transaction
from django.dispatch import Signal

public_changed = Signal()


def announce_public_change() -> None:
    """Tell listeners once the running transaction has committed (at once outside of one)."""
    transaction.on_commit(lambda: public_changed.send(sender=None))
