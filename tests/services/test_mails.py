"""The outbox: once, after the commit, and again when the server was away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import transaction

from parvis.models import Mail
from parvis.services.mails import MOST_ATTEMPTS, STUCK_AFTER, Attachment, deliver, deliver_waiting, queue_mail
from parvis.tasks.mails import deliver_mail, deliver_waiting_mails

NOW = datetime(2023, 6, 1, tzinfo=UTC)


def _queue(key: str = "occasion:1", **more: Any) -> Mail:
    return queue_mail(
        key=key,
        recipient="a@example.org",
        language="fr",
        subject="Sujet\nsur deux lignes",
        body_text="Bonjour",
        now=NOW,
        **more,
    )


@pytest.mark.django_db
def test_one_occasion_is_one_mail() -> None:
    attached = [Attachment("a.txt", "text/plain", b"a")]
    assert _queue(attachments=attached).pk == _queue(attachments=attached).pk
    assert Mail.objects.get().attachments.count() == 1


@pytest.mark.django_db(transaction=True)
def test_it_leaves_after_the_commit_and_never_after_a_rollback() -> None:
    with transaction.atomic():
        _queue()
        assert outbox.outbox == []
    assert [sent.subject for sent in outbox.outbox] == ["Sujet sur deux lignes"]
    assert Mail.objects.get().status == "sent"
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _queue("occasion:2")
        _ = 1 / 0
    assert len(outbox.outbox) == 1


@pytest.mark.django_db
def test_a_task_that_runs_twice_sends_once() -> None:
    mail = _queue()
    assert deliver_mail(mail.pk)
    assert not deliver_mail(mail.pk)
    assert not deliver(mail_id=0)
    assert len(outbox.outbox) == 1
    assert outbox.outbox[0].message()["Auto-Submitted"] == "auto-generated"


@pytest.mark.django_db
def test_a_server_that_is_away_is_tried_again_and_then_given_up(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    mail = _queue()
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert deliver_waiting(now=NOW) == 0
        mail.refresh_from_db()
        assert mail.attempts == attempt
        assert mail.status == ("failed" if attempt == MOST_ATTEMPTS else "queued")
    assert "refused" in mail.error.lower()
    assert deliver_waiting_mails() == 0
    mail.refresh_from_db()
    assert mail.attempts == MOST_ATTEMPTS


@pytest.mark.django_db
def test_a_mail_whose_worker_died_is_taken_up_again_in_time() -> None:
    mail = _queue()
    Mail.objects.update(status="sending", sent_at=NOW, attempts=1)
    assert deliver_waiting(now=NOW + STUCK_AFTER - timedelta(seconds=1)) == 0
    assert deliver_waiting(now=NOW + STUCK_AFTER + timedelta(seconds=1)) == 1
    mail.refresh_from_db()
    assert mail.status == "sent"


@pytest.mark.django_db
def test_a_mail_that_cannot_be_written_fails_with_a_reason() -> None:
    mail = _queue()
    Mail.objects.update(recipient="not an\naddress")
    assert not deliver(mail_id=mail.pk)
    mail.refresh_from_db()
    assert mail.status == "queued"
    assert mail.error
