"""A release is printed as it is published, into the place where its readers find it; twice makes nothing anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from parvis.domain.access import Actor
from parvis.exports import programme_pdf
from parvis.exports.printed_releases import kept_files
from parvis.gateways.kept_files import KeptFiles, TooManyDocuments
from parvis.models import Edition, Release, Session
from parvis.services.releases import PRINT_TASK, publish_release, take_up_release
from parvis.tasks.printed import print_release
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db
READ = ("/2023/programme.pdf", "/2023/programme-a5.pdf", "/en/2023/programme.pdf", "/en/2023/programme-a5.pdf")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.PARVIS_PRINTED = tmp_path / "printed"
    kept_files.cache_clear()
    yield tmp_path / "printed"
    kept_files.cache_clear()


@pytest.fixture
def release(organiser: Actor) -> Release:
    edition = an_edition()
    fill(edition, sessions=2, speakers=1)
    return publish_release(actor=organiser, edition_id=edition.pk)


def never(*_args: Any, **_more: Any) -> bytes:
    raise AssertionError("made a second time")


def test_the_first_reader_is_given_what_the_worker_made(
    release: Release, client: Client, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert print_release(release.pk) == len(READ)
    assert len(list(folder.glob("*/*.kept"))) == len(READ)
    monkeypatch.setattr(programme_pdf, "render_programme", never)
    assert print_release(release.pk) == len(READ)
    for address in READ:
        assert client.get(address).content.startswith(b"%PDF")


def test_a_release_that_was_replaced_is_not_printed(release: Release, organiser: Actor, folder: Path) -> None:
    Session.objects.update(title_fr="Autre titre")
    publish_release(actor=organiser, edition_id=release.edition_id)
    Edition.objects.filter(pk=release.edition_id).update(status="draft")
    for number in (release.pk, Release.objects.latest("pk").pk, 0):
        assert print_release(number) == 0
    assert not folder.exists()


def test_where_too_many_wait_the_readers_make_it(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_args: Any, **_more: Any) -> bytes:
        raise TooManyDocuments

    monkeypatch.setattr(KeptFiles, "get_or_make", busy)
    assert print_release(release.pk) == 0


def test_publishing_asks_the_worker_once_it_stands(
    organiser: Actor, settings: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr("parvis.gateways.jobs.enqueue", lambda *args: asked.append(args))
    edition = an_edition()
    fill(edition, sessions=1, speakers=1)
    with django_capture_on_commit_callbacks(execute=True):
        publish_release(actor=organiser, edition_id=edition.pk)
    assert asked == [], "where work is done at once, who publishes does not wait for it"
    settings.Q_CLUSTER = {**settings.Q_CLUSTER, "sync": False}
    Session.objects.update(title_fr="Autre titre")
    with django_capture_on_commit_callbacks(execute=True):
        second = publish_release(actor=organiser, edition_id=edition.pk)
        third = take_up_release(actor=organiser, edition_id=edition.pk, number=1)
    assert asked == [(PRINT_TASK, second.pk), (PRINT_TASK, third.pk)]
