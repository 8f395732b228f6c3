"""How a page says a rule's refusal."""

from __future__ import annotations

from parvis.exports.refusals import say, say_each

__all__ = ["say", "say_each"]
