"""Addresses of the imports, in the desk's namespace."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk import imports

urlpatterns = [
    path("imports/", imports.import_list, name="imports"),
    path("imports/new/", imports.import_new, name="import_new"),
    path("imports/templates/<slug:kind>.xlsx", imports.import_template, name="import_template"),
    path("imports/<uuid:guid>/", imports.import_run, name="import_run"),
    path("imports/<uuid:guid>/progress/", imports.import_progress, name="import_progress"),
    path("imports/<uuid:guid>/refused.xlsx", imports.import_refused, name="import_refused"),
    path("imports/<uuid:guid>/apply/", imports.import_apply, name="import_apply"),
    path("imports/<uuid:guid>/discard/", imports.import_discard, name="import_discard"),
]
