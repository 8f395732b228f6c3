"""Partners of an edition: named once, in an order, with their words; the organisation outlives the partnership."""

from __future__ import annotations

from typing import Any

import pytest

from parvis.domain.access import PUBLIC, Actor
from parvis.domain.changes import AlreadyThere, TextTooLong
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound
from parvis.models import Edition, LogEntry, Organisation, Partner
from parvis.queries.versions import version_of
from parvis.services import partners
from tests.factories.editions import an_edition, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return an_edition()


@pytest.fixture
def agency() -> Organisation:
    return an_organisation("Agence", kind="agency")


def save(
    actor: Actor,
    edition: Edition,
    organisation: Organisation,
    row: Partner | None = None,
    seen: str = "",
    **values: Any,
) -> Partner:
    return partners.save_partner(
        actor=actor,
        edition_id=edition.pk,
        partner_id=None if row is None else row.pk,
        organisation_id=organisation.pk,
        values={"kind": "funder", **values},
        seen=seen,
    )


def test_only_who_may_change_the_network_does(
    edition: Edition, agency: Organisation, organiser: Actor, read_only: Actor, door: Actor, press: Actor
) -> None:
    made = save(organiser, edition, agency)
    for actor in (read_only, door, press, PUBLIC):
        with pytest.raises(NotAllowed):
            save(actor, edition, an_organisation(f"Autre {actor.label}"))
        with pytest.raises(NotAllowed):
            partners.remove_partner(actor=actor, partner_id=made.pk)
    assert Partner.objects.count() == 1


def test_a_partner_is_named_once_and_comes_last(edition: Edition, agency: Organisation, organiser: Actor) -> None:
    first = save(organiser, edition, agency, mention_fr="Avec  l’Agence ")
    assert (first.position, first.mention_fr) == (0, "Avec l’Agence")
    assert LogEntry.objects.latest("id").action == "partner.created"
    second = save(organiser, edition, an_organisation("Autre"), position=None, co_funder_id=agency.pk)
    assert (second.position, second.co_funder) == (1, agency)
    with pytest.raises(AlreadyThere) as refusal:
        save(organiser, edition, agency)
    assert refusal.value.field == "organisation"
    with pytest.raises(AlreadyThere):
        save(organiser, edition, agency, second)
    assert save(organiser, an_edition(13, slug="2022"), agency).position == 0


def test_what_is_wrong_is_refused(edition: Edition, agency: Organisation, organiser: Actor) -> None:
    with pytest.raises(TextTooLong):
        save(organiser, edition, agency, mention_fr="x" * 501)
    with pytest.raises(NotFound):
        partners.save_partner(
            actor=organiser, edition_id=edition.pk, partner_id=None, organisation_id=0, values={"kind": "funder"}
        )
    with pytest.raises(NotFound):
        partners.save_partner(
            actor=organiser, edition_id=0, partner_id=None, organisation_id=agency.pk, values={"kind": "funder"}
        )
    with pytest.raises(TypeError):
        save(organiser, edition, agency, edition_id=3)
    made = save(organiser, edition, agency)
    with pytest.raises(NotFound):  # from another edition's page
        save(organiser, an_edition(13, slug="2022"), agency, made)
    assert Partner.objects.count() == 1


def test_a_change_is_told_and_an_old_page_overwrites_nothing(
    edition: Edition, agency: Organisation, organiser: Actor
) -> None:
    made = Partner.objects.get(pk=save(organiser, edition, agency).pk)
    seen = version_of(made)
    save(organiser, edition, agency, made, seen, mention_en="With the Agency", co_funder_id=None)
    assert LogEntry.objects.latest("id").details == {"changes": {"mention_en": [None, "With the Agency"]}}
    with pytest.raises(ChangedMeanwhile):
        save(organiser, edition, agency, made, seen, mention_en="Another")


def test_taking_away_leaves_the_organisation(edition: Edition, agency: Organisation, organiser: Actor) -> None:
    made = save(organiser, edition, agency)
    partners.remove_partner(actor=organiser, partner_id=made.pk)
    assert LogEntry.objects.latest("id").action == "partner.removed"
    assert not Partner.objects.exists() and Organisation.objects.filter(pk=agency.pk).exists()
    with pytest.raises(NotFound):
        partners.remove_partner(actor=organiser, partner_id=made.pk)
