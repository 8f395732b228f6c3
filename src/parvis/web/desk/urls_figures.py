"""Addresses of the figures, in the desk's namespace."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk import figures

urlpatterns = [
    path("<slug:edition>/figures/", figures.figures, name="figures"),
    path("<slug:edition>/figures/freeze/", figures.freeze, name="figures_freeze"),
    path("<slug:edition>/figures/snapshots/<int:number>/", figures.snapshot_page, name="snapshot"),
    path("<slug:edition>/figures/snapshots/<int:number>/<slug:code>/", figures.frozen_figure, name="frozen_figure"),
    path("<slug:edition>/figures/<slug:code>/", figures.figure, name="figure"),
]
