"""Reads of editions by their address."""

from __future__ import annotations

from django.db.models import QuerySet

from parvis.domain.refusals import N_, NotFound
from parvis.models import Edition


class NoSuchEdition(NotFound):
    """An edition is known by what stands in its address."""

    sentence = N_("There is no edition “%(slug)s”.")


def find_edition_id(slug: str) -> int:
    """Return the key of the edition of an address, or raise `NoSuchEdition`. One query."""
    key = Edition.objects.filter(slug=slug).values_list("pk", flat=True).first()
    if key is None:
        raise NoSuchEdition(slug=slug)
    return key


def list_editions() -> QuerySet[Edition]:
    """Return every edition with its series and venue, the newest first."""
    return Edition.objects.select_related("series", "venue").order_by("series", "-number")
