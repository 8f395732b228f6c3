"""Which sessions come before which, at the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from parvis.domain.access import Permission
from parvis.queries.log import list_history
from parvis.queries.session_orders import access_order, list_orders, list_session_choices
from parvis.queries.versions import version_of
from parvis.services import session_orders as services
from parvis.web.desk.deletion import answer_deletion
from parvis.web.desk.forms import answer_form
from parvis.web.desk.forms_layout import sent
from parvis.web.desk.forms_timetable import OrderForm
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.history import lines_of
from parvis.web.desk.programme import EDIT, may_edit
from parvis.web.desk.timetable_words import placed_words

LIST = "desk:timetable_orders"


@require_safe
@desk_page(Permission.READ_DESK)
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the orders, and whether each is kept now."""
    rows = [
        (line, placed_words(line.order.before, desk.zone), placed_words(line.order.after, desk.zone))
        for line in list_orders(desk.actor, edition_id=desk.edition.pk)
    ]
    context = {"fact": "orders", "rows": rows, "may_edit": may_edit(desk)}
    return render(request, "desk/timetable/orders.html", context)


def _save(desk: Desk, form: OrderForm, order_id: int | None) -> Any:
    return services.save_order(
        actor=desk.actor,
        edition_id=desk.edition.pk,
        order_id=order_id,
        before_id=form.cleaned_data["before"],
        after_id=form.cleaned_data["after"],
        gap_min=form.cleaned_data["gap_min"] or 0,
        seen=form.seen,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def create(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Have one session come before another; `?before=` or `?after=` names the one that is known."""
    choices = list_session_choices(desk.actor, edition_id=desk.edition.pk)
    known = {name: request.GET.get(name, "") for name in ("before", "after")}
    form = OrderForm(sent(request), sessions=choices, initial={**known, "gap_min": 0})
    return answer_form(
        request,
        form,
        lambda: _save(desk, form, None),
        done=gettext("The order is set."),
        to=lambda _saved: reverse(LIST, args=[desk.edition.slug]),
        template="desk/form.html",
        context={
            "heading": gettext("Set an order"),
            "lead": gettext("One session ends before another begins, with at least so many minutes between them."),
            "back": reverse(LIST, args=[desk.edition.slug]),
            "back_name": gettext("Orders"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def change(request: HttpRequest, desk: Desk, order_id: int) -> HttpResponse:
    """Change an order."""

    def current() -> Any:
        return access_order(desk.actor, edition_id=desk.edition.pk, order_id=order_id)

    def columns(row: Any) -> dict[str, Any]:
        return {"before": row.before_id, "after": row.after_id, "gap_min": row.gap_min}

    row = current()
    choices = dict(list_session_choices(desk.actor, edition_id=desk.edition.pk))
    for session in (row.before, row.after):  # one of them may be cancelled meanwhile
        choices.setdefault(session.pk, f"{session.title} ({session.code})")
    form = OrderForm(sent(request), sessions=choices.items(), initial={**columns(row), "version": version_of(row)})

    def fresh() -> tuple[str, dict[str, Any]]:
        now = current()
        return version_of(now), columns(now)

    return answer_form(
        request,
        form,
        lambda: _save(desk, form, order_id),
        done=gettext("The order is changed."),
        to=lambda _saved: reverse(LIST, args=[desk.edition.slug]),
        template="desk/timetable/fact_form.html",
        context={
            "heading": gettext("Change the order"),
            "back": reverse(LIST, args=[desk.edition.slug]),
            "back_name": gettext("Orders"),
            "delete": reverse("desk:timetable_order_remove", args=[desk.edition.slug, order_id]),
            "lines": lines_of(list_history(desk.actor, subjects={"sessionorder": [order_id]}), desk.zone),
        },
        fresh=fresh,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def remove(request: HttpRequest, desk: Desk, order_id: int) -> HttpResponse:
    """Take an order away."""
    row = access_order(desk.actor, edition_id=desk.edition.pk, order_id=order_id)
    names = {"before": row.before.title, "after": row.after.title}
    return answer_deletion(
        request,
        row,
        lambda: services.remove_order(actor=desk.actor, edition_id=desk.edition.pk, order_id=order_id),
        heading=gettext("Take this order away?"),
        lead=gettext("“%(before)s” and “%(after)s” may then stand in any order.") % names,
        button=gettext("Take away"),
        done=gettext("The order is taken away."),
        back=(reverse(LIST, args=[desk.edition.slug]), gettext("Orders")),
        to=reverse(LIST, args=[desk.edition.slug]),
    )
