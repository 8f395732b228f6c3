"""Registering, changing, cancelling: whole or not at all, once, and only by those who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from parvis.domain.access import PUBLIC, Actor, system_actor
from parvis.domain.badges import check_badge_code
from parvis.domain.network.kinds import OrganisationKind
from parvis.domain.people.persons import ConsentPurpose
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound, Refusal
from parvis.domain.registration_forms import OrganisationInput, TitleMissing
from parvis.domain.registrations import (
    AddressServesAnother,
    AlreadyRegistered,
    CategoryKind,
    EditionTakesNobody,
    OnlyTheDeskMayChange,
    PersonAlreadyRegistered,
    RegistrationClosed,
    RegistrationIsCancelled,
    RegistrationOpensLater,
    RegistrationSource,
    TooLateToChange,
)
from parvis.models import Badge, Consent, Delegation, LogEntry, Mail, Mandate, Organisation, Person, Registration
from parvis.queries.registrations import access_by_token, actor_by_link, form_of
from parvis.services import badges
from parvis.services.categories import CategoryNotOffered
from parvis.services.organisations import OrganisationAmbiguous, OrganisationUnknown
from parvis.services.registrations import (
    cancel_registration,
    change_registration,
    confirm_registration,
    register_participant,
    resend_confirmation,
    resend_link_to,
    restore_registration,
)
from tests.factories.registrations import NOW, a_form, a_registration, an_open_edition

pytestmark = pytest.mark.django_db


def test_one_form_makes_everything_that_it_says() -> None:
    edition = an_open_edition()
    found = a_registration(edition)
    assert (found.status, found.source, found.registered_at) == ("confirmed", "form", NOW)
    assert found.reference.startswith("R14-")
    assert found.organisation.insee_code == "21231"
    assert found.organisation.kind == OrganisationKind.COMMUNE
    assert (found.person.folded, found.person.email) == ("benali l hote aicha", "aicha.benali@example.org")
    assert found.mandate is not None
    assert (found.mandate.title_fr, found.mandate.function) == ("Adjointe au maire", "deputy_mayor")
    assert found.delegation == Delegation.objects.get(edition=edition, organisation=found.organisation)
    assert [consent.purpose for consent in Consent.objects.all()] == ["image"]
    badge = Badge.objects.get(registration=found)
    assert check_badge_code(badge.code, badges.badge_key())
    assert list(LogEntry.objects.order_by("id").values_list("action", flat=True)) == [
        "organisation.proposed",
        "registration.created",
    ]
    assert Mail.objects.get().recipient == "aicha.benali@example.org"


def test_the_same_form_twice_is_one_registration_and_one_mail() -> None:
    edition = an_open_edition()
    key = uuid4()
    first = register_participant(actor=PUBLIC, edition_id=edition.pk, form=a_form(), form_key=key, now=NOW)
    again = register_participant(actor=PUBLIC, edition_id=edition.pk, form=a_form(), form_key=key, now=NOW)
    assert (first.created, again.created) == (True, False)
    assert first.registration.pk == again.registration.pk
    assert (Registration.objects.count(), Mail.objects.count(), LogEntry.objects.count()) == (1, 1, 2)


def test_the_same_person_twice_is_refused() -> None:
    edition = an_open_edition()
    a_registration(edition)
    with pytest.raises(AlreadyRegistered):
        a_registration(edition)
    with pytest.raises(AlreadyRegistered):
        a_registration(edition, email="autre@example.org")  # same name, same organisation
    with pytest.raises(AddressServesAnother):
        a_registration(edition, first_name="Paul")
    assert (Registration.objects.count(), Person.objects.count(), Mail.objects.count()) == (1, 1, 1)


def test_the_desk_is_told_where_the_first_one_is(organiser: Actor) -> None:
    edition = an_open_edition()
    first = a_registration(edition)
    with pytest.raises(PersonAlreadyRegistered) as refusal:
        register_participant(
            actor=organiser, edition_id=edition.pk, form=a_form(), form_key=uuid4(), source=RegistrationSource.DESK
        )
    assert refusal.value.params["reference"] == first.reference


def test_a_namesake_elsewhere_is_another_person() -> None:
    edition = an_open_edition()
    a_registration(edition)
    a_registration(edition, email="aicha@lyon.example", organisation=OrganisationInput(name="Métropole de Lyon"))
    assert Person.objects.count() == 2


def test_a_person_known_from_before_is_found_again_and_not_overwritten() -> None:
    first = a_registration(an_open_edition(13, slug="2022"))
    again = a_registration(an_open_edition(), phone="+33 1 11 11 11 11", title="Maire")
    assert again.person_id == first.person_id
    assert Person.objects.get().phone == "+33 6 00 00 00 00"
    assert Mandate.objects.count() == 2


def test_the_public_cannot_join_itself_to_somebody_elses_record() -> None:
    edition = an_open_edition()
    found = a_registration(an_open_edition(13, slug="2022"))
    Person.objects.update(email="")
    mine = a_registration(edition, email="else@example.org")
    assert mine.person_id != found.person_id
    assert Person.objects.get(pk=found.person_id).email == ""


@pytest.mark.parametrize(
    ("edition", "refusal"),
    [
        ({"registration_opens_at": NOW + timedelta(days=1)}, RegistrationOpensLater),
        ({"registration_closes_at": NOW}, RegistrationClosed),
    ],
)
def test_the_window_binds_the_public_and_not_the_desk(
    edition: dict[str, object], refusal: type[Refusal], organiser: Actor
) -> None:
    closed = an_open_edition(**edition)
    with pytest.raises(refusal):
        a_registration(closed)
    made = register_participant(
        actor=organiser,
        edition_id=closed.pk,
        form=a_form(email=""),
        form_key=uuid4(),
        source=RegistrationSource.DESK,
        now=NOW,
    )
    assert made.created
    assert not Mail.objects.exists()


def test_nobody_registers_for_a_cancelled_edition(organiser: Actor) -> None:
    edition = an_open_edition()
    edition.status = "cancelled"
    edition.save()
    for actor, source in ((PUBLIC, RegistrationSource.FORM), (organiser, RegistrationSource.DESK)):
        with pytest.raises(EditionTakesNobody):
            register_participant(
                actor=actor, edition_id=edition.pk, form=a_form(), form_key=uuid4(), source=source, now=NOW
            )


def test_roles_bind_in_the_service(read_only: Actor, door: Actor) -> None:
    edition = an_open_edition()
    for actor in (PUBLIC, read_only, door):
        with pytest.raises(NotAllowed):
            register_participant(
                actor=actor, edition_id=edition.pk, form=a_form(), form_key=uuid4(), source=RegistrationSource.DESK
            )
    walk_in = register_participant(
        actor=door,
        edition_id=edition.pk,
        form=a_form(email=""),
        form_key=uuid4(),
        source=RegistrationSource.WALK_IN,
        now=NOW,
    )
    assert walk_in.registration.source == "walk_in"
    found = a_registration(edition, email="b@example.org", last_name="Autre")
    with pytest.raises(NotAllowed):
        cancel_registration(actor=read_only, registration_id=found.pk)
    with pytest.raises(NotFound):
        cancel_registration(actor=PUBLIC, registration_id=found.pk)
    with pytest.raises(NotAllowed):
        confirm_registration(actor=door, registration_id=found.pk)


def test_a_refused_form_leaves_nothing_behind() -> None:
    edition = an_open_edition()
    with pytest.raises(TitleMissing):
        a_registration(edition, title="")
    with pytest.raises(CategoryNotOffered):
        a_registration(edition, category=CategoryKind.TEAM)
    assert not Person.objects.exists()
    assert not Mail.objects.exists()
    assert Organisation.objects.count() == 1  # the federation


def test_a_rollback_leaves_no_mail() -> None:
    edition = an_open_edition()

    class Failure(Exception):
        pass

    with pytest.raises(Failure), transaction.atomic():
        a_registration(edition)
        raise Failure
    assert not Mail.objects.exists()
    assert not Registration.objects.exists()


def test_an_organisation_is_recognised_chosen_or_added() -> None:
    edition = an_open_edition()
    with pytest.raises(OrganisationAmbiguous):
        a_registration(edition, organisation=OrganisationInput(name="Saint-Denis"))
    with pytest.raises(OrganisationUnknown):
        a_registration(
            edition, organisation=OrganisationInput(name="Zzyx Conseil Qwert"), category=CategoryKind.PARTNER
        )
    chosen = a_registration(
        edition,
        organisation=OrganisationInput(name="Saint-Denis", code="93066", kind=OrganisationKind.COMMUNE),
    )
    assert chosen.organisation.departement == "93"
    with pytest.raises(OrganisationAmbiguous):  # that one of the namesakes has come does not make it the one
        a_registration(edition, email="z@example.org", organisation=OrganisationInput(name="Saint-Denis"))
    abroad = a_registration(
        edition,
        email="b@example.org",
        organisation=OrganisationInput(name="Ville de Dakar", country="SN"),
    )
    assert (abroad.organisation.kind, abroad.organisation.country) == ("foreign_authority", "SN")
    with pytest.raises(OrganisationAmbiguous):
        a_registration(edition, email="c@example.org", organisation=OrganisationInput(name="Dakar", country="SN"))
    same = a_registration(
        edition,
        email="d@example.org",
        last_name="Sarr",
        organisation=OrganisationInput(name="ville de dakar", country="SN"),
    )
    assert same.organisation_id == abroad.organisation_id
    added = a_registration(
        edition,
        email="e@example.org",
        organisation=OrganisationInput(name="Zzyx Conseil Qwert", kind=OrganisationKind.COMPANY, add_as_new=True),
    )
    assert added.organisation.kind == "company"


def test_the_holder_of_the_link_changes_what_concerns_their_coming() -> None:
    found = access_by_token(a_registration(an_open_edition()).manage_token)
    actor = actor_by_link(found)
    wanted = replace(
        form_of(found),
        title="Maire",
        diet="",
        access_needs="Fauteuil roulant",
        consents=frozenset({ConsentPurpose.LISTED}),
    )
    changed = change_registration(actor=actor, registration_id=found.pk, form=wanted, now=NOW + timedelta(hours=1))
    assert (changed.diet, changed.access_needs) == ("", "Fauteuil roulant")
    assert changed.mandate is not None
    assert changed.mandate.title_fr == "Maire"
    assert list(Consent.objects.filter(withdrawn_at__isnull=True).values_list("purpose", flat=True)) == ["listed"]
    assert Consent.objects.get(purpose="image").withdrawn_at == NOW + timedelta(hours=1)
    assert Mail.objects.count() == 1
    for other in (
        {"last_name": "Autre"},
        {"email": "autre@example.org"},
        {"category": CategoryKind.PARTNER},
        {"organisation": OrganisationInput(name="Lyon")},
    ):
        with pytest.raises(OnlyTheDeskMayChange):
            change_registration(actor=actor, registration_id=found.pk, form=replace(wanted, **other), now=NOW)


def test_the_desk_changes_the_address_and_the_ticket_follows(organiser: Actor) -> None:
    found = access_by_token(a_registration(an_open_edition()).manage_token)
    wanted = replace(form_of(found), email="neu@example.org", organisation=OrganisationInput(name="Dijon Métropole"))
    changed = change_registration(actor=organiser, registration_id=found.pk, form=wanted, now=NOW)
    assert changed.organisation.kind == "epci"
    assert changed.delegation is not None
    assert changed.delegation.organisation_id == changed.organisation_id
    assert sorted(Mail.objects.values_list("recipient", flat=True)) == ["aicha.benali@example.org", "neu@example.org"]
    entry = LogEntry.objects.filter(action="registration.changed").get()
    assert entry.details == {"fields": ["email", "organisation"]}


def test_nobody_overwrites_what_they_have_not_seen(organiser: Actor) -> None:
    found = access_by_token(a_registration(an_open_edition()).manage_token)
    seen = found.updated_at
    change_registration(
        actor=organiser, registration_id=found.pk, form=replace(form_of(found), diet="halal"), seen_at=seen, now=NOW
    )
    with pytest.raises(ChangedMeanwhile) as refusal:
        change_registration(
            actor=actor_by_link(found), registration_id=found.pk, form=form_of(found), seen_at=seen, now=NOW
        )
    assert refusal.value.params["who"] == organiser.label


def test_cancelling_tells_once_and_can_be_taken_back() -> None:
    edition = an_open_edition()
    found = access_by_token(a_registration(edition).manage_token)
    actor = actor_by_link(found)
    cancelled = cancel_registration(actor=actor, registration_id=found.pk, reason="  Une\nurgence ", now=NOW)
    assert (cancelled.status, cancelled.cancellation_reason) == ("cancelled", "Une urgence")
    cancel_registration(actor=actor, registration_id=found.pk, now=NOW)
    assert Mail.objects.count() == 2
    with pytest.raises(RegistrationIsCancelled):
        change_registration(actor=actor, registration_id=found.pk, form=form_of(found), now=NOW)
    restored = restore_registration(actor=actor, registration_id=found.pk, now=NOW)
    assert (restored.status, restored.cancelled_at) == ("confirmed", None)
    assert Badge.objects.filter(registration=found).count() == 1
    assert Mail.objects.count() == 3


def test_who_registered_anew_does_not_take_the_old_one_up_again() -> None:
    edition = an_open_edition()
    found = a_registration(edition)
    cancel_registration(actor=actor_by_link(found), registration_id=found.pk, now=NOW)
    a_registration(edition)
    with pytest.raises(AlreadyRegistered):
        restore_registration(actor=actor_by_link(found), registration_id=found.pk, now=NOW)


def test_after_the_last_day_only_the_desk_changes(organiser: Actor) -> None:
    edition = an_open_edition()
    found = access_by_token(a_registration(edition).manage_token)
    late = NOW.replace(year=2033, month=9, day=21, hour=12)
    with pytest.raises(TooLateToChange):
        cancel_registration(actor=actor_by_link(found), registration_id=found.pk, now=late)
    assert cancel_registration(actor=organiser, registration_id=found.pk, now=late).status == "cancelled"


def test_a_pending_one_is_confirmed_once(organiser: Actor) -> None:
    found = a_registration(an_open_edition())
    Registration.objects.update(status="pending", confirmed_at=None)
    Mail.objects.all().delete()
    for _ in range(2):
        confirmed = confirm_registration(actor=organiser, registration_id=found.pk, now=NOW)
    assert confirmed.status == "confirmed"
    assert Mail.objects.count() == 1
    assert LogEntry.objects.filter(action="registration.confirmed").count() == 1


def test_the_link_is_sent_again_at_most_once_a_minute() -> None:
    edition = an_open_edition()
    found = a_registration(edition)
    for seconds in (0, 20, 70):
        resend_confirmation(actor=actor_by_link(found), registration_id=found.pk, now=NOW + timedelta(seconds=seconds))
    assert Mail.objects.count() == 3
    resend_link_to(actor=PUBLIC, edition_id=edition.pk, email="nobody@example.org", now=NOW)
    assert Mail.objects.count() == 3
    resend_link_to(actor=PUBLIC, edition_id=edition.pk, email=" AICHA.benali@example.org", now=NOW + timedelta(days=1))
    assert Mail.objects.count() == 4


def test_a_lost_badge_is_replaced_and_the_old_one_revoked(organiser: Actor, door: Actor) -> None:
    found = a_registration(an_open_edition())
    old = Badge.objects.get()
    assert badges.issue_badge(actor=organiser, registration_id=found.pk) == old
    new = badges.replace_badge(actor=organiser, registration_id=found.pk, now=NOW)
    old.refresh_from_db()
    assert old.revoked_at == NOW
    assert new.code != old.code
    with pytest.raises(NotAllowed):
        badges.replace_badge(actor=door, registration_id=found.pk)
    with pytest.raises(NotFound):
        badges.replace_badge(actor=system_actor("test"), registration_id=0)
