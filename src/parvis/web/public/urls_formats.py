"""Addresses of the programme for other software."""

from __future__ import annotations

from django.urls import path

from parvis.web.public import formats

urlpatterns = [
    path("<slug:edition>/formats/", formats.formats, name="formats"),
    path("<slug:edition>/programme.ics", formats.programme_calendar, name="calendar"),
    path("<slug:edition>/themes/<slug:theme>.ics", formats.theme_calendar, name="theme_calendar"),
    path("<slug:edition>/groups/<slug:group>.ics", formats.group_calendar, name="group_calendar"),
    path("<slug:edition>/rooms/<slug:room>.ics", formats.room_calendar, name="room_calendar"),
    path("<slug:edition>/speakers/<slug:speaker>.ics", formats.speaker_calendar, name="speaker_calendar"),
    path("<slug:edition>/sessions/<slug:session>.ics", formats.session_calendar, name="session_calendar"),
    path("<slug:edition>/schedule.json", formats.schedule_in_json, name="schedule_json"),
    path("<slug:edition>/schedule.xml", formats.schedule_in_xml, name="schedule_xml"),
    path("<slug:edition>/changes.atom", formats.changes_feed, name="changes_feed"),
    path("<slug:edition>/programme.xlsx", formats.programme_workbook, name="programme_workbook"),
    path("<slug:edition>/sessions.csv", formats.sessions_table, name="sessions_table"),
    path("<slug:edition>/speakers.csv", formats.speakers_table, name="speakers_table"),
]
