"""The desk's page of one registration, and what can be done there: confirmed, cancelled, undone, sent again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.models import Badge, Checkpoint, Edition, Enrolment, LogEntry, Mail, Registration, Scan, Session
from tests.factories.editions import an_edition
from tests.factories.registrations import NOW, a_registration, an_open_edition

pytestmark = pytest.mark.django_db
BASE = "/desk/2023/registrations/"


@pytest.fixture
def edition() -> Edition:
    return an_open_edition()


@pytest.fixture
def registration(edition: Edition) -> Registration:
    return a_registration(edition)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def a_session(edition: Edition, n: int = 0) -> Session:
    return Session.objects.create(
        edition=edition, code=f"S{n}", slug=f"s{n}", format="workshop", title_fr=f"Séance {n}", duration_min=60
    )


def a_door(edition: Edition, code: str = "entree") -> Checkpoint:
    return Checkpoint.objects.get_or_create(
        edition=edition, code=code, defaults={"kind": "entrance", "name_fr": "Entrée principale"}
    )[0]


def a_scan(registration: Registration, minutes: int = 0, **more: object) -> Scan:
    at = datetime(2033, 9, 19, 6, 40, tzinfo=UTC) + timedelta(minutes=minutes)
    given: dict[str, object] = {"verdict": "admitted", "scanned_at": at, "received_at": at, **more}
    return Scan.objects.create(id=uuid4(), checkpoint=a_door(registration.edition), registration=registration, **given)


def main_of(shown: str) -> str:
    return shown.partition('<main id="main"')[2].partition("</main>")[0]


def test_the_page_tells_everything(edition: Edition, registration: Registration, organiser_client: Client) -> None:
    Enrolment.objects.create(registration=registration, session=a_session(edition), enrolled_at=NOW)
    scan = a_scan(registration)
    a_scan(registration, 5, undoes=scan)
    shown = page(organiser_client, f"{BASE}{registration.pk}/")
    person = registration.person
    for words in (
        *("Aïcha Benali-L’Hôte", "Dijon", "Adjointe au maire de Dijon", "Confirmée", registration.reference),
        *("Formulaire du site", "Boucle magnétique", "Végétarien", "Séance 0", "Entrée principale", "8\u00a0h\u00a040"),
        *("<svg", "Votre inscription est confirmée", person.email, "oui, depuis le"),
    ):
        assert words in shown, words
    assert shown.count("Entrée principale") == 1  # the undoing is told on the scan that it takes back
    assert "<del>" in main_of(shown)
    for address in (f"/desk/2023/people/{person.pk}/", f"/desk/2023/organisations/{registration.organisation_id}/"):
        assert address in shown


def test_the_secret_link_is_never_shown(registration: Registration, organiser_client: Client) -> None:
    assert registration.manage_token not in page(organiser_client, f"{BASE}{registration.pk}/")


def test_who_only_reads_sees_neither_ticket_nor_needs_nor_buttons(
    registration: Registration, read_only_client: Client, door_client: Client, press_client: Client
) -> None:
    main = main_of(page(read_only_client, f"{BASE}{registration.pk}/"))
    badge = Badge.objects.get()
    assert "Lecture seule" in main and "<form" not in main and "/change/" not in main and "/badge/" not in main
    for hidden in ("Boucle magnétique", "Végétarien", badge.code[:4], "<svg"):
        assert hidden not in main
    for address in ("change/", "cancel/", "restore/", "confirm/", "resend/", "badge/"):
        assert read_only_client.post(f"{BASE}{registration.pk}/{address}").status_code == 403
    assert read_only_client.get(f"{BASE}new/").status_code == 403
    for refused in (door_client, press_client):
        assert refused.get(f"{BASE}{registration.pk}/").status_code == 403
    an_edition(13, slug="2022")
    assert read_only_client.get(f"/desk/2022/registrations/{registration.pk}/").status_code == 404


def test_what_is_of_another_edition_cannot_be_acted_upon_from_here(
    registration: Registration, organiser_client: Client
) -> None:
    an_edition(13, slug="2022")
    for address in ("change/", "cancel/", "restore/", "confirm/", "resend/", "badge/"):
        assert organiser_client.post(f"/desk/2022/registrations/{registration.pk}/{address}").status_code == 404
    registration.refresh_from_db()
    assert registration.status == "confirmed"


def test_one_and_many_ask_as_much(
    edition: Edition,
    registration: Registration,
    organiser_client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    Enrolment.objects.create(registration=registration, session=a_session(edition), enrolled_at=NOW)
    a_scan(registration)
    with django_assert_max_num_queries(22) as one:
        page(organiser_client, f"{BASE}{registration.pk}/")
    asked = len(one)
    for n in range(1, 10):
        Enrolment.objects.create(registration=registration, session=a_session(edition, n), enrolled_at=NOW)
        a_scan(registration, n)
        organiser_client.post(f"{BASE}{registration.pk}/badge/")
    page(organiser_client, f"{BASE}{registration.pk}/")  # takes the messages out of the session
    with django_assert_max_num_queries(asked):
        page(organiser_client, f"{BASE}{registration.pk}/")


def test_cancelling_says_why_tells_the_person_and_can_be_undone(
    registration: Registration, organiser_client: Client
) -> None:
    address = f"{BASE}{registration.pk}/"
    assert registration.person.email in page(organiser_client, f"{address}cancel/")
    answer = organiser_client.post(f"{address}cancel/", {"reason": "Retenue à Dijon"})
    assert answer["Location"] == f"{address}?done=cancelled"
    shown = page(organiser_client, answer["Location"])
    assert "Retenue à Dijon" in shown and "Annulée" in shown and "Annuler cette action" in shown
    assert "<svg" not in main_of(shown)
    assert organiser_client.post(f"{address}restore/")["Location"] == address
    shown = page(organiser_client, address)
    assert "est rétablie" in shown and "Confirmée" in shown and "<svg" in shown
    assert "Annuler cette action" not in page(organiser_client, f"{address}?done=cancelled")
    assert list(Mail.objects.order_by("id").values_list("key", flat=True))[1].startswith("registration.cancelled:")
    assert Mail.objects.count() == 3
    assert shown.count("@example.org ·") == 3  # each mail is told, with its address


def test_a_reason_that_is_too_long_is_not_lost(registration: Registration, organiser_client: Client) -> None:
    answer = organiser_client.post(f"{BASE}{registration.pk}/cancel/", {"reason": "trop " * 80})
    assert answer.status_code == 422
    assert "trop trop" in answer.content.decode()
    registration.refresh_from_db()
    assert registration.status == "confirmed"


def test_who_registered_anew_meanwhile_is_named_and_shown(
    edition: Edition, registration: Registration, organiser_client: Client
) -> None:
    organiser_client.post(f"{BASE}{registration.pk}/cancel/")
    anew = a_registration(edition)
    answer = organiser_client.post(f"{BASE}{registration.pk}/restore/", follow=True)
    assert answer.redirect_chain[-1][0] == f"{BASE}{anew.pk}/"
    assert "a déjà une inscription" in answer.content.decode() and anew.reference in answer.content.decode()


def test_what_waits_is_confirmed_once(registration: Registration, organiser_client: Client) -> None:
    Registration.objects.filter(pk=registration.pk).update(status="pending")
    address = f"{BASE}{registration.pk}/"
    assert f"{address}confirm/" in page(organiser_client, address)
    assert organiser_client.post(f"{address}confirm/")["Location"] == address
    registration.refresh_from_db()
    assert registration.status == "confirmed"
    assert f"{address}confirm/" not in page(organiser_client, address)
    organiser_client.post(f"{address}confirm/")
    assert LogEntry.objects.filter(action="registration.confirmed").count() == 1


def test_the_ticket_is_sent_again_unless_it_is_cancelled(registration: Registration, organiser_client: Client) -> None:
    address = f"{BASE}{registration.pk}/"
    assert "renvoyés" in organiser_client.post(f"{address}resend/", follow=True).content.decode()
    assert Mail.objects.count() == 2
    organiser_client.post(f"{address}cancel/")
    refused = organiser_client.post(f"{address}resend/", follow=True)
    assert 'class="notice refusal warning"' in refused.content.decode()
    assert Mail.objects.count() == 3


def test_a_badge_is_replaced_and_the_one_before_is_refused(
    registration: Registration, organiser_client: Client
) -> None:
    before = Badge.objects.get()
    address = f"{BASE}{registration.pk}/"
    assert "C’est sans retour" in page(organiser_client, f"{address}badge/")
    assert organiser_client.post(f"{address}badge/")["Location"] == address
    before.refresh_from_db()
    assert before.revoked_at is not None
    shown = page(organiser_client, address)
    assert "a été remplacé le" in shown and before.code[:4] + "-" not in main_of(shown)
    organiser_client.post(f"{address}cancel/")
    organiser_client.post(f"{address}badge/")
    assert Badge.objects.count() == 2


def test_after_the_archive_nothing_is_offered(
    edition: Edition, registration: Registration, organiser_client: Client
) -> None:
    Edition.objects.filter(pk=edition.pk).update(status="archived")
    address = f"{BASE}{registration.pk}/"
    main = main_of(page(organiser_client, address))
    assert "/change/" not in main and "/cancel/" not in main
    assert organiser_client.get(f"{address}cancel/")["Location"] == address
    organiser_client.post(f"{address}cancel/")
    registration.refresh_from_db()
    assert registration.status == "confirmed"
