// Cards by mouse, pen and finger: the card follows, snaps to the grid, and lands in the lane under the pointer.
// A finger drags by the handle in the corner, so that the rest of the card still scrolls the board.

import { board, perMinute, position, tray } from "./board.js";
import { move } from "./moves.js";
import { days, placeOf, sessions, snap } from "./state.js";

const STARTS_AFTER = 5; // px: less is a click
let held = null;

function overLane(x, y) {
  const under = document.elementsFromPoint(x, y);
  const lane = under.map((each) => each.closest?.(".tt-lane")).find(Boolean);
  if (lane) return lane;
  return under.some((each) => each === tray || tray.contains(each)) ? tray : null;
}

function placeUnder(event) {
  const lane = overLane(event.clientX, event.clientY);
  if (lane === tray) return { room: null, start: null, length: held.session.length };
  if (!lane) return null;
  const day = days.find((each) => each.key === lane.dataset.day);
  const top = lane.querySelector(".tt-cards").getBoundingClientRect().top;
  const minute = day.opens + (event.clientY - held.offset - top) / perMinute();
  const latest = day.closes - held.session.length;
  return { room: Number(lane.dataset.room), start: snap(day, Math.min(Math.max(minute, day.opens), Math.max(latest, day.opens))), length: held.session.length };
}

function mark(event) {
  for (const each of document.querySelectorAll(".over")) each.classList.remove("over");
  overLane(event.clientX, event.clientY)?.classList.add("over");
}

function begin(event) {
  if (event.button !== 0 || held) return;
  const element = event.target.closest(".tt-card");
  if (!element) return;
  const grip = event.target.classList.contains("tt-grip");
  if (event.pointerType === "touch" && !grip && !event.target.classList.contains("tt-handle")) return;
  const session = sessions.get(Number(element.dataset.id));
  held = { session, element, grip, x: event.clientX, y: event.clientY, offset: event.clientY - element.getBoundingClientRect().top, to: placeOf(session), moving: false, pointer: event.pointerId };
}

function follow(event) {
  if (!held || event.pointerId !== held.pointer) return;
  if (!held.moving) {
    if (Math.hypot(event.clientX - held.x, event.clientY - held.y) < STARTS_AFTER) return;
    held.moving = true;
    held.element.classList.add("held");
    document.body.classList.add("tt-dragging");
  }
  event.preventDefault();
  scrollNearEdges(event);
  if (held.grip) {
    const day = days.find((each) => held.session.start >= each.opens && held.session.start < each.closes);
    const minutes = held.session.length + (event.clientY - held.y) / perMinute();
    held.to = { ...placeOf(held.session), length: Math.max(day.step, Math.round(minutes / day.step) * day.step) };
  } else {
    held.to = placeUnder(event) ?? placeOf(held.session);
    mark(event);
  }
  position(held.session, held.to);
}

function scrollNearEdges(event) {
  const box = board.getBoundingClientRect();
  const near = 36;
  if (event.clientY < box.top + near + 86) board.scrollTop -= 12;
  else if (event.clientY > box.bottom - near) board.scrollTop += 12;
  if (event.clientX < box.left + near + 50) board.scrollLeft -= 12;
  else if (event.clientX > box.right - near) board.scrollLeft += 12;
}

function end(event, dropped) {
  if (!held || event.pointerId !== held.pointer) return;
  const { session, element, to, moving } = held;
  held = null;
  element.classList.remove("held");
  document.body.classList.remove("tt-dragging");
  for (const each of document.querySelectorAll(".over")) each.classList.remove("over");
  if (!moving) return;
  const swallow = (click) => { click.stopPropagation(); click.preventDefault(); };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
  if (dropped) move(session, to);
  else position(session);
}

export function listenToPointers() {
  const area = document.getElementById("timetable");
  area.addEventListener("pointerdown", begin);
  addEventListener("pointermove", follow, { passive: false });
  addEventListener("pointerup", (event) => end(event, true));
  addEventListener("pointercancel", (event) => end(event, false));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && held) end({ pointerId: held.pointer }, false);
  });
  area.addEventListener("dragstart", (event) => event.preventDefault());
}
