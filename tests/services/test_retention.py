"""What has served its purpose is erased, and what counts stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from parvis.domain.access import PUBLIC, system_actor
from parvis.domain.programme.invitations import LinkExpired
from parvis.domain.refusals import NotAllowed, NotFound
from parvis.models import Availability, Invitation, LogEntry, Registration
from parvis.queries.invitations import access_by_link
from parvis.services.retention import forget_invitations, forget_needs
from parvis.tasks import retention
from tests.factories.editions import an_organisation
from tests.factories.invitations import MORNING, SENT, a_mayor, a_speaker, an_edition_ahead, invited, to_speak
from tests.factories.registrations import a_registration, an_open_edition

pytestmark = pytest.mark.django_db


def test_needs_are_forgotten_a_week_after_the_edition() -> None:
    found = a_registration(an_open_edition())  # it ends on 20 September 2033
    actor = system_actor("test")
    assert forget_needs(actor=actor, now=datetime(2033, 9, 27, tzinfo=UTC)) == 0
    assert forget_needs(actor=actor, now=datetime(2033, 9, 28, tzinfo=UTC)) == 1
    found.refresh_from_db()
    assert (found.access_needs, found.diet, found.status) == ("", "", "confirmed")
    assert forget_needs(actor=actor, now=datetime(2033, 9, 29, tzinfo=UTC)) == 0
    assert LogEntry.objects.get(action="registrations.needs_forgotten").details == {"count": 1}


def test_the_task_touches_no_edition_to_come() -> None:
    a_registration(an_open_edition())
    assert retention.forget_needs() == 0
    assert Registration.objects.get().diet == "Végétarien"


def test_not_everybody_may() -> None:
    with pytest.raises(NotAllowed):
        forget_needs(actor=PUBLIC)


def test_invitations_are_forgotten_a_month_after_the_edition() -> None:
    edition = an_edition_ahead()  # it ends on 20 September 2033
    awa = a_speaker()
    spoken = to_speak(awa, edition, answer="declined", mandate=a_mayor(awa))
    invitation = invited(edition, awa, messages={"fr": "Un mot"})
    hours = {"starts_at": MORNING, "ends_at": MORNING + timedelta(hours=2)}
    Availability.objects.create(edition=edition, person=awa, **hours)
    Availability.objects.create(edition=edition, organisation=an_organisation("Ministère"), **hours)
    actor = system_actor("test")
    last, over = datetime(2033, 10, 20, 23, tzinfo=UTC), datetime(2033, 10, 21, 1, tzinfo=UTC)
    assert forget_invitations(actor=actor, now=last) == 0
    assert access_by_link(invitation.token, now=datetime(2033, 10, 20, 12, tzinfo=UTC))
    with pytest.raises(LinkExpired):
        access_by_link(invitation.token, now=datetime(2033, 10, 20, 22, 1, tzinfo=UTC))  # past midnight in Paris
    assert forget_invitations(actor=actor, now=over) == 3
    assert forget_invitations(actor=actor, now=over) == 0
    kept = Invitation.objects.get()
    assert (kept.email, kept.message, kept.sent_at) == ("", "", SENT)
    assert kept.token != invitation.token
    with pytest.raises(NotFound):
        access_by_link(invitation.token, now=SENT)
    assert not Availability.objects.exists()
    spoken.refresh_from_db()
    assert spoken.answer == "declined"
    assert LogEntry.objects.get(action="edition.invitations_forgotten").details == {"count": 3}


def test_what_is_to_come_is_not_forgotten() -> None:
    edition = an_edition_ahead()
    awa = a_speaker()
    to_speak(awa, edition)
    invited(edition, awa)
    assert retention.forget_invitations() == 0
    with pytest.raises(NotAllowed):
        forget_invitations(actor=PUBLIC)
