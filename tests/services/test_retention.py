"""What has served its purpose is erased, and what counts stays."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from parvis.domain.access import PUBLIC, system_actor
from parvis.domain.refusals import NotAllowed
from parvis.models import LogEntry, Registration
from parvis.services.retention import forget_needs
from parvis.tasks import retention
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
