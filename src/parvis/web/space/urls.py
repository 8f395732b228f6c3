"""Addresses of registering, of one's own registrations, and of the demo's mailbox."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from parvis.web.space import mailbox, mine, overview, register, suggest

app_name = "space"
urlpatterns: list[URLPattern | URLResolver] = [
    path("space/", overview.overview, name="overview"),
    path("space/<int:registration_id>/cancel/", overview.cancel_colleague, name="cancel_colleague"),
    path("organisations/suggest", suggest.suggest, name="suggest"),
    path("mails/", mailbox.mailbox, name="mails"),
    path("mails/<uuid:guid>/", mailbox.one_mail, name="mail"),
    path("mails/<uuid:guid>/attachments/<int:number>/", mailbox.attachment, name="mail_attachment"),
    path("r/<str:token>/", mine.registration, name="registration"),
    path("r/<str:token>/change/", mine.change, name="change"),
    path("r/<str:token>/cancel/", mine.cancel, name="cancel"),
    path("r/<str:token>/restore/", mine.restore, name="restore"),
    path("r/<str:token>/calendar.ics", mine.calendar, name="calendar"),
    path("", include("parvis.web.space.urls_proposals")),
    path("", include("parvis.web.space.urls_invitations")),
    path("<slug:edition_slug>/register/", register.register, name="register"),
    path("<slug:edition_slug>/register/again/", register.resend, name="resend"),
    path("<slug:edition_slug>/register/done/<uuid:form_key>/", register.done, name="done"),
]
