"""Forgetting on time; can run twice."""

from __future__ import annotations

from parvis.domain.access import system_actor
from parvis.services import photographs, retention


def forget_needs() -> int:
    """Erase the access needs and diets of editions that are over."""
    return retention.forget_needs(actor=system_actor("retention", channel="task"))


def forget_own_programmes() -> int:
    """Erase what participants chose of programmes that are over."""
    return retention.forget_own_programmes(actor=system_actor("retention", channel="task"))


def forget_invitations() -> int:
    """Close the links to invitations of editions that are over, and erase the hours that were given for them."""
    return retention.forget_invitations(actor=system_actor("retention", channel="task"))


def forget_proposals() -> int:
    """Erase who wrote the proposals of editions that are over, and whom they wanted to speak."""
    return retention.forget_proposals(actor=system_actor("retention", channel="task"))


def forget_photographs() -> int:
    """Remove the files of photographs that were replaced and that the site no longer shows."""
    return photographs.forget_photographs(actor=system_actor("retention", channel="task"))
