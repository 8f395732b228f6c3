"""Addresses of invitations to speak, in the namespace of one's own pages."""

from __future__ import annotations

from django.urls import path

from parvis.web.space import invitation, invitation_parts

urlpatterns = [
    path("invitations/<str:token>/", invitation.page, name="invitation"),
    path("invitations/<str:token>/biography/", invitation_parts.biography, name="invitation_biography"),
    path("invitations/<str:token>/photograph/", invitation_parts.photograph, name="invitation_photograph"),
    path(
        "invitations/<str:token>/photograph/remove/",
        invitation_parts.photograph_remove,
        name="invitation_photograph_remove",
    ),
    path("invitations/<str:token>/hours/", invitation_parts.hours, name="invitation_hours"),
    path("invitations/<str:token>/<int:intervention_id>.ics", invitation.calendar, name="invitation_calendar"),
]
