"""Figures that can be defended: each has a name, a unit, a definition in words and rows behind it (R32, R33)."""
