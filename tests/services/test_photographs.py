"""Photographs: by whom they are given, what is kept, and when files go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from PIL import Image

from parvis.domain.access import PUBLIC, Actor
from parvis.domain.programme.invitations import LinkExpired
from parvis.domain.refusals import NotAllowed, NotFound
from parvis.domain.uploads import Cut, FileTooLarge, NotAPhotograph, PhotographTooManyPixels
from parvis.models import Edition, Invitation, LogEntry, Person
from parvis.queries.release_content import build_payload
from parvis.services.people import delete_person
from parvis.services.photographs import forget_photographs, give_photograph, remove_photograph
from parvis.services.releases import publish_release
from parvis.tasks.retention import forget_photographs as forget_task
from tests.factories.invitations import (
    DESK,
    SENT,
    a_portrait,
    a_speaker,
    an_edition_ahead,
    invited,
    speaker_of,
    to_speak,
)

pytestmark = pytest.mark.django_db
Commit = Callable[..., object]
RED, BLUE = (200, 30, 40), (30, 40, 200)


@pytest.fixture(autouse=True)
def _empty_store() -> None:
    try:
        for name in default_storage.listdir("photographs")[1]:
            default_storage.delete(f"photographs/{name}")
    except FileNotFoundError:
        pass


@pytest.fixture
def edition() -> Edition:
    return an_edition_ahead()


@pytest.fixture
def invitation(edition: Edition) -> Invitation:
    person = a_speaker()
    to_speak(person, edition)
    return invited(edition, person)


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Commit) -> Callable[[Callable[[], object]], object]:
    """Return a function that does something and what waits for its commit."""

    def done(act: Callable[[], object]) -> object:
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
            return act()

    return done


def give(actor: Actor, person: Person, content: bytes, **more: object) -> Person:
    return give_photograph(actor=actor, person_id=person.pk, content=content, now=SENT, **more)  # type: ignore[arg-type]


def files() -> list[str]:
    try:
        return sorted(f"photographs/{name}" for name in default_storage.listdir("photographs")[1])
    except FileNotFoundError:
        return []


def colour_of(name: str) -> tuple[int, int, int]:
    with default_storage.open(name) as kept:
        pixel = Image.open(BytesIO(kept.read())).getpixel((50, 50))
    assert isinstance(pixel, tuple)
    return pixel[:3]


def test_the_speaker_gives_it_by_the_link_and_it_is_kept_bare(invitation: Invitation) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Appareil de Madame X"
    out = BytesIO()
    Image.new("RGB", (900, 1200), RED).save(out, "JPEG", exif=exif)
    person = give(speaker_of(invitation), invitation.person, out.getvalue())
    assert files() == [person.photograph.name]
    assert len(person.photograph.name) == len("photographs/.jpg") + 32
    with person.photograph.open() as kept:
        content = kept.read()
    assert b"Appareil" not in content
    assert Image.open(BytesIO(content)).size == (800, 800)
    entry = LogEntry.objects.get(action="person.photograph_given")
    assert (entry.channel, entry.actor_label) == ("link", "Awa N’Diaye")


def test_the_square_that_was_chosen_is_cut(invitation: Invitation) -> None:
    half = Image.new("RGB", (400, 800), RED)
    half.paste(BLUE, (0, 400, 400, 800))
    out = BytesIO()
    half.save(out, "PNG")
    person = give(DESK, invitation.person, out.getvalue(), cut=Cut(0.0, 0.6, 0.5))
    assert colour_of(person.photograph.name)[2] > 150
    person = give(DESK, invitation.person, out.getvalue(), cut=Cut(0.0, 0.0, 0.5))
    assert colour_of(person.photograph.name)[0] > 150


def test_the_one_before_goes_once_the_new_one_is_committed(invitation: Invitation, commit: Commit) -> None:
    first = give(DESK, invitation.person, a_portrait()).photograph.name

    def fail() -> None:
        with transaction.atomic():
            give(DESK, invitation.person, a_portrait(colour=BLUE))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        commit(fail)
    assert first in files()
    second = commit(lambda: give(DESK, invitation.person, a_portrait(colour=BLUE)))
    assert first not in files()
    assert second.photograph.name in files()  # type: ignore[attr-defined]


def test_the_same_form_twice_changes_nothing(invitation: Invitation) -> None:
    first = give(DESK, invitation.person, a_portrait()).photograph.name
    assert give(DESK, invitation.person, a_portrait()).photograph.name == first
    assert LogEntry.objects.filter(action="person.photograph_given").count() == 1


def test_one_that_the_site_shows_stays_until_the_next_release(
    edition: Edition, invitation: Invitation, commit: Commit
) -> None:
    first = give(DESK, invitation.person, a_portrait()).photograph.name
    publish_release(actor=DESK, edition_id=edition.pk)
    commit(lambda: give(DESK, invitation.person, a_portrait(colour=BLUE)))
    assert first in files()
    late = timezone.now() + timedelta(days=2)
    assert forget_photographs(actor=DESK, now=late) == 0
    publish_release(actor=DESK, edition_id=edition.pk)
    assert forget_photographs(actor=DESK, now=late) == 1
    assert first not in files()
    assert forget_photographs(actor=DESK, now=late) == 0


def test_taken_away_it_is_gone_at_once_though_the_site_names_it(
    edition: Edition, invitation: Invitation, commit: Commit
) -> None:
    give(DESK, invitation.person, a_portrait())
    publish_release(actor=DESK, edition_id=edition.pk)
    assert build_payload(edition.pk).speakers[0].photograph.startswith("/media/photographs/")
    commit(lambda: remove_photograph(actor=speaker_of(invitation), person_id=invitation.person_id, now=SENT))
    commit(lambda: remove_photograph(actor=speaker_of(invitation), person_id=invitation.person_id, now=SENT))
    assert files() == []
    assert build_payload(edition.pk).speakers[0].photograph == ""
    assert LogEntry.objects.filter(action="person.photograph_removed").count() == 1


def test_it_goes_with_the_person(commit: Commit) -> None:
    person = a_speaker("Sans", "Séance")
    give(DESK, person, a_portrait())
    commit(lambda: delete_person(actor=DESK, person_id=person.pk))
    assert files() == []


def test_orphans_are_swept_a_day_later() -> None:
    default_storage.save("photographs/0123456789abcdef0123456789abcdef.jpg", ContentFile(b"x"))
    assert forget_task() == 0  # it may belong to a form that is being saved
    assert forget_photographs(actor=DESK, now=timezone.now() + timedelta(days=1, minutes=1)) == 1
    assert forget_task() == 0
    with pytest.raises(NotAllowed):
        forget_photographs(actor=PUBLIC)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", NotAPhotograph),
        (b"\xff\xd8\xff" + b"<?php system('id'); ?>", NotAPhotograph),
        (b"x" * (50 * 1024 * 1024), FileTooLarge),
        (a_portrait(9000, 9000, "PNG"), PhotographTooManyPixels),  # some hundred kilobytes that unfold to 243 MB
    ],
)
def test_bad_files_leave_nothing(invitation: Invitation, content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        give(speaker_of(invitation), invitation.person, content)
    assert files() == []
    assert not LogEntry.objects.filter(action="person.photograph_given").exists()


def test_nobody_gives_that_of_another(invitation: Invitation, read_only: Actor, organiser: Actor) -> None:
    other = a_speaker("Une", "Autre")
    with pytest.raises(NotFound):
        give(speaker_of(invitation), other, a_portrait())
    for actor in (PUBLIC, read_only):
        with pytest.raises(NotAllowed):
            give(actor, other, a_portrait())
        with pytest.raises(NotAllowed):
            remove_photograph(actor=actor, person_id=other.pk)
    assert give(organiser, other, a_portrait()).photograph


def test_after_a_month_the_link_gives_nothing(invitation: Invitation) -> None:
    late = datetime(2033, 10, 21, 12, tzinfo=SENT.tzinfo)
    with pytest.raises(LinkExpired):
        give_photograph(actor=speaker_of(invitation), person_id=invitation.person_id, content=a_portrait(), now=late)
