"""What binds the timetable besides rooms and people, and every move that was made in it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.models.editions import Edition, Room
from parvis.models.network import Organisation
from parvis.models.people import Person
from parvis.models.programme import Session


class Availability(models.Model):
    """When a person, or everybody of an organisation, can be there: a minister's hour. Without any: always."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="availabilities")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="availabilities")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="availabilities"
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))

    class Meta:
        ordering = ["edition", "starts_at", "id"]
        verbose_name_plural = "availabilities"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True, organisation__isnull=False)
                | Q(person__isnull=False, organisation__isnull=True),
                name="availability_of_one",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="availability_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.organisation}: {self.starts_at:%d/%m %H:%M}–{self.ends_at:%H:%M}"


class SessionOrder(models.Model):
    """One session comes before another, with at least so many minutes between them."""

    before = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="orders_after_it")
    after = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="orders_before_it")
    gap_min = models.PositiveSmallIntegerField(_("minutes between"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="session_order_once"),
            models.CheckConstraint(condition=~Q(before=models.F("after")), name="session_order_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.before} < {self.after}"


class InterpretationTeam(models.Model):
    """Interpreters who work together, the languages between which they interpret, and whom to write to."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="interpretation_teams")
    name = models.CharField(_("name"), max_length=120)
    languages = models.JSONField(_("languages"), default=list)
    contact_name = models.CharField(_("contact"), max_length=200, blank=True)
    contact_email = models.EmailField(_("contact’s e-mail"), blank=True)
    language = models.CharField(_("language of its mails"), max_length=5, default="fr")

    class Meta:
        ordering = ["edition", "name"]
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="interpretation_team_once")]

    def __str__(self) -> str:
        return self.name


class RoomHost(models.Model):
    """Who receives people in a room at an edition, and hears of what changes there."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="room_hosts")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="hosts")
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=5, default="fr")

    class Meta:
        ordering = ["edition", "room", "name"]
        constraints = [models.UniqueConstraint(fields=["edition", "room", "email"], name="room_host_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.room}"


class RuleSetting(models.Model):
    """How an edition takes one kind of rule, where it differs from the default: off, hard or a wish, its weight."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="rule_settings")
    kind = models.CharField(max_length=40)
    active = models.BooleanField(default=True)
    hard = models.BooleanField(default=True)
    weight = models.PositiveIntegerField(default=1)
    parameters = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "kind"], name="rule_setting_once")]

    def __str__(self) -> str:
        return f"{self.edition}: {self.kind}"


class TimetableMove(models.Model):
    """One move of one session, append-only: what was before, what is after. An undo is a move that names another.

    `before` and `after` are {"room": id or null, "starts_at": ISO in UTC or null, "duration_min": minutes}.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="timetable_moves")
    number = models.PositiveIntegerField()
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="moves")
    before = models.JSONField()
    after = models.JSONField()
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by")
    screen = models.CharField(max_length=40, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="timetable_moves"
    )
    actor_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["edition", "number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="timetable_move_number_once")]

    def __str__(self) -> str:
        return f"{self.edition} {self.number}: {self.session}"
