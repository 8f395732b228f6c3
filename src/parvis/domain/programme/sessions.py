"""What a session is: formats, roles of those who speak, states."""

from __future__ import annotations

from enum import StrEnum

from parvis.domain.refusals import N_


class SessionFormat(StrEnum):
    """Kinds of session (R18)."""

    OPENING = "opening"
    PLENARY = "plenary"
    WORKSHOP = "workshop"
    MICRO_WORKSHOP = "micro_workshop"
    COUNTRY_GROUP = "country_group"
    REGIONAL_MEETING = "regional_meeting"
    THEMATIC_GROUP = "thematic_group"
    ASSEMBLY = "assembly"
    CEREMONY = "ceremony"
    SIDE_EVENT = "side_event"
    BREAK = "break"


SESSION_FORMAT_NAMES: dict[SessionFormat, str] = {
    SessionFormat.OPENING: N_("Opening"),
    SessionFormat.PLENARY: N_("Plenary session"),
    SessionFormat.WORKSHOP: N_("Workshop"),
    SessionFormat.MICRO_WORKSHOP: N_("Micro-workshop"),
    SessionFormat.COUNTRY_GROUP: N_("Country group meeting"),
    SessionFormat.REGIONAL_MEETING: N_("Regional meeting"),
    SessionFormat.THEMATIC_GROUP: N_("Thematic group meeting"),
    SessionFormat.ASSEMBLY: N_("General assembly"),
    SessionFormat.CEREMONY: N_("Ceremony"),
    SessionFormat.SIDE_EVENT: N_("Side event"),
    SessionFormat.BREAK: N_("Break"),
}

# A micro-workshop lasts 20 minutes (seed); the others' lengths are customary and can be changed.
USUAL_DURATION_MIN: dict[SessionFormat, int] = {
    SessionFormat.OPENING: 60,
    SessionFormat.PLENARY: 90,
    SessionFormat.WORKSHOP: 90,
    SessionFormat.MICRO_WORKSHOP: 20,
    SessionFormat.COUNTRY_GROUP: 90,
    SessionFormat.REGIONAL_MEETING: 90,
    SessionFormat.THEMATIC_GROUP: 90,
    SessionFormat.ASSEMBLY: 120,
    SessionFormat.CEREMONY: 90,
    SessionFormat.SIDE_EVENT: 60,
    SessionFormat.BREAK: 30,
}


class SessionStatus(StrEnum):
    """Whether a session takes place."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


SESSION_STATUS_NAMES: dict[SessionStatus, str] = {
    SessionStatus.DRAFT: N_("Draft"),
    SessionStatus.CONFIRMED: N_("Confirmed"),
    SessionStatus.CANCELLED: N_("Cancelled"),
}


class InterventionRole(StrEnum):
    """As what a person takes the floor."""

    OPENING = "opening"
    MODERATOR = "moderator"
    SPEAKER = "speaker"
    WITNESS = "witness"
    RAPPORTEUR = "rapporteur"
    PRESIDENT = "president"
    HOST = "host"


INTERVENTION_ROLE_NAMES: dict[InterventionRole, str] = {
    InterventionRole.OPENING: N_("Opening speech"),
    InterventionRole.MODERATOR: N_("Moderator"),
    InterventionRole.SPEAKER: N_("Speaker"),
    InterventionRole.WITNESS: N_("Witness"),
    InterventionRole.RAPPORTEUR: N_("Rapporteur"),
    InterventionRole.PRESIDENT: N_("Chair"),
    InterventionRole.HOST: N_("Host"),
}


class SessionMode(StrEnum):
    """How one takes part."""

    ON_SITE = "on_site"
    ONLINE = "online"
    HYBRID = "hybrid"


SESSION_MODE_NAMES: dict[SessionMode, str] = {
    SessionMode.ON_SITE: N_("On site"),
    SessionMode.ONLINE: N_("Online"),
    SessionMode.HYBRID: N_("On site and online"),
}


class DocumentKind(StrEnum):
    """What is put beside a session: before it, or after it as its proceedings (R36)."""

    HANDOUT = "handout"
    SLIDES = "slides"
    VIDEO = "video"
    MINUTES = "minutes"
    PHOTOS = "photos"


DOCUMENT_KIND_NAMES: dict[DocumentKind, str] = {
    DocumentKind.HANDOUT: N_("Document"),
    DocumentKind.SLIDES: N_("Slides"),
    DocumentKind.VIDEO: N_("Recording"),
    DocumentKind.MINUTES: N_("Minutes of the session"),
    DocumentKind.PHOTOS: N_("Photographs"),
}

PROCEEDINGS: frozenset[DocumentKind] = frozenset({DocumentKind.VIDEO, DocumentKind.MINUTES, DocumentKind.PHOTOS})


class InterventionAnswer(StrEnum):
    """What somebody who was invited to speak has answered."""

    NONE = "none"
    ACCEPTED = "accepted"
    DECLINED = "declined"


# Who declined speaks no more; who has not answered yet is counted on.
COUNTED_ON: frozenset[InterventionAnswer] = frozenset(InterventionAnswer) - {InterventionAnswer.DECLINED}

INTERVENTION_ANSWER_NAMES: dict[InterventionAnswer, str] = {
    InterventionAnswer.NONE: N_("No answer yet"),
    InterventionAnswer.ACCEPTED: N_("Accepted"),
    InterventionAnswer.DECLINED: N_("Declined"),
}
