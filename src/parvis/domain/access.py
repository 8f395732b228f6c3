"""Who may do what: roles, permissions, and the actor that every service takes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from parvis.domain.refusals import N_, NotAllowed, Refusal


class Role(StrEnum):
    """What an account is trusted with on one installation."""

    ORGANISER = "organiser"
    DOOR = "door"
    PRESS = "press"
    READ_ONLY = "read_only"
    REVIEWER = "reviewer"


ROLE_NAMES: dict[Role, str] = {
    Role.ORGANISER: N_("Organiser"),
    Role.DOOR: N_("Door"),
    Role.PRESS: N_("Press officer"),
    Role.READ_ONLY: N_("Reader"),
    Role.REVIEWER: N_("Reviewer"),
}


class LastOrganiser(Refusal):
    """Somebody must be left who can give roles."""

    sentence = N_("This is the last organiser: give the role to somebody else first.")


class Permission(StrEnum):
    """One thing that a role allows."""

    READ_DESK = "read_desk"
    EDIT_EDITIONS = "edit_editions"
    EDIT_NETWORK = "edit_network"
    EDIT_PROGRAMME = "edit_programme"
    EDIT_CALLS = "edit_calls"
    REVIEW = "review"
    EDIT_REGISTRATIONS = "edit_registrations"
    IMPORT = "import"
    PUBLISH = "publish"
    SCAN = "scan"
    TAKE_SNAPSHOT = "take_snapshot"
    DRAFT_COMMUNIQUE = "draft_communique"
    APPROVE_COMMUNIQUE = "approve_communique"
    READ_COMMUNIQUE = "read_communique"
    READ_LOG = "read_log"
    GRANT_ROLES = "grant_roles"


ALLOWS: dict[Role, frozenset[Permission]] = {
    Role.ORGANISER: frozenset(Permission),
    Role.DOOR: frozenset({Permission.SCAN}),
    Role.PRESS: frozenset(
        {
            Permission.READ_COMMUNIQUE,
            Permission.DRAFT_COMMUNIQUE,
            Permission.APPROVE_COMMUNIQUE,
            Permission.TAKE_SNAPSHOT,
        }
    ),
    Role.READ_ONLY: frozenset({Permission.READ_DESK, Permission.READ_COMMUNIQUE}),
    Role.REVIEWER: frozenset({Permission.REVIEW}),
}

PERMISSION_NAMES: dict[Permission, str] = {
    Permission.READ_DESK: N_("read the desk"),
    Permission.EDIT_EDITIONS: N_("change editions and venues"),
    Permission.EDIT_NETWORK: N_("change organisations, people and partners"),
    Permission.EDIT_PROGRAMME: N_("change the programme"),
    Permission.EDIT_CALLS: N_("change calls and decide on proposals"),
    Permission.REVIEW: N_("review proposals"),
    Permission.EDIT_REGISTRATIONS: N_("change registrations"),
    Permission.IMPORT: N_("import spreadsheets"),
    Permission.PUBLISH: N_("publish the site"),
    Permission.SCAN: N_("scan at the door"),
    Permission.TAKE_SNAPSHOT: N_("freeze figures"),
    Permission.DRAFT_COMMUNIQUE: N_("draft a press release"),
    Permission.APPROVE_COMMUNIQUE: N_("approve and publish a press release"),
    Permission.READ_COMMUNIQUE: N_("read press releases that are not published"),
    Permission.READ_LOG: N_("read the log"),
    Permission.GRANT_ROLES: N_("give roles to accounts"),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: an account on the desk, the holder of a personal link, the public, or the system itself.

    `account_id` is None for those without an account; `label` is what the log shows;
    `registration_id` is set for somebody who came by the link of a registration, `proposal_id` of a proposal,
    `invitation_id` of an invitation to speak;
    `email` is the verified address of the account, which opens that person's own registrations.
    """

    label: str
    account_id: int | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    registration_id: int | None = None
    proposal_id: int | None = None
    invitation_id: int | None = None
    email: str = ""
    channel: str = "web"
    unlimited: bool = False

    def may(self, permission: Permission) -> bool:
        """Tell whether one of the actor's roles allows `permission`."""
        return self.unlimited or any(permission in ALLOWS[role] for role in self.roles)

    def require(self, permission: Permission) -> None:
        """Raise `NotAllowed` unless one of the actor's roles allows `permission`."""
        if not self.may(permission):
            raise NotAllowed(permission=PERMISSION_NAMES[permission])

    def may_any(self, permissions: Iterable[Permission]) -> bool:
        """Tell whether the actor may do at least one of `permissions`."""
        return any(self.may(permission) for permission in permissions)


def system_actor(label: str, *, channel: str = "system") -> Actor:
    """Return the actor for the command line, scheduled work and the demo: it may do everything, and is logged."""
    return Actor(label=label, channel=channel, unlimited=True)


PUBLIC = Actor(label="public")
