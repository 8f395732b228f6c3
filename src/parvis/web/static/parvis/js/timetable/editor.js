// The timetable's editor. Without it the page is a list whose sessions are moved on their own pages.

import { draw, zoomBy } from "./board.js";
import { listenToEmptying } from "./emptying.js";
import { listenToFilters } from "./filters.js";
import { listenToKeys } from "./keyboard.js";
import { redo, refresh, undo } from "./moves.js";
import { listenToPointers } from "./pointer.js";
import { listenToSeries } from "./series.js";
import { mayEdit } from "./state.js";
import { listenToSteps } from "./steps.js";

const REFRESH_EVERY = 3000; // ms: what others moved

document.getElementById("timetable").hidden = false;
document.getElementById("timetable-list").hidden = true;
for (const button of document.querySelectorAll("[data-zoom]")) {
  button.addEventListener("click", () => zoomBy(Number(button.dataset.zoom)));
}
listenToFilters();
if (mayEdit) {
  listenToPointers();
  listenToKeys();
  listenToSteps(undo, redo);
  listenToEmptying();
  listenToSeries();
}
draw();
setInterval(() => { if (!document.hidden) refresh(); }, REFRESH_EVERY);
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
