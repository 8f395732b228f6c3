"""Django's admin, for superusers: to look, and to mend what no page of the desk mends yet.

What tells what happened is shown and never changed: the log, scans, releases, snapshots, mails, moves.
"""

from __future__ import annotations

from parvis.admin import accounts, records, subjects

__all__ = ["accounts", "records", "subjects"]
