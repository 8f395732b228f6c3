"""Addresses of the documents beside sessions, in the desk's namespace."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk import documents

urlpatterns = [
    path("<slug:edition>/sessions/<int:session_id>/documents/", documents.documents, name="documents"),
    path(
        "<slug:edition>/sessions/<int:session_id>/documents/<int:document_id>/remove/",
        documents.remove,
        name="document_remove",
    ),
]
