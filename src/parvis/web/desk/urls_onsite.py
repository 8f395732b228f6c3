"""Addresses of the door at the desk, in the desk's namespace."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk import onsite

urlpatterns = [
    path("<slug:edition>/door/", onsite.doors, name="door"),
    path("<slug:edition>/door/make/", onsite.make, name="door_make"),
    path("<slug:edition>/door/scans/", onsite.scans, name="door_scans"),
]
