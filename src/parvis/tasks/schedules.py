"""What runs by the clock: made known to the queue when a worker starts."""

from __future__ import annotations

from parvis.gateways.jobs import schedule_every

# name → (dotted path, every how many minutes)
SCHEDULES: dict[str, tuple[str, int]] = {
    "parvis: deliver waiting mails": ("parvis.tasks.mails.deliver_waiting_mails", 2),
    "parvis: tell of releases": ("parvis.tasks.release_notices.tell_of_unfinished", 5),
    "parvis: remind about calls": ("parvis.tasks.calls.remind_about_calls", 60),
    "parvis: remind speakers": ("parvis.tasks.invitations.remind_speakers", 60),
    "parvis: forget needs": ("parvis.tasks.retention.forget_needs", 12 * 60),
    "parvis: forget own programmes": ("parvis.tasks.retention.forget_own_programmes", 12 * 60),
    "parvis: forget invitations": ("parvis.tasks.retention.forget_invitations", 12 * 60),
    "parvis: forget proposals": ("parvis.tasks.retention.forget_proposals", 12 * 60),
    "parvis: forget solves": ("parvis.tasks.timetable_solves.forget_solves", 12 * 60),
    "parvis: forget photographs": ("parvis.tasks.retention.forget_photographs", 12 * 60),
}


def ensure_schedules() -> int:
    """Make each schedule exist once, as it stands here; return how many there are. Safe to run at every start."""
    for name, (task, minutes) in SCHEDULES.items():
        schedule_every(name=name, task=task, minutes=minutes)
    return len(SCHEDULES)
