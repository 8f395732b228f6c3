"""Addresses of what is printed: the programme, and a sheet for each session."""

from __future__ import annotations

from django.urls import path

from parvis.exports.programme_pdf import Paper
from parvis.web.public import printed

urlpatterns = [
    path("<slug:edition>/programme.pdf", printed.programme, {"paper": Paper.A4}, name="programme_pdf"),
    path("<slug:edition>/programme-a5.pdf", printed.programme, {"paper": Paper.A5}, name="programme_pdf_a5"),
    path("<slug:edition>/sessions.pdf", printed.session_sheets, name="session_sheets"),
    path("<slug:edition>/sessions/<slug:session>.pdf", printed.session_sheet, name="session_sheet"),
]
