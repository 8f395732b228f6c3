"""Addresses of the timetable's solves and explanations, in the desk's namespace."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk import timetable_explained, timetable_solve, timetable_solves

urlpatterns = [
    path("<slug:edition>/timetable/solves/", timetable_solves.listing, name="timetable_solves"),
    path("<slug:edition>/timetable/solves/new/", timetable_solves.new, name="timetable_solve_new"),
    path("<slug:edition>/timetable/solves/mend/", timetable_solves.mend, name="timetable_mend_new"),
    path("<slug:edition>/timetable/solves/<int:solve_id>/", timetable_solve.page, name="timetable_solve"),
    path(
        "<slug:edition>/timetable/solves/<int:solve_id>/progress/",
        timetable_solve.progress,
        name="timetable_solve_progress",
    ),
    path("<slug:edition>/timetable/solves/<int:solve_id>/stop/", timetable_solve.stop, name="timetable_solve_stop"),
    path(
        "<slug:edition>/timetable/solves/<int:solve_id>/accept/", timetable_solve.accept, name="timetable_solve_accept"
    ),
    path("<slug:edition>/timetable/solves/<int:solve_id>/drop/", timetable_solve.drop, name="timetable_solve_drop"),
    path("<slug:edition>/timetable/solves/<int:solve_id>/undo/", timetable_solve.undo, name="timetable_solve_undo"),
    path("<slug:edition>/timetable/explained/", timetable_explained.page, name="timetable_explained"),
    path(
        "<slug:edition>/timetable/explained/<int:session_id>/",
        timetable_explained.card,
        name="timetable_explained_card",
    ),
]
