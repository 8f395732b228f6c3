"""Addresses of the programme, of what it is made of, and of what participants choose of it."""

from __future__ import annotations

from django.urls import path, re_path

from parvis.web.public import own_programme_copies, own_programmes, places, programme, sessions, subjects

ADDRESS = r"(?P<token>[A-Za-z0-9_-]{32,64})"
MINE = r"^(?P<edition>[-a-zA-Z0-9_]+)/mine/"

urlpatterns = [
    path("<slug:edition>/programme/", programme.programme, name="programme"),
    path("<slug:edition>/programme/grid/", programme.grid, name="programme_grid"),
    path("<slug:edition>/programme/index.json", programme.index, name="programme_index"),
    path("<slug:edition>/programme/rooms/", places.rooms, name="programme_rooms"),
    path("<slug:edition>/rooms/<slug:room>/", places.room, name="room"),
    path("<slug:edition>/themes/", subjects.themes, name="themes"),
    path("<slug:edition>/themes/<slug:theme>/", subjects.theme, name="theme"),
    path("<slug:edition>/groups/", subjects.groups, name="groups"),
    path("<slug:edition>/groups/<slug:group>/", subjects.group, name="group"),
    path("<slug:edition>/sessions/<slug:session>/", sessions.session, name="session"),
    path("<slug:edition>/mine/", own_programmes.mine, name="own_programme"),
    path("<slug:edition>/mine/choose/", own_programmes.choose, name="own_programme_choose"),
    path("<slug:edition>/mine/keep/", own_programme_copies.keep, name="own_programme_keep"),
    re_path(rf"{MINE}{ADDRESS}/$", own_programmes.copy, name="own_programme_copy"),
    re_path(rf"{MINE}{ADDRESS}/choose/$", own_programmes.choose_again, name="own_programme_change"),
    re_path(rf"{MINE}{ADDRESS}/forget/$", own_programmes.forget, name="own_programme_forget"),
    re_path(rf"{MINE}{ADDRESS}/keep/$", own_programme_copies.change, name="own_programme_sync"),
    re_path(rf"{MINE}{ADDRESS}/code\.svg$", own_programme_copies.code, name="own_programme_code"),
    re_path(rf"{MINE}{ADDRESS}\.ics$", own_programme_copies.feed, name="own_programme_feed"),
]
