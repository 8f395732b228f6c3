"""What stands in the mails about a registration, and what is attached."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core import mail as outbox
from icalendar import Calendar

from parvis.models import Badge, Mail
from parvis.queries.registrations import actor_by_link
from parvis.services.mails import deliver
from parvis.services.registrations import cancel_registration
from tests.factories.registrations import NOW, a_registration, an_open_edition

pytestmark = pytest.mark.django_db


def test_the_french_mail_says_all_that_is_needed() -> None:
    found = a_registration(an_open_edition())
    mail = Mail.objects.get()
    assert mail.language == "fr"
    assert mail.subject == "Votre inscription est confirmée\u202f: Rencontres de l’action internationale"
    for words in (
        "19 et 20\u00a0septembre 2033",
        "Cité des Sciences",
        found.reference,
        f"http://testserver/r/{found.manage_token}/",
        "Dijon",
    ):
        assert words in mail.body_text
    assert f"/r/{found.manage_token}/" in mail.body_html
    assert "cid:ticket.png" in mail.body_html


def test_the_english_mail_is_english() -> None:
    found = a_registration(an_open_edition(), language="en", title="Mayor")
    mail = Mail.objects.get()
    assert mail.subject == "Your registration is confirmed: Meetings of international action"
    assert f"http://testserver/en/r/{found.manage_token}/" in mail.body_text
    assert "September 2033" in mail.body_text


def test_the_attachments_open() -> None:
    a_registration(an_open_edition())
    files = {file.name: file for file in Mail.objects.get().attachments.all()}
    assert set(files) == {"ticket.png", "2023.ics"}
    assert bytes(files["ticket.png"].content).startswith(b"\x89PNG")
    event = Calendar.from_ical(bytes(files["2023.ics"].content)).walk("VEVENT")[0]
    assert event.decoded("dtstart").isoformat() == "2033-09-19"


def test_the_cancellation_strikes_the_event_out() -> None:
    found = a_registration(an_open_edition())
    cancel_registration(actor=actor_by_link(found), registration_id=found.pk, now=NOW)
    mail = Mail.objects.latest("id")
    assert mail.subject.startswith("Inscription annulée\u202f:")
    assert [file.name for file in mail.attachments.all()] == ["2023.ics"]
    calendar = Calendar.from_ical(BytesIO(bytes(mail.attachments.get().content)).read())
    assert str(calendar["method"]) == "CANCEL"


def test_an_edition_without_dates_has_no_calendar_file() -> None:
    a_registration(an_open_edition(starts_on=None, ends_on=None, venue=None))
    assert [file.name for file in Mail.objects.get().attachments.all()] == ["ticket.png"]


def test_names_stay_text_in_the_html() -> None:
    a_registration(an_open_edition(), first_name="<b>Bo</b>")
    assert "<b>Bo</b>" not in Mail.objects.get().body_html
    assert "<b>Bo</b>" in Mail.objects.get().body_text


def test_the_badge_code_stands_in_the_mail_and_leaves_with_it() -> None:
    a_registration(an_open_edition())
    mail = Mail.objects.get()
    code = Badge.objects.get().code
    assert code in mail.body_text.replace("-", "")
    assert deliver(mail_id=mail.pk)
    sent = outbox.outbox[0]
    assert sent.to == ["aicha.benali@example.org"]
    kinds = [part.get_content_type() for part in sent.message().walk()]
    assert {"text/plain", "text/html", "image/png", "text/calendar"} <= set(kinds)
    picture = next(part for part in sent.message().walk() if part.get_content_type() == "image/png")
    assert picture["Content-ID"] == "<ticket.png>"
