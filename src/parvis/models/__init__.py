"""Tables and the database's own constraints; one file per subject."""

from __future__ import annotations

from parvis.models.accounts import Account, RoleGrant
from parvis.models.awards import Award, AwardRound, Honour, Laureate
from parvis.models.communiques import Communique, CommuniqueText
from parvis.models.editions import Edition, Room, Series, Venue
from parvis.models.figures import Snapshot, SnapshotFigure
from parvis.models.imports import ImportRun
from parvis.models.log import LogEntry
from parvis.models.mails import Mail, MailAttachment
from parvis.models.network import Federation, Group, GroupPresidency, Membership, Organisation
from parvis.models.onsite import Badge, Checkpoint, Scan
from parvis.models.partners import Partner
from parvis.models.people import Consent, Mandate, Person
from parvis.models.programme import Intervention, Placement, Release, Session, Theme
from parvis.models.registrations import Category, Delegation, Enrolment, Registration

__all__ = [
    "Account",
    "Award",
    "AwardRound",
    "Badge",
    "Category",
    "Checkpoint",
    "Communique",
    "CommuniqueText",
    "Consent",
    "Delegation",
    "Edition",
    "Enrolment",
    "Federation",
    "Group",
    "GroupPresidency",
    "Honour",
    "ImportRun",
    "Intervention",
    "Laureate",
    "LogEntry",
    "Mail",
    "MailAttachment",
    "Mandate",
    "Membership",
    "Organisation",
    "Partner",
    "Person",
    "Placement",
    "Registration",
    "Release",
    "RoleGrant",
    "Room",
    "Scan",
    "Series",
    "Session",
    "Snapshot",
    "SnapshotFigure",
    "Theme",
    "Venue",
]
