"""The mails about proposals: in the reader's language, with nothing in them that a mail program would run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parvis.domain.calls.proposals import ContactInput
from parvis.models import Mail
from parvis.services.proposal_mails import SUBJECTS, compose
from tests.factories.calls import AFTER, CONTACT, DURING, a_call, a_form, editor_of, reread, sent

pytestmark = pytest.mark.django_db
EXTRA = {
    "changed": True,
    "note": "Un mot : merci",
    "inviter": "Moussa",
    "is_complete": False,
    "too_late": False,
    "starts_at": DURING,
    "ends_at": AFTER,
    "room": "Micro 1",
}


@pytest.mark.parametrize("template", sorted(SUBJECTS))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_mail_speaks_its_readers_language_with_a_link_of_their_own(template: str, language: str) -> None:
    contact = replace(CONTACT, language=language)
    proposal = reread(sent(a_call(), a_form(title_en="Sharing water", abstract_en="x" * 120), contact=contact).proposal)
    editor = editor_of(proposal)
    text = compose(proposal, editor, template, **EXTRA)
    prefix = "/en/proposals/" if language == "en" else "//testserver/proposals/"
    for body in (text.body_text, text.body_html):
        assert f"{prefix}{editor.token}/" in body
        assert ("Sharing water" if language == "en" else "L’eau en partage") in body
    assert text.body_text.startswith("Dear" if language == "en" else "Bonjour") or "Zoé N’Diaye" in text.body_text[:60]
    assert "None" not in text.body_text
    assert "{{" not in text.body_text + text.body_html
    if language == "fr":
        assert " :" not in text.body_text.replace("\u202f:", "")


def test_markup_in_a_title_is_text_and_a_subject_is_one_line() -> None:
    form = a_form(title_fr="<script>alert(1)</script>\nBcc: tous@example.org")
    sent(a_call(), form, contact=ContactInput("<b>Zoé</b>", "zoe@example.org"))
    mail = Mail.objects.get()
    assert "\n" not in mail.subject
    assert "<script>" not in mail.body_html
    assert "<b>Zoé" not in mail.body_html
    assert "<script>alert(1)</script>" in mail.body_text
