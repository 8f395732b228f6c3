"""What the dashboard asks to be looked at is what really waits."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from parvis.domain.access import Actor
from parvis.domain.attention import Concern
from parvis.models import Session
from parvis.queries.attention import list_attention
from parvis.queries.desk_editions import desk_edition
from parvis.services.releases import publish_release
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db
NOW = datetime(2023, 9, 17, 9, tzinfo=UTC)


def waiting(organiser: Actor) -> dict[Concern, int]:
    found = list_attention(organiser, edition=desk_edition(organiser, slug="2023"), now=NOW)
    return {item.concern: item.count for item in found}


def test_only_what_the_public_would_read_differently_waits_to_be_published(organiser: Actor) -> None:
    edition = an_edition()
    fill(edition)
    assert waiting(organiser)[Concern.NEVER_PUBLISHED] == 4
    publish_release(actor=organiser, edition_id=edition.pk, now=NOW)  # before the sessions were last saved
    assert Concern.UNPUBLISHED not in waiting(organiser)
    changed = Session.objects.get(edition=edition, code="S001")
    changed.abstract_fr = "Un autre résumé."
    changed.save()
    assert waiting(organiser)[Concern.UNPUBLISHED] == 1
    publish_release(actor=organiser, edition_id=edition.pk)
    assert Concern.UNPUBLISHED not in waiting(organiser)


def test_what_a_session_lacks_is_counted(organiser: Actor) -> None:
    edition = an_edition(status="open")
    fill(edition, sessions=2, speakers=1)
    Session.objects.filter(code="S001").update(title_en="")
    found = waiting(organiser)
    assert found[Concern.SPEAKERLESS] == 1
    assert (found[Concern.TEXTS_MISSING], found[Concern.TEXTS_UNCHECKED]) == (1, 2)
    Session.objects.filter(code="S001").update(status="cancelled")
    assert Concern.SPEAKERLESS not in waiting(organiser)
