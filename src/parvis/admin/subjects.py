"""The subjects: what the desk changes too, in the raw."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Model

from parvis import models as m
from parvis.admin.logged import LoggedAdmin

# (model, columns of the list, what is searched, what filters, rows too many for a select)
_SUBJECTS: tuple[tuple[type[Model], tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    (m.Federation, ("organisation", "city"), (), (), ("organisation",)),
    (m.Series, ("name", "slug"), ("name",), (), ()),
    (m.Venue, ("name", "city"), ("name", "city"), (), ()),
    (m.Room, ("name", "venue", "capacity"), ("name",), ("venue",), ()),
    (m.Edition, ("number", "name", "status", "starts_on"), ("name",), ("status",), ()),
    (m.Organisation, ("name", "kind", "country"), ("folded", "insee_code", "siren"), ("kind",), ("parent",)),
    (m.Membership, ("organisation", "year"), ("organisation__folded",), ("year",), ("organisation",)),
    (m.Group, ("name", "kind"), ("name",), ("kind",), ()),
    (m.GroupPresidency, ("group", "mandate", "starts_on", "ends_on"), (), ("group",), ("mandate",)),
    (m.Person, ("last_name", "first_name", "email"), ("folded", "email"), (), ()),
    (m.Mandate, ("person", "title", "organisation"), ("person__folded",), ("function",), ("person", "organisation")),
    (m.Theme, ("name", "slug"), ("name",), (), ()),
    (m.Session, ("code", "title", "format", "status"), ("code", "folded"), ("edition", "format"), ("host", "group")),
    (m.Placement, ("session", "room", "starts_at"), ("session__folded",), ("room",), ("session",)),
    (m.Intervention, ("session", "person", "role"), ("person__folded",), ("role",), ("session", "person", "mandate")),
    (m.Category, ("name", "kind", "edition"), (), ("edition",), ()),
    (m.Delegation, ("organisation", "edition"), ("organisation__folded",), ("edition",), ("organisation", "head")),
    (
        m.Registration,
        ("reference", "person", "organisation", "status"),
        ("reference", "person__folded"),
        ("edition", "status"),
        ("person", "organisation", "mandate", "delegation"),
    ),
    (m.Checkpoint, ("code", "name", "kind", "day"), ("code", "name"), ("edition", "kind"), ("session",)),
    (m.Partner, ("organisation", "kind", "edition"), (), ("edition",), ("organisation", "co_funder")),
    (m.Award, ("name", "kind"), ("name",), ("kind",), ()),
)


def _register() -> None:
    for model, shown, searched, filters, raw in _SUBJECTS:
        page = type(
            f"{model.__name__}Admin",
            (LoggedAdmin,),
            {
                "list_display": shown,
                "search_fields": searched,
                "list_filter": filters,
                "raw_id_fields": raw,
                "list_select_related": True,
            },
        )
        admin.site.register(model, page)


_register()
