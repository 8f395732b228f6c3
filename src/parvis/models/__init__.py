"""Tables and the database's own constraints; one file per subject."""

from __future__ import annotations

from parvis.models.accounts import Account, RoleGrant
from parvis.models.awards import Award, AwardRound, Honour, Laureate
from parvis.models.calls import Call, CallSlot, Proposal, ProposalEditor, Review
from parvis.models.communiques import Communique, CommuniqueText
from parvis.models.editions import Edition, Room, Series, Venue
from parvis.models.figures import Snapshot, SnapshotFigure
from parvis.models.imports import ImportRun
from parvis.models.invitations import Invitation
from parvis.models.log import LogEntry
from parvis.models.mails import Mail, MailAttachment
from parvis.models.network import Federation, Group, GroupPresidency, Membership, Organisation
from parvis.models.onsite import Badge, Checkpoint, Scan
from parvis.models.own_programmes import OwnProgramme
from parvis.models.partners import Partner
from parvis.models.people import Consent, Mandate, Person
from parvis.models.programme import Intervention, Placement, Release, Session, SessionDocument, SessionTheme, Theme
from parvis.models.registrations import Category, Delegation, Enrolment, Registration
from parvis.models.timetable import (
    Availability,
    InterpretationTeam,
    RoomHost,
    RuleSetting,
    SessionOrder,
    TimetableMove,
)
from parvis.models.timetable_solves import TimetableSolve

__all__ = [
    "Account",
    "Availability",
    "Award",
    "AwardRound",
    "Badge",
    "Call",
    "CallSlot",
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
    "InterpretationTeam",
    "Intervention",
    "Invitation",
    "Laureate",
    "LogEntry",
    "Mail",
    "MailAttachment",
    "Mandate",
    "Membership",
    "Organisation",
    "OwnProgramme",
    "Partner",
    "Person",
    "Placement",
    "Proposal",
    "ProposalEditor",
    "Registration",
    "Release",
    "Review",
    "RoleGrant",
    "Room",
    "RoomHost",
    "RuleSetting",
    "Scan",
    "Series",
    "Session",
    "SessionDocument",
    "SessionOrder",
    "SessionTheme",
    "Snapshot",
    "SnapshotFigure",
    "Theme",
    "TimetableMove",
    "TimetableSolve",
    "Venue",
]
