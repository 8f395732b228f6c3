"""Addresses of the public site."""

from __future__ import annotations

from django.urls import include, path

from parvis.web.public import pages, people, robots

app_name = "public"
urlpatterns = [
    path("", pages.front, name="home"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
    path("editions/", pages.editions, name="editions"),
    path("<slug:edition>/", pages.edition_home, name="edition"),
    path("<slug:edition>/speakers/", people.speakers, name="speakers"),
    path("<slug:edition>/speakers/<slug:speaker>/", people.speaker, name="speaker"),
    path("<slug:edition>/organisations/", people.organisations, name="organisations"),
    path("<slug:edition>/partners/", people.partners, name="partners"),
    path("<slug:edition>/practical/", pages.practical, name="practical"),
    path("<slug:edition>/figures/", pages.figures, name="figures"),
    path("", include("parvis.web.public.urls_programme")),
    path("", include("parvis.web.public.urls_formats")),
    path("", include("parvis.web.public.urls_communiques")),
    path("", include("parvis.web.public.urls_displays")),
    path("", include("parvis.web.public.urls_offline")),
    path("", include("parvis.web.public.urls_printed")),
    path("", include("parvis.web.public.urls_calls")),
]
