"""Which photographs the public sees: those of the latest release of each edition."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery

from parvis.models import Intervention, Person, Release


def published_photographs(*, person_id: int | None = None) -> set[str]:
    """Return the files that the latest releases show, as they are named in the store (`photographs/….jpg`).

    With `person_id` only of the editions at which that person is to speak. Reads one release at a time: each is large.
    """
    latest = Release.objects.filter(edition=OuterRef("edition")).order_by("-number").values("pk")[:1]
    rows = Release.objects.filter(pk=Subquery(latest))
    if person_id is not None:
        spoken = Intervention.objects.filter(person_id=person_id).values("session__edition_id")
        rows = rows.filter(edition_id__in=spoken)
    found = set()
    for payload in rows.values_list("payload", flat=True).iterator(chunk_size=1):
        addresses = (speaker.get("photograph") or "" for speaker in payload.get("speakers", []))
        found |= {name_of(address) for address in addresses if address}
    return found


def name_of(address: str) -> str:
    """Return the name in the store of a photograph that a release shows at an address."""
    return "/".join(address.rsplit("/", 2)[-2:])


def kept_photographs() -> set[str]:
    """Return the files that people have as their photograph. One query."""
    return set(Person.objects.exclude(photograph="").values_list("photograph", flat=True))
