"""Erases what has served its purpose."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.registration_forms import NEEDS_KEPT_DAYS
from parvis.models import Edition, Registration
from parvis.services import log


def forget_needs(*, actor: Actor, now: datetime | None = None) -> int:
    """Erase access needs and diets of the editions that ended more than `NEEDS_KEPT_DAYS` days ago; return how many.

    One transaction, one log entry per edition; running it again finds nothing. The registrations and their counts
    stay. Raises `NotAllowed` without the right to change registrations.
    """
    actor.require(Permission.EDIT_REGISTRATIONS)
    moment = now or timezone.now()
    forgotten = 0
    with transaction.atomic():
        for edition in Edition.objects.filter(ends_on__lt=moment.date() - timedelta(days=NEEDS_KEPT_DAYS)):
            told = Registration.objects.filter(edition=edition).exclude(Q(access_needs="") & Q(diet=""))
            count = told.update(access_needs="", diet="")
            if count:
                log.record(
                    actor=actor,
                    action="registrations.needs_forgotten",
                    subject=edition,
                    now=moment,
                    details={"count": count},
                )
            forgotten += count
    return forgotten
