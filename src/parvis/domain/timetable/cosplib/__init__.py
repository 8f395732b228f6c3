"""Instances of the conference scheduling problem as CoSPLib publishes them, as timetables of this house, and back."""
