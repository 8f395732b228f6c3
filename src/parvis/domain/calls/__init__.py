"""Calls for proposals: who may propose what until when, how proposals are judged, and how a slot is chosen."""
