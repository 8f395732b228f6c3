"""Addresses of sessions and of those who speak in them, in the desk's namespace."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk import interventions, programme, session_texts

urlpatterns = [
    path("<slug:edition>/sessions/new/", programme.create, name="session_new"),
    path("<slug:edition>/sessions/texts/", session_texts.check_many, name="session_texts"),
    path("<slug:edition>/sessions/<int:session_id>/texts/", session_texts.check, name="session_check"),
    path("<slug:edition>/sessions/<int:session_id>/", programme.page, name="session"),
    path("<slug:edition>/sessions/<int:session_id>/change/", programme.change, name="session_change"),
    path("<slug:edition>/sessions/<int:session_id>/place/", programme.place, name="session_place"),
    path("<slug:edition>/sessions/<int:session_id>/unplace/", programme.unplace, name="session_unplace"),
    path("<slug:edition>/sessions/<int:session_id>/cancel/", programme.cancel, name="session_cancel"),
    path("<slug:edition>/sessions/<int:session_id>/restore/", programme.restore, name="session_restore"),
    path("<slug:edition>/sessions/<int:session_id>/delete/", programme.delete, name="session_delete"),
    path("<slug:edition>/sessions/<int:session_id>/speakers/new/", interventions.create, name="intervention_new"),
    path("<slug:edition>/sessions/speakers/<int:intervention_id>/", interventions.change, name="intervention"),
    path(
        "<slug:edition>/sessions/speakers/<int:intervention_id>/remove/",
        interventions.remove,
        name="intervention_remove",
    ),
    path(
        "<slug:edition>/sessions/speakers/<int:intervention_id>/<slug:way>/",
        interventions.move,
        name="intervention_move",
    ),
]
