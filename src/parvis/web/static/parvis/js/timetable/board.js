// Draws days, lanes and cards, and sets where cards stand. Order in the page is order in time, so that it reads well.

import { clock, content, dayOf, days, faults, mayEdit, placeWords, rooms, sessions, words } from "./state.js";
import { countTray, putIntoTray, tray } from "./tray.js";

const board = document.getElementById("tt-board");
const faultList = document.getElementById("tt-faults");
const faultCount = document.getElementById("tt-faults-count");
const main = document.querySelector(".timetable-main");
const ZOOMS = [40, 52, 64, 84, 112, 150];
const MOST_CARDS = 150; // on one screen at first; more are shown a day at a time

export const cards = new Map();
export const lanes = new Map();
let zoom = Number(localStorage.getItem("parvis.timetable.zoom") ?? 2);
let shownDay = sessions.size > MOST_CARDS && days.length > 1 ? days[0].key : "";

const make = (name, className, text) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};

export const hourHeight = () => ZOOMS[zoom];
export const perMinute = () => hourHeight() / 60;

export function zoomBy(step) {
  zoom = Math.min(Math.max(zoom + step, 0), ZOOMS.length - 1);
  localStorage.setItem("parvis.timetable.zoom", String(zoom));
  draw();
}

export function showDay(key) {
  shownDay = key;
  draw();
}

export const shownDayKey = () => shownDay;

function lane(day, room) {
  const element = make("section", "tt-lane");
  element.setAttribute("aria-label", `${room.name}, ${day.name}`);
  const head = make("header");
  head.append(make("strong", "", room.name));
  head.append(make("span", "soft", [room.capacity === null ? "" : `${room.capacity} ${words.wordSeats}`, room.building].filter(Boolean).join(" · ")));
  const list = make("ol", "tt-cards");
  list.style.blockSize = `${(day.closes - day.opens) * perMinute()}px`;
  list.style.setProperty("--first-line", `${((60 - (day.hour % 60)) % 60) * perMinute()}px`);
  element.append(head, list);
  element.dataset.room = room.id;
  element.dataset.day = day.key;
  lanes.set(`${day.key}:${room.id}`, list);
  return element;
}

function column(day) {
  const element = make("section", "tt-day");
  element.append(make("h2", "", day.name));
  const axis = make("div");
  axis.append(make("div", "tt-corner"));
  const hours = make("ol", "tt-hours");
  hours.setAttribute("aria-hidden", "true");
  hours.style.blockSize = `${(day.closes - day.opens) * perMinute()}px`;
  for (let minute = day.opens + ((60 - (day.hour % 60)) % 60); minute <= day.closes; minute += 60) {
    const line = make("li", "", minute < day.closes ? clock(minute) : "");
    line.style.insetBlockStart = `${(minute - day.opens) * perMinute()}px`;
    hours.append(line);
  }
  axis.append(hours);
  const row = make("div", "tt-lanes");
  for (const room of content.rooms) row.append(lane(day, room));
  element.append(axis, row);
  return element;
}

function card(session) {
  const element = make("li", `tt-card ${session.format}`);
  element.dataset.id = session.id;
  const button = make("button");
  button.type = "button";
  button.append(make("span", "tt-time"), make("span", "tt-name", session.title), make("span", "tt-people", session.people.join(", ")));
  const mark = make("span", "tt-mark", "!");
  mark.setAttribute("aria-hidden", "true");
  element.append(button, mark);
  if (mayEdit) {
    const handle = make("span", "tt-handle");
    const grip = make("span", "tt-grip");
    for (const each of [handle, grip]) each.setAttribute("aria-hidden", "true");
    element.append(handle, grip);
  }
  return element;
}

// A card that has the focus keeps it, wherever it goes in the page.
export function position(session, place = session) {
  const element = cards.get(session.id);
  const focused = element.contains(document.activeElement);
  stand(session, place, element);
  if (focused && !element.contains(document.activeElement)) element.querySelector("button").focus({ preventScroll: true });
}

function stand(session, place, element) {
  const day = place.room === null ? null : dayOf(place.start);
  const list = day && lanes.get(`${day.key}:${place.room}`);
  element.hidden = place.room !== null && !list;
  const time = element.querySelector(".tt-time");
  time.textContent = place.room === null ? `${place.length} ${words.wordMinutes}` : `${clock(place.start)} – ${clock(place.start + place.length)}`;
  element.classList.toggle("pinned", Boolean(session.pinned));
  if (place.room === null) {
    element.style.removeProperty("inset-block-start");
    element.style.removeProperty("block-size");
    putIntoTray(element);
  } else if (list) {
    element.style.insetBlockStart = `${(place.start - day.opens) * perMinute()}px`;
    element.style.blockSize = `${Math.max(place.length * perMinute() - 2, 18)}px`;
    insertInOrder(list, element, place.start);
  }
}

function insertInOrder(list, element, start) {
  element.dataset.start = start;
  const next = [...list.children].find((other) => other !== element && Number(other.dataset.start) > start);
  if (element.parentNode !== list || element.nextElementSibling !== (next ?? null)) list.insertBefore(element, next ?? null);
}

export function label(session) {
  const parts = [session.kind, placeWords(session)];
  if (session.members) parts.push(words.wordMembers);
  if (session.pinned) parts.push(words.wordPinned);
  for (const fault of faults) if (fault.sessions[session.id]) parts.push(fault.sessions[session.id]);
  cards.get(session.id).querySelector("button").setAttribute("aria-description", parts.filter(Boolean).join(". "));
}

export function showFaults() {
  const hard = new Set();
  const wishes = new Set();
  const told = new Map();
  for (const fault of faults) {
    for (const [id, sentence] of Object.entries(fault.sessions)) {
      (fault.hard ? hard : wishes).add(Number(id));
      told.set(Number(id), [...(told.get(Number(id)) ?? []), sentence]);
    }
  }
  for (const [id, element] of cards) {
    element.classList.toggle("faulty", hard.has(id));
    element.classList.toggle("wishing", wishes.has(id));
    const sentences = (told.get(id) ?? []).join("\n");
    if (sentences) element.title = sentences;
    else element.removeAttribute("title");
    label(sessions.get(id));
  }
  faultCount.textContent = faults.length ? String(faults.length) : "";
  faultList.replaceChildren(...faults.map(faultLine));
  if (!faults.length) faultList.append(make("li", "soft", words.wordNone));
}

function faultLine(fault) {
  const line = make("li", fault.hard ? "hard" : "");
  line.append(make("strong", "", `${fault.hard ? words.wordHard : words.wordWish} · `));
  const button = make("button", "", fault.sentence);
  button.type = "button";
  button.addEventListener("click", () => focusCard(Number(Object.keys(fault.sessions)[0])));
  line.append(button);
  return line;
}

export function focusCard(id) {
  const session = sessions.get(id);
  if (!session) return;
  const day = session.room === null ? null : dayOf(session.start);
  if (day && shownDay && shownDay !== day.key) showDay(day.key);
  const button = cards.get(id)?.querySelector("button");
  button?.scrollIntoView({ block: "center", inline: "center" });
  button?.focus({ preventScroll: true });
}

export function draw() {
  const focused = document.activeElement?.closest?.(".tt-card")?.dataset.id;
  main.style.setProperty("--hour", `${hourHeight()}px`);
  lanes.clear();
  tray.replaceChildren();
  const shown = days.filter((day) => !shownDay || day.key === shownDay);
  board.replaceChildren(...shown.map(column));
  const inOrder = [...sessions.values()].sort((one, other) => (one.start ?? 0) - (other.start ?? 0));
  for (const session of inOrder) {
    if (!cards.has(session.id)) cards.set(session.id, card(session));
    position(session);
  }
  showFaults();
  drawDays();
  if (focused) cards.get(Number(focused))?.querySelector("button").focus();
  board.dispatchEvent(new Event("drawn"));
  countTray();
}

function drawDays() {
  const bar = document.querySelector(".tt-days");
  const offered = days.length > 1 ? [{ key: "", name: words.wordAll }, ...days] : [];
  bar.replaceChildren(
    ...offered.map((day) => {
      const button = make("button", "button quiet small", day.name);
      button.type = "button";
      button.setAttribute("aria-pressed", String(day.key === shownDay));
      button.addEventListener("click", () => showDay(day.key));
      return button;
    }),
  );
}

export { board, countTray, tray };
export const roomsInOrder = () => content.rooms.filter((room) => rooms.has(room.id));
