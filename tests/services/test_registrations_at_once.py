"""Many forms in the same instant: one registration each, and never two for one person. Needs a server of databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connection

from parvis.domain.access import PUBLIC
from parvis.domain.refusals import Refusal
from parvis.models import Delegation, Mail, Organisation, Person, Registration
from parvis.services.mails import deliver, queue_mail
from parvis.services.registrations import register_participant
from tests.factories.registrations import NOW, a_form, an_open_edition

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AT_ONCE = 8


@pytest.fixture(autouse=True)
def _needs_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("DATABASE_URL names no PostgreSQL server")


def _together(task: Callable[[int], object]) -> list[object]:
    barrier = Barrier(AT_ONCE)

    def run(number: int) -> object:
        barrier.wait()
        try:
            return task(number)
        except Refusal as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def _register(edition_id: int, key: UUID, **changes: object) -> bool:
    return register_participant(
        actor=PUBLIC, edition_id=edition_id, form=a_form(**changes), form_key=key, now=NOW
    ).created


def test_one_form_sent_many_times_at_once() -> None:
    edition = an_open_edition()
    key = uuid4()
    answers = _together(lambda _number: _register(edition.pk, key))
    assert sorted(map(str, answers)) == ["False"] * (AT_ONCE - 1) + ["True"]
    assert (Registration.objects.count(), Mail.objects.count(), Person.objects.count()) == (1, 1, 1)


def test_one_person_in_many_forms_at_once() -> None:
    edition = an_open_edition()
    answers = _together(lambda _number: _register(edition.pk, uuid4()))
    assert answers.count(True) == 1
    assert answers.count("AlreadyRegistered") == AT_ONCE - 1
    assert (Registration.objects.count(), Person.objects.count()) == (1, 1)


def test_many_people_of_a_new_organisation_at_once() -> None:
    edition = an_open_edition()
    answers = _together(
        lambda number: _register(edition.pk, uuid4(), email=f"p{number}@example.org", last_name=f"Nom{number}")
    )
    assert answers == [True] * AT_ONCE
    assert Organisation.objects.filter(insee_code="21231").count() == 1
    assert Delegation.objects.count() == 1
    assert Registration.objects.values("reference").distinct().count() == AT_ONCE


def test_a_mail_leaves_once_however_many_workers_take_it() -> None:
    mail = queue_mail(key="k", recipient="a@example.org", language="fr", subject="s", body_text="b", now=NOW)
    Mail.objects.update(status="queued")
    assert _together(lambda _number: deliver(mail_id=mail.pk)).count(True) == 1
