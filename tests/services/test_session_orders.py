"""Orders of sessions: once each, never in a circle, judged by the timetable."""

from __future__ import annotations

import pytest

from parvis.domain.access import Actor
from parvis.domain.changes import AlreadyThere
from parvis.domain.editions import EditionIsClosed
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound
from parvis.domain.timetable.orders import GapOutOfBounds, OrderClosesCircle, OrderOfItself
from parvis.domain.timetable.violations import violations
from parvis.models import Edition, LogEntry, Session, SessionOrder
from parvis.queries.session_orders import list_orders, list_orders_of_session, list_session_choices
from parvis.queries.timetable import build_timetable
from parvis.queries.versions import version_of
from parvis.services.session_orders import remove_order, save_order
from tests.factories.editions import an_edition, fill
from tests.factories.programme import a_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    made = an_edition(status="open")
    fill(made, sessions=8, speakers=4)
    return made


def order(actor: Actor, edition: Edition, before: str, after: str, **more: object) -> SessionOrder:
    keys = dict(Session.objects.filter(edition=edition).values_list("code", "pk"))
    return save_order(
        actor=actor,
        edition_id=edition.pk,
        order_id=None,
        before_id=keys[before],
        after_id=keys[after],
        **more,  # type: ignore[arg-type]
    )


def test_an_order_is_set_judged_changed_and_taken_away(organiser: Actor, edition: Edition) -> None:
    made = order(organiser, edition, "S001", "S006", gap_min=60)
    (line,) = list_orders(organiser, edition_id=edition.pk)
    assert (line.gap_now, line.kept) == (30, False)  # from 11:00 to 11:30
    timetable = build_timetable(edition.pk)
    found = violations(timetable.problem, timetable.rules, timetable.placements)
    assert [v.kind for v in found if v.hard] == ["in_order"]
    save_order(
        actor=organiser,
        edition_id=edition.pk,
        order_id=made.pk,
        before_id=made.before_id,
        after_id=made.after_id,
        gap_min=30,
        seen=version_of(made),
    )
    assert list_orders(organiser, edition_id=edition.pk)[0].kept
    assert LogEntry.objects.get(action="sessionorder.changed").details["changes"] == {"gap_min": [60, 30]}
    assert len(list_orders_of_session(organiser, session_id=made.after_id)) == 1
    remove_order(actor=organiser, edition_id=edition.pk, order_id=made.pk)
    assert not SessionOrder.objects.exists()
    assert LogEntry.objects.filter(action="sessionorder.removed").count() == 1


def test_a_circle_is_refused_with_its_titles(organiser: Actor, edition: Edition) -> None:
    order(organiser, edition, "S001", "S002")
    last = order(organiser, edition, "S002", "S003")
    with pytest.raises(OrderClosesCircle) as refused:
        order(organiser, edition, "S003", "S001")
    titles = ["Séance 3", "Séance 1", "Séance 2", "Séance 3"]
    assert str(refused.value.params["circle"]).split(" → ") == [f"{title} : agir ensemble" for title in titles]
    with pytest.raises(OrderOfItself):
        order(organiser, edition, "S001", "S001")
    with pytest.raises(AlreadyThere):
        order(organiser, edition, "S001", "S002")
    # An order that is changed does not stand in its own way.
    save_order(
        actor=organiser,
        edition_id=edition.pk,
        order_id=last.pk,
        before_id=last.after_id,
        after_id=last.before_id,
    )
    assert SessionOrder.objects.count() == 2


def test_what_is_nowhere_or_cancelled_is_not_judged(organiser: Actor, edition: Edition) -> None:
    a_session(edition, "Nulle part", code="X")
    order(organiser, edition, "S001", "X")
    order(organiser, edition, "S002", "S006")
    Session.objects.filter(code="S006").update(status="cancelled")
    assert [line.kept for line in list_orders(organiser, edition_id=edition.pk)] == [None, None]
    choices = [name for _pk, name in list_session_choices(organiser, edition_id=edition.pk)]
    assert "Nulle part (X)" in choices
    assert not [name for name in choices if "(S006)" in name]


def test_refusals(organiser: Actor, read_only: Actor, edition: Edition) -> None:
    with pytest.raises(NotAllowed):
        order(read_only, edition, "S001", "S002")
    with pytest.raises(GapOutOfBounds):
        order(organiser, edition, "S001", "S002", gap_min=1441)
    elsewhere = a_session(an_edition(15, slug="2024"), "Ailleurs")
    made = order(organiser, edition, "S001", "S002")
    for before, after, field in ((elsewhere.pk, made.after_id, "before"), (made.before_id, elsewhere.pk, "after")):
        with pytest.raises(NotFound) as refused:
            save_order(
                actor=organiser, edition_id=edition.pk, order_id=None, before_id=before, after_id=after, gap_min=0
            )
        assert refused.value.field == field
    with pytest.raises(ChangedMeanwhile):
        save_order(
            actor=organiser,
            edition_id=edition.pk,
            order_id=made.pk,
            before_id=made.before_id,
            after_id=made.after_id,
            seen="another print",
        )
    with pytest.raises(NotFound):
        remove_order(actor=organiser, edition_id=elsewhere.edition_id, order_id=made.pk)
    Edition.objects.update(status="archived")
    with pytest.raises(EditionIsClosed):
        remove_order(actor=organiser, edition_id=edition.pk, order_id=made.pk)
