"""People with mandates, groups with presidencies and partners, made straight in the tables."""

from __future__ import annotations

from datetime import date

from parvis.domain.people.names import person_folded
from parvis.domain.text import fold
from parvis.models import Edition, Group, GroupPresidency, Mandate, Organisation, Partner, Person


def a_person(first_name: str = "Awa", last_name: str = "N’Diaye", **more: object) -> Person:
    """Return a saved person."""
    slug = fold(f"{first_name} {last_name}").replace(" ", "-")
    taken = Person.objects.filter(slug__startswith=slug).count()
    return Person.objects.create(
        slug=f"{slug}-{taken}" if taken else slug,
        first_name=first_name,
        last_name=last_name,
        folded=person_folded(first_name, last_name),
        **more,  # type: ignore[arg-type]
    )


def a_mandate(person: Person, organisation: Organisation, title: str = "Maire", **more: object) -> Mandate:
    """Return a saved mandate, the last of its person's."""
    given: dict[str, object] = {"function": "mayor", "title_fr": title, "title_en": "", **more}
    given.setdefault("position", person.mandates.count())
    return Mandate.objects.create(person=person, organisation=organisation, **given)


def a_group(name: str = "Groupe-pays Sénégal", *, kind: str = "country", countries: tuple[str, ...] = ("SN",)) -> Group:
    """Return a saved group."""
    return Group.objects.create(
        code=fold(name).replace(" ", "-"), kind=kind, name_fr=name, name_en="", countries=list(countries)
    )


def a_presidency(group: Group, mandate: Mandate, starts_on: date | None = None) -> GroupPresidency:
    """Return a saved presidency without an end."""
    return GroupPresidency.objects.create(group=group, mandate=mandate, starts_on=starts_on)


def a_partner(edition: Edition, organisation: Organisation, **more: object) -> Partner:
    """Return a saved partner."""
    given: dict[str, object] = {"kind": "funder", "mention_fr": "", "mention_en": "", **more}
    return Partner.objects.create(edition=edition, organisation=organisation, **given)
