"""Which columns exist in every content language (django-modeltranslation: fr, en, es, ar)."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, translator

from parvis import models

TRANSLATED: dict[type, tuple[str, ...]] = {
    models.Organisation: ("name",),
    models.Federation: ("about",),
    models.Group: ("name",),
    models.Person: ("biography",),
    models.Mandate: ("title", "label"),
    models.Series: ("name", "short_name"),
    models.Venue: ("name", "access"),
    models.Edition: ("name", "theme", "context", "status_reason", "practical_info", "thanks"),
    models.Theme: ("name",),
    models.Session: ("title", "abstract", "practical_note", "summary"),
    models.Call: ("name", "text"),
    models.Proposal: ("title", "abstract"),
    models.Category: ("name",),
    models.Checkpoint: ("name",),
    models.Award: ("name",),
    models.Laureate: ("citation",),
    models.Honour: ("citation",),
    models.Partner: ("mention",),
}

for _model, _fields in TRANSLATED.items():
    translator.register(_model, type(f"{_model.__name__}Translation", (TranslationOptions,), {"fields": _fields}))
