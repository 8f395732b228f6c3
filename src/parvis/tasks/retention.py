"""Forgetting on time; can run twice."""

from __future__ import annotations

from parvis.domain.access import system_actor
from parvis.services import retention


def forget_needs() -> int:
    """Erase the access needs and diets of editions that are over."""
    return retention.forget_needs(actor=system_actor("retention", channel="task"))
