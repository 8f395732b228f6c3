"""What somebody answers by their link, or the desk notes for them: once, logged, confirmed by one mail."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from parvis.domain.access import PUBLIC, Actor
from parvis.domain.calendars import sequence_of
from parvis.domain.changes import TextTooLong
from parvis.domain.programme.availability import Hours, HoursOutside
from parvis.domain.programme.invitations import (
    AnswerMissing,
    LinkExpired,
    MandateEnded,
    MandateToChoose,
    NothingToAnswer,
    SessionIsOver,
    SpeakerAnswer,
)
from parvis.domain.programme.sessions import InterventionAnswer
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound
from parvis.models import Availability, Edition, Intervention, Invitation, LogEntry, Mail, Mandate, Person, Session
from parvis.queries.invitations import biography_print
from parvis.queries.timetable import build_timetable
from parvis.services.availabilities import set_hours
from parvis.services.invitation_answers import answer_invitation, give_biography, note_answer
from parvis.services.people import save_person
from parvis.services.releases import publish_release
from tests.factories.editions import an_organisation
from tests.factories.invitations import (
    DESK,
    MORNING,
    SENT,
    a_mayor,
    a_speaker,
    a_town,
    an_edition_ahead,
    invited,
    speaker_of,
    to_speak,
)
from tests.factories.network import a_mandate

pytestmark = pytest.mark.django_db
LATER = SENT + timedelta(days=2)


@pytest.fixture
def edition() -> Edition:
    return an_edition_ahead()


@pytest.fixture
def awa(edition: Edition) -> Person:
    return a_speaker()


@pytest.fixture
def mayor(awa: Person) -> Mandate:
    return a_mayor(awa)


@pytest.fixture
def first(awa: Person, edition: Edition, mayor: Mandate) -> Intervention:
    return to_speak(awa, edition, "Eau et climat")


@pytest.fixture
def second(awa: Person, edition: Edition, first: Intervention) -> Intervention:
    return to_speak(awa, edition, "Jeunesse", starts=MORNING + timedelta(hours=5))


@pytest.fixture
def invitation(edition: Edition, awa: Person, first: Intervention) -> Invitation:
    return invited(edition, awa)


def say(invitation: Invitation, *answers: SpeakerAnswer, now: datetime = LATER) -> list[Intervention]:
    return answer_invitation(actor=speaker_of(invitation), invitation_id=invitation.pk, answers=list(answers), now=now)


def yes(row: Intervention, mandate: Mandate | None = None) -> SpeakerAnswer:
    return SpeakerAnswer(row.pk, True, mandate.pk if mandate else None)


def no(row: Intervention, reason: str = "") -> SpeakerAnswer:
    return SpeakerAnswer(row.pk, False, reason=reason)


def files_of(mail: Mail) -> dict[str, str]:
    return {file.name: str(Calendar.from_ical(bytes(file.content))["method"]) for file in mail.attachments.all()}


def test_one_is_accepted_and_another_declined_with_a_reason(
    edition: Edition, invitation: Invitation, first: Intervention, second: Intervention, mayor: Mandate
) -> None:
    changed = say(invitation, yes(first, mayor), no(second, "  Je serai \u200ben  Conseil\x0b municipal. "))
    assert [row.pk for row in changed] == [first.pk, second.pk]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.answer, first.mandate, first.answered_at) == ("accepted", mayor, LATER)
    assert (second.answer, second.answer_reason) == ("declined", "Je serai en Conseil municipal.")
    invitation.refresh_from_db()
    assert invitation.answered_at == LATER
    mail = Mail.objects.latest("pk")
    assert mail.subject.startswith("Merci de votre réponse")
    for words in ("Vous interviendrez", "Eau et climat", "Maire de Saint-Louis", "Vous avez décliné", "Jeunesse"):
        assert words in mail.body_text
    assert files_of(mail) == {f"{first.session.slug}.ics": "PUBLISH"}
    event = Calendar.from_ical(bytes(mail.attachments.get().content)).walk("VEVENT")[0]
    assert event.decoded("dtstart") == MORNING
    assert str(event["uid"]) == f"{first.session.guid}@parvis"  # as in the feeds: a room change replaces it
    logged = {entry.action: entry for entry in LogEntry.objects.filter(channel="link")}
    assert set(logged) == {"session.speaker_accepted", "session.speaker_declined", "invitation.answered"}
    assert all(entry.actor_label == "Awa N’Diaye" for entry in logged.values())
    assert logged["session.speaker_declined"].details["reason"] == "Je serai en Conseil municipal."


def test_the_same_answers_twice_change_and_send_nothing(
    invitation: Invitation, first: Intervention, mayor: Mandate
) -> None:
    say(invitation, yes(first, mayor))
    mails, lines = Mail.objects.count(), LogEntry.objects.count()
    assert say(invitation, yes(first, mayor), now=LATER + timedelta(seconds=1)) == []
    assert (Mail.objects.count(), LogEntry.objects.count()) == (mails, lines)


def test_a_withdrawal_is_told_and_strikes_the_session_out_of_the_calendar(
    edition: Edition, invitation: Invitation, first: Intervention, mayor: Mandate
) -> None:
    say(invitation, yes(first, mayor))
    Session.objects.update(updated_at=datetime(2020, 1, 1, tzinfo=UTC))
    say(invitation, no(first, "Empêchée"), now=LATER + timedelta(days=1))
    assert files_of(Mail.objects.latest("pk")) == {f"{first.session.slug}.ics": "CANCEL"}
    assert LogEntry.objects.filter(action="session.speaker_withdrew").count() == 1
    first.session.refresh_from_db()
    assert first.session.updated_at.year > 2020  # the site lags behind the desk
    say(invitation, yes(first, mayor), now=LATER + timedelta(days=2))
    first.refresh_from_db()
    assert (first.answer, first.answer_reason) == ("accepted", "")
    assert Mail.objects.filter(subject__startswith="Merci").count() == 3


def test_calendars_follow_the_releases(
    edition: Edition, invitation: Invitation, first: Intervention, mayor: Mandate
) -> None:
    publish_release(actor=DESK, edition_id=edition.pk, now=SENT)
    say(invitation, yes(first, mayor))
    event = Calendar.from_ical(bytes(Mail.objects.latest("pk").attachments.get().content)).walk("VEVENT")[0]
    assert event["sequence"] == sequence_of(LATER, 1)  # a notice of the next release replaces it
    assert event["sequence"] > sequence_of(SENT, 1)


def test_without_a_place_there_is_no_calendar_file(
    edition: Edition, invitation: Invitation, awa: Person, mayor: Mandate
) -> None:
    unplaced = to_speak(awa, edition, "Sans salle", starts=None)
    say(invitation, yes(unplaced, mayor))
    assert files_of(Mail.objects.latest("pk")) == {}


def test_the_mandate_is_one_that_is_held_on_the_first_day(
    edition: Edition, invitation: Invitation, first: Intervention, awa: Person, mayor: Mandate
) -> None:
    ended = a_mandate(awa, a_town("Ancienne"), "Présidente", ends_on=date(2033, 9, 18))
    other = a_mayor(a_speaker("Une", "Autre"))
    for mandate, refusal in ((ended, MandateEnded), (other, MandateToChoose), (None, MandateToChoose)):
        with pytest.raises(refusal) as caught:
            say(invitation, yes(first, mandate))
        assert caught.value.field == f"mandate_{first.pk}"
    first.refresh_from_db()
    assert first.answer == "none"
    Mandate.objects.filter(pk=mayor.pk).update(ends_on=date(2033, 9, 18))
    assert say(invitation, yes(first))  # who holds none any more speaks in their own name
    first.refresh_from_db()
    assert first.mandate is None


def test_one_wrong_answer_saves_none(
    invitation: Invitation, first: Intervention, second: Intervention, mayor: Mandate
) -> None:
    with pytest.raises(TextTooLong) as caught:
        say(invitation, yes(first, mayor), no(second, "x" * 501))
    assert caught.value.field == f"reason_{second.pk}"
    first.refresh_from_db()
    assert first.answer == "none"
    assert Mail.objects.count() == 1


def test_a_mandate_may_be_changed_after_accepting(
    invitation: Invitation, first: Intervention, awa: Person, mayor: Mandate
) -> None:
    president = a_mandate(awa, a_town("Région du Nord"), "Présidente")
    say(invitation, yes(first, mayor))
    say(invitation, yes(first, president))
    first.refresh_from_db()
    assert first.mandate == president
    entry = LogEntry.objects.filter(action="session.speaker_accepted").latest("pk")
    assert entry.details["changes"]["mandate"][1] == str(president)


def test_what_does_not_take_place_or_has_is_not_answered(
    invitation: Invitation, first: Intervention, second: Intervention, mayor: Mandate
) -> None:
    Session.objects.filter(pk=second.session_id).update(status="cancelled")
    with pytest.raises(NothingToAnswer):
        say(invitation, yes(second, mayor))
    with pytest.raises(SessionIsOver):
        say(invitation, no(first), now=MORNING)
    assert say(invitation, no(first), now=MORNING - timedelta(seconds=1))
    # What stands there already may be sent again with the rest of the form, whenever.
    assert say(invitation, no(first), now=MORNING + timedelta(hours=3)) == []


def test_nobody_answers_for_another(
    edition: Edition, invitation: Invitation, first: Intervention, mayor: Mandate, organiser: Actor
) -> None:
    other = a_speaker("Une", "Autre")
    foreign = to_speak(other, edition, "Ailleurs")
    with pytest.raises(NotFound):
        say(invitation, yes(foreign))
    for actor in (PUBLIC, organiser, Actor(label="x", invitation_id=invitation.pk + 1)):
        with pytest.raises(NotFound):
            answer_invitation(actor=actor, invitation_id=invitation.pk, answers=[yes(first, mayor)], now=LATER)
    with pytest.raises(AnswerMissing):
        say(invitation)


def test_after_a_month_nothing_is_taken_in(invitation: Invitation, first: Intervention, awa: Person) -> None:
    late = datetime(2033, 10, 21, 12, tzinfo=UTC)
    with pytest.raises(LinkExpired):
        say(invitation, no(first), now=late)
    with pytest.raises(LinkExpired):
        give_biography(actor=speaker_of(invitation), person_id=awa.pk, biography_fr="Elle…", biography_en="", now=late)


def test_who_was_erased_answers_no_more(invitation: Invitation, first: Intervention, awa: Person) -> None:
    Person.objects.filter(pk=awa.pk).update(erased_at=SENT)
    with pytest.raises(NotFound):
        say(invitation, no(first))


def note(actor: Actor, row: Intervention, answer: InterventionAnswer, reason: str = "") -> None:
    note_answer(actor=actor, intervention_id=row.pk, answer=answer, reason=reason, now=LATER)


def test_the_desk_notes_what_was_said_by_telephone(
    organiser: Actor, read_only: Actor, first: Intervention, mayor: Mandate
) -> None:
    note(organiser, first, InterventionAnswer.DECLINED, "Au téléphone")
    note(organiser, first, InterventionAnswer.DECLINED, "Au téléphone")
    first.refresh_from_db()
    assert (first.answer, first.answer_reason, first.answered_at) == ("declined", "Au téléphone", LATER)
    assert LogEntry.objects.filter(action="session.speaker_declined").count() == 1
    note(organiser, first, InterventionAnswer.NONE)
    first.refresh_from_db()
    assert (first.answer, first.answer_reason, first.answered_at) == ("none", "", None)
    assert LogEntry.objects.filter(action="session.speaker_answer_taken_back").exists()
    assert not Mail.objects.exists()
    with pytest.raises(NotAllowed):
        note(read_only, first, InterventionAnswer.ACCEPTED)
    with pytest.raises(NotFound):
        note_answer(actor=organiser, intervention_id=first.pk + 99, answer=InterventionAnswer.ACCEPTED)


def test_a_biography_from_a_word_processor_is_cleaned(invitation: Invitation, awa: Person) -> None:
    pasted = "\ufeffMaire de Saint\u00ad-Louis.\x0b\uf0b7\tEau\r\n\r\n\r\n\r\n"
    pasted += "Élue<o:p></o:p> en 2020\u00a0; \u202eénigme\u202c"
    give_biography(
        actor=speaker_of(invitation), person_id=awa.pk, biography_fr=pasted, biography_en="<b>Mayor</b>", now=LATER
    )
    awa.refresh_from_db()
    assert awa.biography_fr == "Maire de Saint-Louis.\n• Eau\n\nÉlue en 2020\u00a0; énigme"
    assert awa.biography_en == "<b>Mayor</b>"
    assert LogEntry.objects.get(action="person.biography_given").channel == "link"


def test_a_biography_of_20_000_characters_is_refused(invitation: Invitation, awa: Person) -> None:
    with pytest.raises(TextTooLong) as caught:
        give_biography(
            actor=speaker_of(invitation), person_id=awa.pk, biography_fr="", biography_en="mot " * 5000, now=LATER
        )
    assert (caught.value.field, caught.value.params["most"]) == ("biography_en", 5000)


def test_a_biography_that_changed_meanwhile_is_not_written_over(
    invitation: Invitation, awa: Person, organiser: Actor
) -> None:
    seen = biography_print(awa)
    save_person(actor=organiser, person_id=awa.pk, values={"biography_fr": "Texte du bureau."})

    def mine(seen: str) -> None:
        give_biography(
            actor=speaker_of(invitation),
            person_id=awa.pk,
            biography_fr="Mon texte.",
            biography_en="",
            seen=seen,
            now=LATER,
        )

    with pytest.raises(ChangedMeanwhile):
        mine(seen)
    awa.refresh_from_db()
    assert awa.biography_fr == "Texte du bureau."
    mine(biography_print(awa))
    awa.refresh_from_db()
    assert awa.biography_fr == "Mon texte."


def test_hours_are_kept_in_order_and_the_timetable_reads_them(
    edition: Edition, invitation: Invitation, awa: Person, first: Intervention
) -> None:
    noon, two, four = (MORNING.replace(hour=hour, minute=0) for hour in (10, 12, 14))
    wanted = [Hours(two, four), Hours(noon, two)]

    def give(actor: Actor, hours: list[Hours]) -> list[Hours]:
        return set_hours(actor=actor, edition_id=edition.pk, person_id=awa.pk, hours=hours, now=LATER)

    assert give(speaker_of(invitation), wanted) == [Hours(noon, four)]
    assert give(speaker_of(invitation), wanted) == [Hours(noon, four)]
    assert Availability.objects.count() == 1
    assert LogEntry.objects.filter(action="person.availability_given").count() == 1
    windows = {person.key: person.windows for person in build_timetable(edition.pk).problem.persons}
    assert windows[awa.slug] is not None
    assert len(windows[awa.slug]) == 1
    with pytest.raises(HoursOutside):
        give(speaker_of(invitation), [Hours(noon, noon + timedelta(days=3))])
    assert give(DESK, []) == []
    assert not Availability.objects.exists()


def test_hours_of_another_are_not_given(edition: Edition, invitation: Invitation) -> None:
    other = a_speaker("Une", "Autre")
    elsewhere = an_edition_ahead(number=15, slug="2034")
    for person, where in ((other, edition), (invitation.person, elsewhere)):
        with pytest.raises(NotFound):
            set_hours(actor=speaker_of(invitation), edition_id=where.pk, person_id=person.pk, hours=[], now=LATER)
    ministry = an_organisation("Ministère", kind="ministry")
    with pytest.raises(NotAllowed):
        set_hours(actor=speaker_of(invitation), edition_id=edition.pk, organisation_id=ministry.pk, hours=[], now=LATER)
    with pytest.raises(NotAllowed):
        set_hours(actor=PUBLIC, edition_id=edition.pk, person_id=other.pk, hours=[], now=LATER)
