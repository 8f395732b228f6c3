"""Addresses of what binds the timetable, in the desk's namespace."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk import availabilities, interpretation_teams, room_hosts, session_orders, themes, timetable_rules

_IN = "<slug:edition>/timetable"
urlpatterns = [
    path(f"{_IN}/rules/", timetable_rules.listing, name="timetable_rules"),
    path(f"{_IN}/rules/<slug:kind>/", timetable_rules.rule, name="timetable_rule"),
    path(f"{_IN}/rules/<slug:kind>/reset/", timetable_rules.rule_reset, name="timetable_rule_reset"),
    path(f"{_IN}/days/", timetable_rules.days, name="timetable_days"),
    path(f"{_IN}/days/reset/", timetable_rules.days_reset, name="timetable_days_reset"),
    path(f"{_IN}/hours/", availabilities.listing, name="timetable_hours"),
    *[
        path(f"{_IN}/hours/{kind}/{rest}", view, {"kind": kind}, name=f"timetable_{name}_{kind}")
        for kind in ("person", "organisation")
        for rest, view, name in (
            ("new/", availabilities.choose, "hours_new"),
            ("<int:pk>/", availabilities.change, "hours"),
            ("<int:pk>/remove/", availabilities.remove, "hours_remove"),
        )
    ],
    path(f"{_IN}/orders/", session_orders.listing, name="timetable_orders"),
    path(f"{_IN}/orders/new/", session_orders.create, name="timetable_order_new"),
    path(f"{_IN}/orders/<int:order_id>/", session_orders.change, name="timetable_order"),
    path(f"{_IN}/orders/<int:order_id>/remove/", session_orders.remove, name="timetable_order_remove"),
    path(f"{_IN}/teams/", interpretation_teams.listing, name="timetable_teams"),
    path(f"{_IN}/teams/new/", interpretation_teams.create, name="timetable_team_new"),
    path(f"{_IN}/teams/<int:team_id>/", interpretation_teams.team, name="timetable_team"),
    path(f"{_IN}/teams/<int:team_id>/remove/", interpretation_teams.remove, name="timetable_team_remove"),
    path("<slug:edition>/sessions/<int:session_id>/teams/", interpretation_teams.of_session, name="session_teams"),
    path(f"{_IN}/hosts/", room_hosts.listing, name="timetable_hosts"),
    path(f"{_IN}/hosts/new/", room_hosts.create, name="timetable_host_new"),
    path(f"{_IN}/hosts/<int:host_id>/", room_hosts.change, name="timetable_host"),
    path(f"{_IN}/hosts/<int:host_id>/remove/", room_hosts.remove, name="timetable_host_remove"),
    path(f"{_IN}/themes/", themes.listing, name="timetable_themes"),
    path(f"{_IN}/themes/new/", themes.create, name="timetable_theme_new"),
    path(f"{_IN}/themes/<int:theme_id>/", themes.change, name="timetable_theme"),
    path(f"{_IN}/themes/<int:theme_id>/merge/", themes.merge, name="timetable_theme_merge"),
    path(f"{_IN}/themes/<int:theme_id>/delete/", themes.delete, name="timetable_theme_delete"),
]
