// The timetable's editor. Without it the page is a list whose sessions are moved on their own pages.

import { draw, zoomBy } from "./board.js";
import { listenToFilters } from "./filters.js";
import { listenToKeys } from "./keyboard.js";
import { refresh } from "./moves.js";
import { listenToPointers } from "./pointer.js";
import { mayEdit } from "./state.js";

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
}
draw();
setInterval(() => { if (!document.hidden) refresh(); }, REFRESH_EVERY);
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
