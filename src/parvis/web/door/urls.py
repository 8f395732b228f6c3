"""Addresses of this area."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from parvis.web.door import checkpoint, doors, walk_in

app_name = "door"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", doors.listing, name="home"),
    path("<uuid:guid>/", checkpoint.page, name="checkpoint"),
    path("<uuid:guid>/scan/", checkpoint.scan, name="scan"),
    path("<uuid:guid>/find/", checkpoint.find, name="find"),
    path("<uuid:guid>/undo/", checkpoint.undo, name="undo"),
    path("<uuid:guid>/latest/", checkpoint.latest, name="latest"),
    path("<uuid:guid>/register/", walk_in.register, name="register"),
]
