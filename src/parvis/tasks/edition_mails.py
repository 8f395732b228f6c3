"""Writes the mails of a cancellation or a postponement. It can run twice."""

from __future__ import annotations

from parvis.domain.access import system_actor
from parvis.services import edition_mails


def tell_called_off(entry_id: int) -> int:
    """Write what is not written yet of the mails about one step of an edition; return how many were."""
    return edition_mails.tell_called_off(actor=system_actor("mails"), entry_id=entry_id)
