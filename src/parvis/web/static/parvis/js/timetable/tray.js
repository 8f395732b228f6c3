// The tray of what is not placed: in the programme's own order, only what the filters want, and which comes next.

import { sessions, words } from "./state.js";

export const tray = document.getElementById("tt-tray");
const count = document.getElementById("tt-tray-count");
const nextButton = document.getElementById("tt-next");

const sessionOf = (element) => sessions.get(Number(element.dataset.id));

export function putIntoTray(element) {
  const { rank } = sessionOf(element);
  const after = [...tray.querySelectorAll(".tt-card")].find((other) => other !== element && sessionOf(other).rank > rank) ?? null;
  if (element.parentNode !== tray || element.nextElementSibling !== after) tray.insertBefore(element, after);
}

const shown = () => [...tray.querySelectorAll(".tt-card:not(.dim)")].map(sessionOf);

export function countTray() {
  const all = tray.querySelectorAll(".tt-card").length;
  const wanted = shown().length;
  count.textContent = all === 0 ? "" : wanted === all ? String(all) : `${wanted} / ${all}`;
  if (nextButton) nextButton.hidden = wanted === 0;
  tray.querySelector(".tt-empty")?.remove();
  if (all) return;
  const line = document.createElement("li");
  line.className = "tt-empty";
  line.textContent = words.wordEmpty;
  tray.append(line);
}

// The next card to place: the first that the filters show, or the one after a card that is left for later.
export function nextInTray(after = null) {
  const waiting = shown();
  return waiting[waiting.indexOf(after) + 1] ?? null;
}

export function besideInTray(session, step) {
  const waiting = shown();
  return waiting[waiting.indexOf(session) + step] ?? null;
}

export const isLast = (session) => nextInTray(session) === null;
