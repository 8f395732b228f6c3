"""Addresses of organisations, people, groups and partners, in the desk's namespace."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk import groups, organisations, partners, people, suggest

_EDITION = "<slug:edition>"
_ONE = f"{_EDITION}/organisations/<int:pk>/"
_PERSON = f"{_EDITION}/people/<int:pk>/"
_GROUP = f"{_EDITION}/groups/<int:pk>/"
_PARTNER = f"{_EDITION}/partners/<int:pk>/"

urlpatterns = [
    path(f"{_EDITION}/suggest/people/", suggest.people, name="suggest_people"),
    path(f"{_EDITION}/organisations/new/", organisations.create, name="organisation_new"),
    path(f"{_EDITION}/organisations/authority/", organisations.add_authority, name="authority_new"),
    path(_ONE, organisations.page, name="organisation"),
    path(f"{_ONE}change/", organisations.change, name="organisation_change"),
    path(f"{_ONE}delete/", organisations.delete, name="organisation_delete"),
    path(f"{_ONE}contact/", organisations.contact, name="delegation_contact"),
    path(f"{_ONE}memberships/", organisations.record_membership, name="membership_record"),
    path(f"{_ONE}memberships/<int:year>/remove/", organisations.remove_membership, name="membership_remove"),
    path(f"{_EDITION}/people/new/", people.create, name="person_new"),
    path(_PERSON, people.page, name="person"),
    path(f"{_PERSON}change/", people.change, name="person_change"),
    path(f"{_PERSON}delete/", people.delete, name="person_delete"),
    path(f"{_PERSON}mandates/new/", people.add_mandate, name="mandate_new"),
    path(f"{_PERSON}mandates/<int:mandate_id>/", people.change_mandate, name="mandate"),
    path(f"{_PERSON}mandates/<int:mandate_id>/remove/", people.remove_mandate, name="mandate_remove"),
    path(f"{_PERSON}mandates/<int:mandate_id>/move/", people.move_mandate, name="mandate_move"),
    path(f"{_EDITION}/groups/new/", groups.create, name="group_new"),
    path(_GROUP, groups.page, name="group"),
    path(f"{_GROUP}change/", groups.change, name="group_change"),
    path(f"{_GROUP}delete/", groups.delete, name="group_delete"),
    path(f"{_GROUP}presidencies/new/", groups.add_presidency, name="presidency_new"),
    path(f"{_GROUP}presidencies/<int:presidency_id>/", groups.date_presidency, name="presidency"),
    path(f"{_GROUP}presidencies/<int:presidency_id>/remove/", groups.remove_presidency, name="presidency_remove"),
    path(f"{_EDITION}/partners/new/", partners.create, name="partner_new"),
    path(_PARTNER, partners.page, name="partner"),
    path(f"{_PARTNER}change/", partners.change, name="partner_change"),
    path(f"{_PARTNER}remove/", partners.remove, name="partner_remove"),
]
