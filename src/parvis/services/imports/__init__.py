"""Takes spreadsheets in: each kind of sheet has its file, `plan.py` runs them, whole or not at all."""
