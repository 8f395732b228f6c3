"""Inviting to speak: one mail each with a link of their own, sent again, reminded, taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from parvis.domain.access import PUBLIC, Actor
from parvis.domain.changes import TextTooLong
from parvis.domain.programme.invitations import (
    AnswerByPast,
    AnswerByTooLate,
    AnsweredAlready,
    InvitedAlready,
    JustSent,
    NothingToSay,
    RemindedEnough,
    RemindedToday,
    SpeakerWithoutAddress,
)
from parvis.domain.refusals import NotAllowed, NotFound
from parvis.models import Edition, Invitation, LogEntry, Mail, Person
from parvis.services.invitations import (
    invite_speakers,
    open_invitation,
    preview_invitation,
    remind_by_the_clock,
    remind_speakers,
    send_invitation_again,
    take_invitation_back,
)
from parvis.services.mails import deliver
from parvis.tasks.invitations import remind_speakers as remind_task
from tests.factories.invitations import (
    ANSWER_BY,
    DESK,
    SENT,
    a_mayor,
    a_speaker,
    an_edition_ahead,
    invited,
    link_in,
    speaker_of,
    to_speak,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def edition() -> Edition:
    return an_edition_ahead()


@pytest.fixture
def awa(edition: Edition) -> Person:
    person = a_speaker()
    to_speak(person, edition, "Eau et climat", mandate=a_mayor(person))
    return person


def remind(edition: Edition, *people: Person, now: datetime) -> list[type[Exception]]:
    written = remind_speakers(actor=DESK, edition_id=edition.pk, person_ids=[p.pk for p in people], now=now)
    return [type(refusal) for _name, refusal in written.refused]


def test_the_mail_says_what_where_when_as_what_and_by_when(edition: Edition, awa: Person) -> None:
    invitation = invited(edition, awa, messages={"fr": "Votre témoignage nous importe.", "en": "unused"})
    mail = Mail.objects.get()
    assert (mail.recipient, mail.language, mail.edition) == (awa.email, "fr", edition)
    assert mail.subject == "Invitation à intervenir\u202f: Rencontres de l’action internationale"
    for words in (
        "Bonjour Awa N’Diaye,",
        "Votre témoignage nous importe.",
        "19 et 20\u00a0septembre 2033",
        "Cité des Sciences, Paris",
        "Eau et climat",
        "Maire de Saint-Louis",
        "lundi 19\u00a0septembre 2033, 9\u00a0h\u00a030–10\u00a0h\u00a030",
        "Salle E001",
        "vendredi 1ᵉʳ\u00a0juillet 2033",
        f"http://testserver/invitations/{invitation.token}/",
    ):
        assert words in mail.body_text.replace("\u202f", "\u00a0"), words
    assert "unused" not in mail.body_text
    assert f"/invitations/{invitation.token}/" in mail.body_html
    assert (invitation.sent_at, invitation.answer_by, invitation.opened_at) == (SENT, ANSWER_BY, None)
    assert LogEntry.objects.get(action="invitation.sent").subject_id == invitation.pk
    assert deliver(mail_id=mail.pk)


def test_each_is_written_to_in_their_language_or_all_in_one(edition: Edition) -> None:
    people = [a_speaker("Ann", "Smith", languages=["en"]), a_speaker("Léa", "Blanc", languages=["pt"])]
    for number, person in enumerate(people):
        to_speak(person, edition, f"Séance {number}", starts=None, title_en=f"Session {number}")
    invited(edition, *people, messages={"fr": "Bien à vous", "en": "Warmly"})
    assert {mail.recipient: mail.language for mail in Mail.objects.all()} == {
        "ann.smith@example.org": "en",
        "léa.blanc@example.org": "fr",
    }
    mail = Mail.objects.get(language="en")
    for words in ("Warmly", "Session 0", "Day and time to be announced", "http://testserver/en/invitations/"):
        assert words in mail.body_text
    Invitation.objects.all().delete()
    invited(edition, *people, language="en", now=SENT + DAY)
    assert Mail.objects.filter(language="en").count() == 3


def test_the_same_form_twice_sends_nothing_more(edition: Edition, awa: Person) -> None:
    invited(edition, awa)
    again = invite_speakers(actor=DESK, edition_id=edition.pk, person_ids=[awa.pk], now=SENT + DAY)
    assert again.to == []
    assert [type(refusal) for _name, refusal in again.refused] == [InvitedAlready]
    assert Mail.objects.count() == 1


def test_who_cannot_be_invited_is_passed_over_and_named(edition: Edition, awa: Person) -> None:
    mute = a_speaker("Sans", "Adresse", email="")
    to_speak(mute, edition, "Une autre")
    idle = a_speaker("Sans", "Séance")
    to_speak(idle, edition, "Annulée", status="cancelled")
    stranger = a_speaker("Jamais", "Nommée")
    written = invite_speakers(
        actor=DESK, edition_id=edition.pk, person_ids=[awa.pk, mute.pk, idle.pk, stranger.pk], now=SENT
    )
    assert written.to == ["Awa N’Diaye"]
    assert {name: type(refusal) for name, refusal in written.refused} == {
        "Sans Adresse": SpeakerWithoutAddress,
        "Sans Séance": NothingToSay,
    }
    assert Mail.objects.count() == 1


def test_a_cancelled_session_is_not_asked_about(edition: Edition, awa: Person) -> None:
    to_speak(awa, edition, "Séance abandonnée", status="cancelled")
    invited(edition, awa)
    assert "abandonnée" not in Mail.objects.get().body_text


@pytest.mark.parametrize(("day", "refusal"), [(date(2033, 5, 31), AnswerByPast), (date(2033, 9, 19), AnswerByTooLate)])
def test_the_day_must_make_sense(edition: Edition, awa: Person, day: date, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        invited(edition, awa, answer_by=day)
    assert not Invitation.objects.exists()


def test_words_that_are_too_long_are_refused_whole(edition: Edition, awa: Person) -> None:
    with pytest.raises(TextTooLong) as caught:
        invited(edition, awa, messages={"fr": "x" * 2001})
    assert caught.value.field == "message_fr"
    assert not Mail.objects.exists()


def test_names_and_words_stay_text(edition: Edition) -> None:
    person = a_speaker("<b>Bo</b>", "Script")
    to_speak(person, edition, "<script>alert(1)</script>")
    invited(edition, person, messages={"fr": "<img src=x>"})
    html = Mail.objects.get().body_html
    for markup in ("<b>Bo", "<script", "<img"):
        assert markup not in html


def test_not_everybody_may(edition: Edition, awa: Person, read_only: Actor) -> None:
    for actor in (PUBLIC, read_only):
        for call in (
            lambda actor: invited(edition, awa, actor=actor),
            lambda actor: remind_speakers(actor=actor, edition_id=edition.pk, person_ids=[awa.pk]),
            lambda actor: take_invitation_back(actor=actor, edition_id=edition.pk, person_id=awa.pk),
            lambda actor: preview_invitation(actor=actor, edition_id=edition.pk, person_id=awa.pk),
            lambda actor: remind_by_the_clock(actor=actor),
        ):
            with pytest.raises(NotAllowed):
                call(actor)
    assert not Mail.objects.exists()


def again(edition: Edition, person: Person, now: datetime, **more: object) -> Invitation:
    given: dict[str, object] = {"message": "", "language": "fr", "answer_by": ANSWER_BY, **more}
    return send_invitation_again(actor=DESK, edition_id=edition.pk, person_id=person.pk, now=now, **given)  # type: ignore[arg-type]


def test_sent_again_with_other_words_by_the_same_link(edition: Edition, awa: Person) -> None:
    token = invited(edition, awa).token
    with pytest.raises(JustSent):
        again(edition, awa, SENT + timedelta(minutes=9))
    assert again(edition, awa, SENT + DAY, message="Un mot de plus", language="en").token == token
    first, second = Mail.objects.order_by("pk")
    assert "Un mot de plus" in second.body_text
    assert second.language == "en"
    assert link_in(first).partition("/invitations/")[2] == link_in(second).partition("/invitations/")[2]


def test_where_the_address_changed_the_old_link_opens_nothing(edition: Edition, awa: Person) -> None:
    token = invited(edition, awa).token
    Person.objects.filter(pk=awa.pk).update(email="cabinet@example.org")
    saved = again(edition, awa, SENT + DAY)
    assert saved.token != token
    assert Mail.objects.latest("pk").recipient == "cabinet@example.org"


def test_taken_back_its_link_opens_nothing_and_one_may_be_invited_anew(edition: Edition, awa: Person) -> None:
    token = invited(edition, awa).token
    take_invitation_back(actor=DESK, edition_id=edition.pk, person_id=awa.pk)
    assert not Invitation.objects.exists()
    assert LogEntry.objects.filter(action="invitation.taken_back").exists()
    assert invited(edition, awa, now=SENT + DAY).token != token
    assert Mail.objects.count() == 2
    with pytest.raises(NotFound):
        take_invitation_back(actor=DESK, edition_id=edition.pk, person_id=awa.pk + 999)


def test_reminded_by_hand_once_a_day_and_three_times(edition: Edition, awa: Person) -> None:
    invited(edition, awa)
    assert remind(edition, awa, now=SENT + timedelta(hours=2)) == [RemindedToday]
    for day in (1, 2, 3):
        assert remind(edition, awa, now=SENT + day * DAY) == []
        assert remind(edition, awa, now=SENT + day * DAY + timedelta(hours=1))[0] in {RemindedToday, RemindedEnough}
    assert remind(edition, awa, now=SENT + 9 * DAY) == [RemindedEnough]
    mails = Mail.objects.filter(subject__startswith="Votre réponse est attendue")
    assert mails.count() == 3
    assert "Eau et climat" in mails[0].body_text
    assert Invitation.objects.get().reminders == 3


def test_a_reminder_names_what_is_not_answered_and_spares_who_has(edition: Edition, awa: Person) -> None:
    other = to_speak(awa, edition, "Déjà dit", starts=None, answer="accepted")
    invited(edition, awa)
    remind(edition, awa, now=SENT + DAY)
    body = Mail.objects.latest("pk").body_text
    assert "Eau et climat" in body
    assert "Déjà dit" not in body
    other.person.interventions.update(answer="declined")
    assert remind(edition, awa, now=SENT + 3 * DAY) == [AnsweredAlready]


def test_the_clock_reminds_when_it_is_due_and_once(edition: Edition, awa: Person) -> None:
    invited(edition, awa)
    silent = a_speaker("Sans", "Date")
    to_speak(silent, edition, "Une autre")
    invited(edition, silent, answer_by=None)
    assert remind_by_the_clock(actor=DESK, now=SENT + 4 * DAY) == 0
    assert remind_by_the_clock(actor=DESK, now=SENT + 7 * DAY) == 1  # two weeks are meant where no day was said
    assert Mail.objects.latest("pk").recipient == silent.email
    near = datetime(2033, 6, 24, 9, tzinfo=UTC)
    assert remind_by_the_clock(actor=DESK, now=near) == 2
    assert remind_by_the_clock(actor=DESK, now=near) == 0
    awa.interventions.update(answer="accepted")
    assert remind_by_the_clock(actor=DESK, now=near + 4 * DAY) == 1
    assert Mail.objects.filter(recipient=awa.email).count() == 2


@pytest.mark.parametrize(
    "spoil",
    [
        lambda edition, person: Edition.objects.update(status="cancelled"),
        lambda edition, person: person.interventions.first().session.__class__.objects.update(status="cancelled"),
        lambda edition, person: Person.objects.update(email=""),
        lambda edition, person: Person.objects.update(erased_at=SENT),
    ],
)
def test_the_clock_leaves_in_peace(edition: Edition, awa: Person, spoil: object) -> None:
    invited(edition, awa)
    spoil(edition, awa)  # type: ignore[operator]
    assert remind_by_the_clock(actor=DESK, now=datetime(2033, 6, 28, 9, tzinfo=UTC)) == 0


def test_the_clock_asks_as_many_questions_for_many(
    edition: Edition, awa: Person, django_assert_num_queries: object
) -> None:
    people = [awa]
    for number in range(4):
        people.append(a_speaker(f"Oratrice{number}", "Nombreuse"))
        to_speak(people[-1], edition, f"Séance {number}")
    invited(edition, *people)
    with django_assert_num_queries(6):  # type: ignore[operator]
        assert remind_by_the_clock(actor=DESK, now=SENT + DAY) == 0


def test_the_task_may_run_at_any_time(edition: Edition, awa: Person) -> None:
    invited(edition, awa)
    assert remind_task() == remind_task() == 0  # by the machine's own clock nothing is due for years


def test_the_first_opening_is_noted_once(edition: Edition, awa: Person) -> None:
    invitation = invited(edition, awa)
    for hours in (1, 2):
        open_invitation(actor=speaker_of(invitation), invitation_id=invitation.pk, now=SENT + timedelta(hours=hours))
    invitation.refresh_from_db()
    assert invitation.opened_at == SENT + timedelta(hours=1)
    entry = LogEntry.objects.get(action="invitation.seen")
    assert (entry.actor_label, entry.channel) == ("Awa N’Diaye", "link")
    with pytest.raises(NotFound):
        open_invitation(actor=PUBLIC, invitation_id=invitation.pk)


def test_a_preview_writes_nothing_and_its_link_opens_nothing(edition: Edition, awa: Person) -> None:
    text = preview_invitation(
        actor=DESK, edition_id=edition.pk, person_id=awa.pk, message="Bonjour", language="en", answer_by=ANSWER_BY
    )
    assert "Invitation to speak" in text.subject
    assert "Bonjour" in text.body_text
    assert not Invitation.objects.exists()
    assert not Mail.objects.exists()
