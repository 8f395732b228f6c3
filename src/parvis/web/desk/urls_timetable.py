"""Addresses of the timetable's editor, in the desk's namespace."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk import timetable

urlpatterns = [
    path("<slug:edition>/timetable/", timetable.editor, name="timetable"),
    path("<slug:edition>/timetable/since/<int:number>/", timetable.since, name="timetable_since"),
    path("<slug:edition>/timetable/undo/<int:number>/", timetable.undo, name="timetable_undo"),
    path("<slug:edition>/timetable/undo/", timetable.undo_step, name="timetable_undo_step"),
    path("<slug:edition>/timetable/empty/", timetable.empty, name="timetable_empty"),
    path("<slug:edition>/timetable/<int:session_id>/move/", timetable.move, name="timetable_move"),
    path("<slug:edition>/timetable/<int:session_id>/pin/", timetable.pin, name="timetable_pin"),
]
