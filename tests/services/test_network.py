"""Organisations, memberships, groups and presidencies: who may change them, what is refused, what is logged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from parvis.domain.access import PUBLIC, Actor
from parvis.domain.changes import AlreadyThere, PeriodOutOfOrder, StillReferredTo, TextMissing, TextTooLong
from parvis.domain.network.finding import InseeCodeMalformed, OrganisationNotFound, OrganisationShared, SirenWrong
from parvis.domain.network.kinds import OrganisationKind
from parvis.domain.network.memberships import DuesPaidTooEarly, MembershipYearImpossible
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound
from parvis.models import Group, GroupPresidency, Honour, LogEntry, Membership, Organisation, Session
from parvis.queries.versions import version_of
from parvis.services import network
from tests.factories.editions import an_edition, an_organisation
from tests.factories.network import a_group, a_mandate, a_person, a_presidency

pytestmark = pytest.mark.django_db
NOW = datetime(2023, 6, 1, 9, tzinfo=UTC)
THIES = {"kind": "foreign_authority", "name_fr": "Thiès", "country": "SN"}


def last_entry() -> LogEntry:
    return LogEntry.objects.latest("id")


def saved(actor: Actor, organisation: Organisation | None = None, *, seen: str = "", **values: Any) -> Organisation:
    pk = None if organisation is None else organisation.pk
    return network.save_organisation(actor=actor, organisation_id=pk, values=values, seen=seen, now=NOW)


@pytest.mark.parametrize(
    "act",
    [
        lambda actor: network.add_authority(actor=actor, code="21231"),
        lambda actor: network.save_organisation(actor=actor, organisation_id=None, values=THIES),
        lambda actor: network.delete_organisation(actor=actor, organisation_id=1),
        lambda actor: network.record_membership(actor=actor, organisation_id=1, year=2023),
        lambda actor: network.remove_membership(actor=actor, organisation_id=1, year=2023),
        lambda actor: network.save_group(actor=actor, group_id=None, values={"name_fr": "x"}),
        lambda actor: network.delete_group(actor=actor, group_id=1),
        lambda actor: network.add_presidency(actor=actor, group_id=1, mandate_id=1),
        lambda actor: network.date_presidency(actor=actor, presidency_id=1, starts_on=None, ends_on=None),
        lambda actor: network.remove_presidency(actor=actor, presidency_id=1),
    ],
)
def test_only_who_may_change_the_network_does(
    act: Callable[[Actor], object], read_only: Actor, door: Actor, press: Actor
) -> None:
    for actor in (read_only, door, press, PUBLIC):
        with pytest.raises(NotAllowed):
            act(actor)
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda actor: network.save_organisation(actor=actor, organisation_id=0, values=THIES),
        lambda actor: network.delete_organisation(actor=actor, organisation_id=0),
        lambda actor: network.record_membership(actor=actor, organisation_id=0, year=2023),
        lambda actor: network.save_group(actor=actor, group_id=0, values={"name_fr": "x"}),
        lambda actor: network.delete_group(actor=actor, group_id=0),
        lambda actor: network.add_presidency(actor=actor, group_id=0, mandate_id=0),
        lambda actor: network.date_presidency(actor=actor, presidency_id=0, starts_on=None, ends_on=None),
        lambda actor: network.remove_presidency(actor=actor, presidency_id=0),
    ],
)
def test_what_does_not_exist_is_not_found(act: Callable[[Actor], object], organiser: Actor) -> None:
    with pytest.raises(NotFound):
        act(organiser)


def test_an_authority_is_added_once_with_the_codes_of_the_table(organiser: Actor) -> None:
    dijon = network.add_authority(actor=organiser, code="21231")
    assert (dijon.insee_code, dijon.siren, dijon.country, dijon.departement) == ("21231", "212102313", "FR", "21")
    for again in ({"code": "212102313"}, {"name": "Mairie de Dijon"}, {"name": "dijon"}):
        assert network.add_authority(actor=organiser, **again).pk == dijon.pk
    assert LogEntry.objects.filter(action="organisation.proposed").count() == 1
    aude = network.add_authority(actor=organiser, code="11")
    region = network.add_authority(actor=organiser, code="11", kind=OrganisationKind.REGION)
    assert (aude.name_fr, region.name_fr) == ("Aude", "Île-de-France")
    with pytest.raises(network.AuthorityUnknown):
        network.add_authority(actor=organiser, code="99999")
    with pytest.raises(OrganisationNotFound):
        network.add_authority(actor=organiser, name="Trifouillis-les-Oies")
    with pytest.raises(OrganisationShared):
        network.add_authority(actor=organiser, name="Saint-Denis")


def test_an_organisation_is_made_found_and_changed(organiser: Actor) -> None:
    made = saved(organiser, **THIES, siren="", insee_code="")
    assert (made.slug, made.folded) == ("thies", "thies")
    assert (last_entry().action, last_entry().details) == ("organisation.created", {})
    changed = saved(organiser, made, seen=version_of(Organisation.objects.get(pk=made.pk)), name_en="City of Thiès")
    assert changed.folded == "thies | city of thies"
    assert last_entry().details == {"changes": {"name_en": [None, "City of Thiès"]}}
    before = LogEntry.objects.count()
    saved(organiser, made, name_fr="Thiès")
    assert LogEntry.objects.count() == before  # nothing differs, nothing is told


def test_a_page_that_is_old_overwrites_nothing(organiser: Actor) -> None:
    row = Organisation.objects.get(pk=saved(organiser, **THIES).pk)
    seen = version_of(row)
    saved(organiser, row, short_name="TH")
    with pytest.raises(ChangedMeanwhile) as refusal:
        saved(organiser, row, seen=seen, short_name="XX")
    assert refusal.value.params["who"] == organiser.label
    row.refresh_from_db()
    assert row.short_name == "TH"


@pytest.mark.parametrize(
    ("values", "refusal", "field"),
    [
        ({"name_fr": "  "}, TextMissing, "name_fr"),
        ({"name_fr": "x" * 251}, TextTooLong, "name_fr"),
        ({"insee_code": "ABCDE"}, InseeCodeMalformed, "insee_code"),
        ({"siren": "12345"}, SirenWrong, "siren"),
        ({"siren": "123 456 789"}, AlreadyThere, "siren"),
    ],
)
def test_what_is_wrong_is_refused_beside_its_field(
    values: dict[str, str], refusal: type[Exception], field: str, organiser: Actor
) -> None:
    taken = an_organisation("Prise", kind="foreign_authority")
    Organisation.objects.filter(pk=taken.pk).update(siren="123456789")
    with pytest.raises(refusal) as raised:
        saved(organiser, **{**THIES, **values})
    assert raised.value.field == field  # type: ignore[attr-defined]
    assert Organisation.objects.count() == 1


def test_a_code_may_be_borne_once_by_each_kind(organiser: Actor) -> None:
    first = saved(organiser, kind="commune", name_fr="A", siren="123456789")
    second = saved(organiser, kind="epci", name_fr="B", siren="123456789")
    with pytest.raises(AlreadyThere):
        saved(organiser, second, kind="commune")
    assert saved(organiser, first, siren=" 123 456 789 ").siren == "123456789"


def test_parts_make_no_circle(organiser: Actor) -> None:
    top, middle, low = (an_organisation(name) for name in ("Haut", "Milieu", "Bas"))
    saved(organiser, middle, parent_id=top.pk)
    saved(organiser, low, parent_id=middle.pk)
    for parent in (top, middle, low):
        with pytest.raises(network.PartOfItself):
            saved(organiser, top, parent_id=parent.pk)
    assert saved(organiser, low, parent_id=None).parent is None
    with pytest.raises(NotFound):
        saved(organiser, low, parent_id=0)


def test_a_field_that_nobody_knows_is_a_mistake_of_the_caller(organiser: Actor) -> None:
    with pytest.raises(TypeError):
        saved(organiser, **THIES, slug="autre")


def test_deleting_names_what_rests_on_it(organiser: Actor) -> None:
    town = an_organisation("Lyon")
    mandate = a_mandate(a_person(), town)
    Membership.objects.create(organisation=town, year=2023)
    with pytest.raises(StillReferredTo) as refusal:
        network.delete_organisation(actor=organiser, organisation_id=town.pk)
    assert refusal.value.params == {"what": "Lyon", "references": "1 × Mandat"}
    mandate.delete()
    network.delete_organisation(actor=organiser, organisation_id=town.pk)
    assert (last_entry().action, last_entry().details) == ("organisation.deleted", {"membership": 1})
    assert not Membership.objects.exists()


def test_memberships_are_recorded_once_a_year(organiser: Actor) -> None:
    town = an_organisation("Lyon")

    def record(year: int, paid: date | None = None) -> Membership:
        return network.record_membership(
            actor=organiser, organisation_id=town.pk, year=year, dues_paid_on=paid, now=NOW
        )

    first = record(2023)
    assert record(2023).pk == first.pk
    assert LogEntry.objects.count() == 1
    assert record(2023, date(2023, 2, 1)).dues_paid_on == date(2023, 2, 1)
    assert last_entry().details == {"year": 2023, "dues_paid_on": "2023-02-01"}
    assert last_entry().subject_id == town.pk
    assert record(2024).year == 2024  # next year's
    for year in (1899, 2025):
        with pytest.raises(MembershipYearImpossible):
            record(year)
    with pytest.raises(DuesPaidTooEarly):
        record(2023, date(2021, 12, 31))
    network.remove_membership(actor=organiser, organisation_id=town.pk, year=2023)
    assert list(Membership.objects.values_list("year", flat=True)) == [2024]
    assert last_entry().action == "organisation.membership_removed"
    with pytest.raises(NotFound):
        network.remove_membership(actor=organiser, organisation_id=town.pk, year=2023)


def test_groups_are_named_once(organiser: Actor) -> None:
    values = {"kind": "country", "name_fr": "Groupe-pays Mali", "countries": ["ML"]}
    group = network.save_group(actor=organiser, group_id=None, values=values)
    assert (group.code, last_entry().action) == ("groupe-pays-mali", "group.created")
    with pytest.raises(AlreadyThere):
        network.save_group(actor=organiser, group_id=None, values=values)
    with pytest.raises(TextMissing):
        network.save_group(actor=organiser, group_id=group.pk, values={"name_fr": ""})
    seen = version_of(Group.objects.get(pk=group.pk))
    network.save_group(actor=organiser, group_id=group.pk, values={"countries": ["ML", "SN"]}, seen=seen)
    assert last_entry().details == {"changes": {"countries": [["ML"], ["ML", "SN"]]}}
    with pytest.raises(ChangedMeanwhile):
        network.save_group(actor=organiser, group_id=group.pk, values={"name_en": "Mali"}, seen=seen)


def test_a_presidency_is_recorded_dated_and_taken_away(organiser: Actor) -> None:
    group, mandate = a_group(), a_mandate(a_person(), an_organisation("Lyon"))

    def add(starts_on: date | None = None, ends_on: date | None = None) -> GroupPresidency:
        return network.add_presidency(
            actor=organiser, group_id=group.pk, mandate_id=mandate.pk, starts_on=starts_on, ends_on=ends_on
        )

    with pytest.raises(PeriodOutOfOrder):
        add(date(2023, 1, 2), date(2023, 1, 1))
    row = add(date(2021, 1, 1))
    assert last_entry().action == "grouppresidency.created"
    with pytest.raises(AlreadyThere):
        add(date(2021, 1, 1))
    with pytest.raises(NotFound) as refusal:
        network.add_presidency(actor=organiser, group_id=group.pk, mandate_id=0)
    assert refusal.value.field == "mandate"
    again = add(date(2023, 1, 1))
    with pytest.raises(AlreadyThere):
        network.date_presidency(actor=organiser, presidency_id=again.pk, starts_on=date(2021, 1, 1), ends_on=None)
    with pytest.raises(PeriodOutOfOrder):
        network.date_presidency(
            actor=organiser, presidency_id=row.pk, starts_on=date(2021, 1, 1), ends_on=date(2020, 1, 1)
        )
    seen = version_of(GroupPresidency.objects.get(pk=row.pk))
    network.date_presidency(
        actor=organiser, presidency_id=row.pk, starts_on=date(2021, 1, 1), ends_on=date(2022, 12, 31), seen=seen
    )
    assert last_entry().details == {"changes": {"ends_on": [None, "2022-12-31"]}}
    with pytest.raises(ChangedMeanwhile):
        network.date_presidency(actor=organiser, presidency_id=row.pk, starts_on=None, ends_on=None, seen=seen)


def test_who_was_honoured_stays_and_a_group_that_is_presided_too(organiser: Actor) -> None:
    edition = an_edition()
    group = a_group()
    row = a_presidency(group, a_mandate(a_person(), an_organisation("Lyon")))
    session = Session.objects.create(
        edition=edition, group=group, code="S", slug="s", format="ceremony", title_fr="S", duration_min=60
    )
    honour = Honour.objects.create(session=session, presidency=row)
    with pytest.raises(StillReferredTo):
        network.remove_presidency(actor=organiser, presidency_id=row.pk)
    with pytest.raises(StillReferredTo) as refusal:
        network.delete_group(actor=organiser, group_id=group.pk)
    assert refusal.value.params["references"] == "1 × Présidence de groupe, 1 × Séance"
    honour.delete()
    session.delete()
    network.remove_presidency(actor=organiser, presidency_id=row.pk)
    assert last_entry().action == "grouppresidency.removed"
    network.delete_group(actor=organiser, group_id=group.pk)
    assert (last_entry().action, last_entry().subject_label) == ("group.deleted", "Groupe-pays Sénégal")
