"""Addresses of editions, venues, rooms and awards, in the desk's namespace."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk import awards, editions, rooms

urlpatterns = [
    path("<slug:edition>/edition/", editions.page, name="edition"),
    path("<slug:edition>/edition/change/", editions.change, name="edition_change"),
    path("<slug:edition>/edition/next/", editions.announce, name="edition_new"),
    path("<slug:edition>/edition/state/<slug:status>/", editions.change_status, name="edition_status"),
    path("<slug:edition>/edition/venues/new/", rooms.venue_new, name="venue_new"),
    path("<slug:edition>/edition/venues/<int:venue_id>/", rooms.venue, name="venue"),
    path("<slug:edition>/rooms/new/", rooms.room_new, name="room_new"),
    path("<slug:edition>/rooms/<int:room_id>/", rooms.room, name="room"),
    path("<slug:edition>/rooms/<int:room_id>/delete/", rooms.room_delete, name="room_delete"),
    path("<slug:edition>/awards/new/", awards.award_new, name="award_new"),
    path("<slug:edition>/awards/<int:round_id>/", awards.award_change, name="award"),
    path("<slug:edition>/awards/<int:round_id>/remove/", awards.award_remove, name="award_remove"),
    path("<slug:edition>/awards/<int:round_id>/laureates/new/", awards.laureate_new, name="laureate_new"),
    path("<slug:edition>/awards/laureates/<int:laureate_id>/remove/", awards.laureate_remove, name="laureate_remove"),
    path("<slug:edition>/awards/honours/new/", awards.honour_new, name="honour_new"),
    path("<slug:edition>/awards/honours/<int:honour_id>/remove/", awards.honour_remove, name="honour_remove"),
]
