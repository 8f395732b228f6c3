"""Addresses of press releases."""

from __future__ import annotations

from django.urls import path

from parvis.web.public import communiques

urlpatterns = [
    path("<slug:edition>/communiques/", communiques.communiques, name="communiques"),
    path("<slug:edition>/communiques/<int:number>/", communiques.communique, name="communique"),
    path(
        "<slug:edition>/communiques/<int:number>/communique.pdf",
        communiques.communique_file,
        {"ending": "pdf"},
        name="communique_pdf",
    ),
    path(
        "<slug:edition>/communiques/<int:number>/communique.docx",
        communiques.communique_file,
        {"ending": "docx"},
        name="communique_docx",
    ),
]
