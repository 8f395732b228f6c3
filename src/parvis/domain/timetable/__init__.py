"""The timetable: its facts (`problem`), its rules as data (`rules`), and the only judge (`violations`, `state`)."""
