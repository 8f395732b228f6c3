"""How gunicorn serves Parvis: a few processes of several threads; each setting can be changed in the environment."""

from __future__ import annotations

import os

from config import environment

_default_processes = min(4, (os.cpu_count() or 1) + 1)

try:
    bind = f"{environment.text('PARVIS_BIND', '127.0.0.1')}:{environment.port()}"
    workers = environment.number("PARVIS_PROCESSES", _default_processes, lowest=1, highest=64)
    threads = environment.number("PARVIS_THREADS", 8, lowest=1, highest=128)
except environment.SettingRefused as error:
    environment.refuse(error)

worker_class = "gthread"
preload_app = False  # each process opens its own connections to the database
timeout = 60
graceful_timeout = 30
keepalive = 5
max_requests = 1_000_000  # kept pages are answered by the thousand per second: a low figure would restart all day
max_requests_jitter = 100_000
accesslog = "-" if environment.flag("PARVIS_ACCESS_LOG", False) else None
errorlog = "-"
loglevel = "warning"
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112 - heartbeats off the disk
control_socket_disable = True
