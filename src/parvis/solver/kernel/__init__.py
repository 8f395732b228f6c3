"""The inner loop: a timetable as arrays, changed move by move with its cost kept up to date."""
