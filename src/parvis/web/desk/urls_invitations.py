"""Addresses of invitations to speak, in the desk's namespace; the photograph of a person too."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk import invitation, invitations, photographs

urlpatterns = [
    path("<slug:edition>/invitations/", invitations.listing_page, name="invitations"),
    path("<slug:edition>/invitations/write/", invitations.write, name="invitation_write"),
    path("<slug:edition>/invitations/<int:person_id>/", invitation.page, name="invitation"),
    path("<slug:edition>/invitations/<int:person_id>/again/", invitation.send_again, name="invitation_again"),
    path("<slug:edition>/invitations/<int:person_id>/take-back/", invitation.take_back, name="invitation_take_back"),
    path("<slug:edition>/speakers/<int:intervention_id>/answer/", invitation.note, name="intervention_answer"),
    path("<slug:edition>/people/<int:pk>/photograph/", photographs.change, name="person_photograph"),
    path("<slug:edition>/people/<int:pk>/photograph/remove/", photographs.remove, name="person_photograph_remove"),
]
