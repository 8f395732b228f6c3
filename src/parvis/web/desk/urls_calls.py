"""Addresses of calls, proposals and reviews, in the desk's namespace."""

from __future__ import annotations

from django.urls import path, register_converter

from parvis.web.desk import call_decisions, call_slots, calls, proposals, reviews


class ProposalStepConverter:
    """One of the steps that the desk takes for a proposal's authors."""

    regex = "submit|withdraw|take-up|take-slot-back"

    def to_python(self, value: str) -> str:
        """Return the step."""
        return value

    def to_url(self, value: str) -> str:
        """Return the step."""
        return value


register_converter(ProposalStepConverter, "proposal_step")

urlpatterns = [
    path("reviews/", reviews.current, name="reviews_current"),
    path("<slug:edition>/reviews/", reviews.queue, name="reviews"),
    path("<slug:edition>/reviews/<int:proposal_id>/", reviews.review, name="review"),
    path("<slug:edition>/calls/", calls.listing, name="calls"),
    path("<slug:edition>/calls/new/", calls.create, name="call_new"),
    path("<slug:edition>/calls/<slug:call>/", proposals.listing, name="call"),
    path("<slug:edition>/calls/<slug:call>/edit/", calls.change, name="call_edit"),
    path("<slug:edition>/calls/<slug:call>/delete/", calls.delete, name="call_delete"),
    path("<slug:edition>/calls/<slug:call>/slots/", call_slots.slots, name="call_slots"),
    path("<slug:edition>/calls/<slug:call>/slots/remove/", call_slots.remove, name="call_slots_remove"),
    path("<slug:edition>/calls/<slug:call>/decisions/", call_decisions.preview, name="call_decisions"),
    path("<slug:edition>/calls/<slug:call>/announce/", call_decisions.announce, name="call_announce"),
    path("<slug:edition>/calls/<slug:call>/remind/<slug:whom>/", call_decisions.remind, name="call_remind"),
    path("<slug:edition>/calls/<slug:call>/<int:proposal_id>/", proposals.page, name="proposal"),
    path("<slug:edition>/calls/<slug:call>/<int:proposal_id>/mail/", call_decisions.mail, name="proposal_mail"),
    path("<slug:edition>/calls/<slug:call>/<int:proposal_id>/slot/", proposals.choose, name="proposal_slot"),
    path(
        "<slug:edition>/calls/<slug:call>/<int:proposal_id>/<proposal_step:step>/",
        proposals.step,
        name="proposal_step",
    ),
]
