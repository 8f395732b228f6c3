"""What a device keeps of a release: a manifest, a worker, and a list of public pages alone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.models import Communique, Edition, Session
from parvis.services.communiques import draft_communique
from parvis.services.figures import take_snapshot
from parvis.services.releases import publish_release
from parvis.web.kept_pages import KEEP, KeptPages
from parvis.web.security import CONTENT_SECURITY_POLICY
from tests.architecture.sources import PACKAGE
from tests.factories.editions import an_edition, fill
from tests.web.test_kept_pages import ask

pytestmark = pytest.mark.django_db
STATIC = PACKAGE / "web" / "static"


@pytest.fixture
def released(organiser: Actor) -> Edition:
    edition = an_edition()
    fill(edition, attendees=8)
    take_snapshot(actor=organiser, edition_id=edition.pk)
    publish_release(actor=organiser, edition_id=edition.pk)
    return edition


def listed(client: Client, prefix: str = "") -> dict[str, Any]:
    response = client.get(f"{prefix}/2023/offline.json")
    assert response.status_code == 200
    return dict(json.loads(response.content))


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_listed_page_is_public_and_the_same_for_everybody(released: Edition, client: Client, prefix: str) -> None:
    found = listed(client, prefix)
    pages = [*found["core"], *found["more"], *found["on_visit"]]
    assert len(pages) == len(set(pages))
    for address in pages:
        assert address.startswith(f"{prefix}/2023/")
        response = client.get(address)
        assert response.status_code == 200, address
        assert response.headers["Cache-Control"].startswith("public"), address
        assert not response.cookies, address
        assert response.wsgi_request.META.get(KEEP), address


def test_the_whole_programme_is_listed(released: Edition, client: Client) -> None:
    found = listed(client)
    pages = {*found["core"], *found["more"]}
    for address in (
        "/2023/",
        "/2023/programme/",
        "/2023/programme/grid/",
        "/2023/programme/rooms/",
        "/2023/mine/",
        "/2023/practical/",
        "/2023/speakers/",
        "/2023/partners/",
        "/2023/offline/",
        *(f"/2023/sessions/seance-{n}/" for n in range(4)),
        *(f"/2023/speakers/personne-{n}/" for n in range(3)),
        *(f"/2023/rooms/salle-{n}/" for n in range(4)),
    ):
        assert address in pages
    assert found["release"] == 1
    assert found["fallback"] == "/2023/offline/"
    assert set(found["on_visit"]) == {"/2023/display/", *(f"/2023/rooms/salle-{n}/display/" for n in range(4))}


@pytest.mark.parametrize(
    "personal", ["register", "desk", "door", "accounts", "mails", "/r/", "space", "admin", "choose"]
)
def test_nothing_personal_is_listed(released: Edition, client: Client, personal: str) -> None:
    found = listed(client)
    assert not [page for page in [*found["core"], *found["more"], *found["on_visit"]] if personal in page]


def test_the_version_changes_with_whatever_the_pages_show(released: Edition, client: Client, organiser: Actor) -> None:
    versions = [listed(client)["version"]]
    assert listed(client)["version"] == versions[0], "and with nothing else"
    Session.objects.filter(code="S001").update(title_fr="Autre titre")
    assert listed(client)["version"] == versions[0], "a draft is nobody's business"
    publish_release(actor=organiser, edition_id=released.pk)
    versions.append(listed(client)["version"])
    Edition.objects.filter(pk=released.pk).update(status="cancelled")
    versions.append(listed(client)["version"])
    assert len(set(versions)) == 3
    assert listed(client, "/en")["version"] != versions[-1]


def test_the_manifest_installs_the_edition_in_its_language(released: Edition, client: Client) -> None:
    for prefix, language in (("", "fr"), ("/en", "en")):
        response = client.get(f"{prefix}/2023/manifest.webmanifest")
        assert response.headers["Content-Type"] == "application/manifest+json"
        manifest = json.loads(response.content)
        assert manifest["lang"] == language
        assert manifest["scope"] == manifest["start_url"] == manifest["id"] == f"{prefix}/2023/"
        assert manifest["display"] == "standalone"
        assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
        for icon in manifest["icons"]:
            with Image.open(STATIC / Path(icon["src"].removeprefix("/static/"))) as picture:
                assert f"{picture.width}x{picture.height}" == icon["sizes"]
                assert picture.format == "PNG"
        for shortcut in manifest["shortcuts"]:
            assert client.get(shortcut["url"]).status_code == 200


def test_a_maskable_icon_keeps_its_drawing_within_the_safe_circle() -> None:
    for size in (192, 512):
        with Image.open(STATIC / f"parvis/icons/maskable-{size}.png") as picture:
            drawn = picture.convert("RGB")
            paper = drawn.getpixel((0, 0))
            for x in range(0, size, 3):
                for y in range(0, size, 3):
                    if (x - size / 2) ** 2 + (y - size / 2) ** 2 > (0.5 * size) ** 2:
                        assert drawn.getpixel((x, y)) == paper, "outside of the circle there is only paper"


def test_pages_name_the_manifest_and_say_which_release_they_are(released: Edition, client: Client) -> None:
    for address in ("/", "/2023/programme/", "/2023/sessions/seance-0/"):
        page = client.get(address).content.decode()
        assert '<link rel="manifest" href="/2023/manifest.webmanifest">' in page
        assert "Vous êtes hors ligne\u202f: voici la version 1 du" in page
    assert "You are offline: this is release 1 of" in client.get("/en/2023/programme/").content.decode()


def test_the_worker_is_a_script_of_its_edition(released: Edition, client: Client) -> None:
    response = client.get("/2023/offline.js")
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert b"serviceWorker" not in response.content
    assert b"self.registration.scope" in response.content
    policy = response.headers["Content-Security-Policy"]
    assert policy == CONTENT_SECURITY_POLICY
    assert "manifest-src 'self'" in policy
    assert "worker-src 'self'" in policy


def test_before_the_first_release_there_is_nothing_to_keep(client: Client) -> None:
    an_edition(status="announced")
    for name in ("manifest.webmanifest", "offline.js", "offline.json", "offline/"):
        assert client.get(f"/2023/{name}").status_code == 404
    assert "manifest" not in client.get("/2023/").content.decode()


def test_press_releases_are_kept_too(released: Edition, client: Client, organiser: Actor) -> None:
    before = listed(client)
    communique = draft_communique(actor=organiser, edition_id=released.pk, dated_on=date(2023, 9, 20))
    Communique.objects.filter(pk=communique.pk).update(status="published", published_at=timezone.now())
    after = listed(client)
    assert "/2023/communiques/1/" in after["more"]
    assert after["version"] != before["version"]


@pytest.mark.django_db(transaction=True)
def test_a_warm_list_makes_no_query(organiser: Actor, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    edition = an_edition()
    fill(edition)
    publish_release(actor=organiser, edition_id=edition.pk)
    kept = KeptPages(WSGIHandler())
    for name in ("offline.json", "offline.js", "manifest.webmanifest"):
        cold = ask(kept, f"/2023/{name}")
        with django_assert_num_queries(0):
            assert ask(kept, f"/2023/{name}", HTTP_IF_NONE_MATCH=cold[1]["ETag"])[0] == "304 Not Modified"
