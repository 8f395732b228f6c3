"""Addresses of the edition as an application that works without a network."""

from __future__ import annotations

from django.urls import path

from parvis.web.public import offline

urlpatterns = [
    path("<slug:edition>/manifest.webmanifest", offline.manifest, name="manifest"),
    path("<slug:edition>/offline.js", offline.worker, name="offline_worker"),
    path("<slug:edition>/offline.json", offline.offline_list, name="offline_list"),
    path("<slug:edition>/offline/", offline.offline, name="offline"),
]
