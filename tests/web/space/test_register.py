"""The form on the public site: kept whole on every refusal, harmless when sent twice, shut to machines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from parvis.models import Mail, Organisation, Registration
from parvis.web.space.forms import new_shown_at
from tests.factories.registrations import a_registration, an_open_edition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def answers(**changes: Any) -> dict[str, Any]:
    return {
        "form_key": str(uuid4()),
        "shown_at": new_shown_at(),
        "organisation": "Ville de Dijon",
        "country": "FR",
        "category": "elected",
        "first_name": "Aïcha",
        "last_name": "Benali",
        "title": "Maire",
        "function": "mayor",
        "gender": "",
        "email": "aicha@example.org",
        "language": "fr",
        "languages": ["fr", "ar"],
        **changes,
    }


def test_the_form_shows_every_question_and_no_box_is_ticked(client: Client) -> None:
    an_open_edition()
    response = client.get("/2023/register/")
    assert response.status_code == 200
    page = response.content.decode()
    for name in ("organisation", "category", "title", "gender", "email", "access_needs", "diet", "consent_image"):
        assert f'name="{name}"' in page
    assert " checked" not in page
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]


def test_registering_leads_to_a_page_and_a_mail(client: Client) -> None:
    an_open_edition()
    response = client.post("/2023/register/", answers(consent_image="on"))
    assert response.status_code == 302, response.content.decode()
    page = client.get(response["Location"])
    assert page.status_code == 200
    registration = Registration.objects.get()
    assert registration.reference in page.content.decode()
    assert registration.manage_token not in page.content.decode()
    assert registration.person.languages == ["fr", "ar"]
    assert Mail.objects.get().recipient == "aicha@example.org"


def test_the_same_form_sent_twice_leads_to_the_same_page(client: Client) -> None:
    an_open_edition()
    sent = answers()
    first, second = client.post("/2023/register/", sent), client.post("/2023/register/", sent)
    assert first["Location"] == second["Location"]
    assert (Registration.objects.count(), Mail.objects.count()) == (1, 1)


def test_a_refusal_keeps_what_was_typed_and_names_the_field(client: Client) -> None:
    an_open_edition()
    response = client.post("/2023/register/", answers(email="nonsense", title="", diet="sans gluten"))
    assert response.status_code == 422
    page = response.content.decode()
    assert 'value="nonsense"' in page
    assert 'value="sans gluten"' in page
    assert 'id="id_email_error"' in page
    assert 'id="id_title_error"' in page
    assert not Registration.objects.exists()


def test_namesakes_are_offered_and_the_choice_is_taken(client: Client) -> None:
    an_open_edition()
    sent = answers(organisation="Saint-Denis")
    response = client.post("/2023/register/", sent)
    assert response.status_code == 422
    assert 'value="commune:93066"' in response.content.decode()
    sent |= {
        "asked_organisation": "1",
        "organisation_for": "Saint-Denis",
        "organisation_key": "commune:93066",
        "shown_at": new_shown_at(),
    }
    assert client.post("/2023/register/", sent).status_code == 302
    assert Registration.objects.get().organisation.insee_code == "93066"


def test_an_unknown_organisation_is_added_once_it_is_said_what_it_is(client: Client) -> None:
    an_open_edition()
    sent = answers(organisation="Zzyx Qwert", category="partner")
    response = client.post("/2023/register/", sent)
    assert response.status_code == 422
    assert 'value="new"' in response.content.decode()
    sent |= {"asked_organisation": "1", "organisation_for": "Zzyx Qwert", "organisation_key": "new"}
    assert 'id="id_organisation_kind_error"' in client.post("/2023/register/", sent).content.decode()
    assert client.post("/2023/register/", sent | {"organisation_kind": "company"}).status_code == 302
    assert Organisation.objects.get(name_fr="Zzyx Qwert").kind == "company"


def test_a_name_typed_over_a_choice_forgets_the_choice(client: Client) -> None:
    an_open_edition()
    sent = answers(organisation="Dijon", organisation_key="commune:93066", organisation_for="Saint-Denis")
    assert client.post("/2023/register/", sent).status_code == 302
    assert Registration.objects.get().organisation.insee_code == "21231"


def test_whoever_is_registered_already_is_offered_the_link(client: Client) -> None:
    edition = an_open_edition()
    found = a_registration(edition)
    response = client.post(
        "/2023/register/",
        answers(email=found.person.email, first_name=found.person.first_name, last_name=found.person.last_name),
    )
    assert response.status_code == 422
    assert "/2023/register/again/" in response.content.decode()


@pytest.mark.parametrize("trap", [{"nickname": "bot"}, {"shown_at": "forged"}, {"shown_at": ""}])
def test_what_no_person_sends_is_refused(client: Client, trap: dict[str, str]) -> None:
    an_open_edition()
    assert client.post("/2023/register/", answers(**trap)).status_code == 422
    assert not Registration.objects.exists()


def test_too_fast_is_refused_and_kept(client: Client, settings: Any) -> None:
    settings.PARVIS_FORM_FASTEST_SECONDS = 60
    an_open_edition()
    response = client.post("/2023/register/", answers())
    assert response.status_code == 422
    assert 'value="aicha@example.org"' in response.content.decode()


def test_too_many_forms_from_one_address(client: Client, settings: Any) -> None:
    settings.PARVIS_RATE_LIMITS = {"register": (1, 600)}
    an_open_edition()
    assert client.post("/2023/register/", answers(email="")).status_code == 422
    response = client.post("/2023/register/", answers())
    assert response.status_code == 429
    assert 'value="aicha@example.org"' in response.content.decode()
    assert not Registration.objects.exists()


def test_closed_says_why(client: Client) -> None:
    an_open_edition(registration_closes_at=timezone.now())
    response = client.get("/2023/register/")
    assert response.status_code == 200
    assert "<form" not in response.content.decode()
    assert "again/" in response.content.decode()
    assert client.post("/2023/register/", answers()).status_code == 422


def test_a_draft_edition_is_not_known(client: Client) -> None:
    edition = an_open_edition()
    edition.status = "draft"
    edition.save()
    assert client.get("/2023/register/").status_code == 404
    assert client.get("/1999/register/").status_code == 404


def test_an_answer_that_is_not_offered_is_refused(client: Client) -> None:
    an_open_edition()
    assert client.post("/2023/register/", answers(category="team")).status_code == 422
    assert client.post("/2023/register/", answers(country="XX")).status_code == 422


def test_the_english_form_registers_in_english(client: Client) -> None:
    an_open_edition()
    response = client.post("/en/2023/register/", answers(language="en", title="Mayor"))
    assert response.status_code == 302
    found = Registration.objects.select_related("mandate").get()
    assert (found.language, found.mandate.title_en) == ("en", "Mayor")
    assert "/en/r/" in Mail.objects.get().body_text


def test_the_link_goes_again_without_telling_whether_there_is_one(client: Client) -> None:
    edition = an_open_edition()
    a_registration(edition)
    known = client.post("/2023/register/again/", {"email": "aicha.benali@example.org"})
    unknown = client.post("/2023/register/again/", {"email": "nobody@example.org"})
    assert known.status_code == unknown.status_code == 200
    assert known.content == unknown.content
    assert Mail.objects.count() == 2
    assert client.post("/2023/register/again/", {"email": "no"}).status_code == 422


def test_a_colleague_is_registered_for_the_organisation_of_the_link(client: Client) -> None:
    edition = an_open_edition()
    found = a_registration(edition)
    page = client.get(f"/2023/register/?organisation=id:{found.organisation_id}").content.decode()
    assert f'value="id:{found.organisation_id}"' in page
    assert client.get("/2023/register/?organisation=id:99999999999999999999").status_code == 200


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_max_num_queries: Any) -> None:
    edition = an_open_edition()
    with django_assert_max_num_queries(3):
        client.get("/2023/register/")
    for number in range(12):
        a_registration(edition, email=f"p{number}@example.org", last_name=f"Nom{number}")
    with django_assert_max_num_queries(3):
        client.get("/2023/register/")
