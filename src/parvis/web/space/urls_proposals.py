"""Addresses of proposals, in the namespace of one's own pages."""

from __future__ import annotations

from django.urls import path

from parvis.web.space import proposal, proposal_edit, propose, slots

urlpatterns = [
    path("proposals/<str:token>/", proposal.overview, name="proposal"),
    path("proposals/<str:token>/edit/", proposal_edit.edit, name="proposal_edit"),
    path("proposals/<str:token>/submit/", proposal.submit, name="proposal_submit"),
    path("proposals/<str:token>/withdraw/", proposal.withdraw, name="proposal_withdraw"),
    path("proposals/<str:token>/take-up/", proposal.take_up, name="proposal_take_up"),
    path("proposals/<str:token>/slot/", slots.choose, name="proposal_slot"),
    path("proposals/<str:token>/authors/", proposal.invite, name="proposal_invite"),
    path("proposals/<str:token>/authors/<int:editor_id>/remove/", proposal.remove, name="proposal_remove"),
    path("<slug:edition_slug>/calls/<slug:call_slug>/propose/", propose.new_proposal, name="propose"),
    path("<slug:edition_slug>/calls/<slug:call_slug>/again/", propose.resend_link, name="proposal_resend"),
]
