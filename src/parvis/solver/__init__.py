"""Timetables in, placements out. Only here are solver libraries; whoever serves pages never imports this package."""
