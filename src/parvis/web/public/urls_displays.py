"""Addresses of the screens in the building."""

from __future__ import annotations

from django.urls import path

from parvis.web.public import displays

urlpatterns = [
    path("<slug:edition>/display/", displays.lobby_display, name="lobby_display"),
    path("<slug:edition>/rooms/<slug:room>/display/", displays.room_display, name="room_display"),
]
