"""Addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"parvis.web.desk.urls_{subject}"))
    for subject in (
        "imports",
        "communiques",
        "figures",
        "onsite",
        "editions",
        "programme",
        "documents",
        "timetable_facts",
        "timetable",
        "timetable_solves",
        "invitations",
        "network",
        "registrations",
        "calls",
        "lists",
    )
]
