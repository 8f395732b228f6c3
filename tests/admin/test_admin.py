"""The superusers' admin opens for superusers alone, logs what it writes, and changes nothing that happened."""

from __future__ import annotations

import json

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from parvis.models import Account, LogEntry, Organisation
from tests.factories.editions import an_edition, an_organisation, fill
from tests.factories.programme import a_session

pytestmark = pytest.mark.django_db
OURS = sorted(model._meta.model_name or "" for model in admin.site._registry if model._meta.app_label == "parvis")


@pytest.fixture
def superuser(db: None) -> Client:
    """Return a client signed in as a superuser."""
    client = Client()
    client.force_login(
        Account.objects.create_superuser("racine@example.org", name="Racine"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


@pytest.mark.parametrize("name", OURS)
def test_every_list_and_its_search_open(superuser: Client, name: str) -> None:
    fill(an_edition())
    address = reverse(f"admin:parvis_{name}_changelist")
    assert superuser.get(address).status_code == 200
    assert superuser.get(address, {"q": "é"}).status_code == 200


def test_an_organiser_is_not_let_in(organiser_client: Client) -> None:
    answer = organiser_client.get(reverse("admin:index"))
    assert answer.status_code == 302
    assert "/admin/login/" in answer["Location"]


def test_a_change_stands_in_the_log_under_its_author(superuser: Client) -> None:
    row = an_organisation("Ville de Dijon")
    address = reverse("admin:parvis_organisation_change", args=[row.pk])
    fields = superuser.get(address).context["adminform"].form.initial
    given = {name: value for name, value in fields.items() if value is not None} | {"short_name": "Dijon"}
    assert superuser.post(address, given).status_code == 302
    row.refresh_from_db()
    assert row.short_name == "Dijon"
    entry = LogEntry.objects.get(action="organisation.changed")
    assert (entry.actor_label, entry.channel, entry.details) == ("Racine", "admin", {"fields": ["short_name"]})


def test_deletions_are_logged_one_by_one(superuser: Client) -> None:
    rows = [an_organisation("Ville A"), an_organisation("Ville B")]
    answer = superuser.post(
        reverse("admin:parvis_organisation_changelist"),
        {"action": "delete_selected", "_selected_action": [row.pk for row in rows], "post": "yes"},
    )
    assert answer.status_code == 302
    assert not Organisation.objects.filter(pk__in=[row.pk for row in rows]).exists()
    assert LogEntry.objects.filter(action="organisation.deleted").count() == 2


@pytest.mark.parametrize("name", ["logentry", "scan", "release", "snapshot", "mail", "timetablemove"])
def test_what_happened_is_not_added_to(superuser: Client, name: str) -> None:
    assert superuser.get(reverse(f"admin:parvis_{name}_add")).status_code == 403


def test_a_text_that_a_superuser_changes_is_no_longer_checked(superuser: Client) -> None:
    row = a_session(an_edition(), title_en="Water", abstract_en="About it", checked=["fr", "en"])
    address = reverse("admin:parvis_session_change", args=[row.pk])
    page = superuser.get(address)
    fields = page.context["adminform"].form.initial
    given = {name: value for name, value in fields.items() if value is not None}
    given |= {name: json.dumps(given[name]) for name in ("checked", "spoken", "interpreted", "sdgs")}
    for inline in page.context["inline_admin_formsets"]:
        given |= {f"{inline.formset.prefix}-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    assert superuser.post(address, {**given, "abstract_en": "Said otherwise"}).status_code == 302
    row.refresh_from_db()
    assert (row.abstract_en, row.checked) == ("Said otherwise", ["fr"])
