"""Addresses of the desk's lists, dashboard, search, log and releases."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk import accounts, dashboard, lists_edition, lists_network, log, release_notices, releases, search

urlpatterns = [
    path("", dashboard.current, name="dashboard"),
    path("log/", log.entries, name="log"),
    path("accounts/", accounts.listing, name="accounts"),
    path("accounts/new/", accounts.create, name="account_new"),
    path("accounts/<int:account_id>/<slug:role>/", accounts.set_role, name="account_role"),
    path("<slug:edition>/", dashboard.of_edition, name="dashboard_of"),
    path("<slug:edition>/search/", search.everywhere, name="search"),
    path("<slug:edition>/organisations/", lists_network.organisations, name="organisations"),
    path("<slug:edition>/people/", lists_network.people, name="people"),
    path("<slug:edition>/groups/", lists_network.groups, name="groups"),
    path("<slug:edition>/partners/", lists_network.partners, name="partners"),
    path("<slug:edition>/registrations/", lists_edition.registrations, name="registrations"),
    path("<slug:edition>/sessions/", lists_edition.sessions, name="sessions"),
    path("<slug:edition>/rooms/", lists_edition.rooms, name="rooms"),
    path("<slug:edition>/awards/", lists_edition.awards, name="awards"),
    path("<slug:edition>/mails/", search.mails, name="mails"),
    path("<slug:edition>/releases/", releases.listing, name="releases"),
    path("<slug:edition>/releases/publish/", releases.publish, name="release_publish"),
    path("<slug:edition>/releases/concerned/", release_notices.preview, name="release_concerned"),
    path("<slug:edition>/releases/<int:number>/", releases.page, name="release"),
    path("<slug:edition>/releases/<int:number>/tell/", release_notices.tell, name="release_tell"),
    path("<slug:edition>/releases/<int:number>/take-up/", releases.take_up, name="release_take_up"),
]
