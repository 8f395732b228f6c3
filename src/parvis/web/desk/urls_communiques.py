"""Addresses of the press releases, in the desk's namespace."""

from __future__ import annotations

from django.urls import path, register_converter

from parvis.web.desk import communiques


class StepConverter:
    """One of the steps of a press release."""

    regex = "approve|publish|withdraw|redraft"

    def to_python(self, value: str) -> str:
        """Return the step."""
        return value

    def to_url(self, value: str) -> str:
        """Return the step."""
        return value


register_converter(StepConverter, "communique_step")

urlpatterns = [
    path("communiques/", communiques.current, name="communiques"),
    path("<slug:edition>/communiques/", communiques.listing, name="communiques_of"),
    path("<slug:edition>/communiques/draft/", communiques.draft, name="communique_draft"),
    path("<slug:edition>/communiques/<int:number>/", communiques.page, name="communique"),
    path("<slug:edition>/communiques/<int:number>/edit/<slug:language>/", communiques.edit, name="communique_edit"),
    path("<slug:edition>/communiques/<int:number>/<communique_step:action>/", communiques.step, name="communique_step"),
    path(
        "<slug:edition>/communiques/<int:number>/communique.pdf",
        communiques.file,
        {"ending": "pdf"},
        name="communique_pdf",
    ),
    path(
        "<slug:edition>/communiques/<int:number>/communique.docx",
        communiques.file,
        {"ending": "docx"},
        name="communique_docx",
    ),
]
