// Cards by keyboard: Enter takes one up, arrows carry it, Enter puts it down, Escape leaves it where it was; N takes up
// the next one of the tray, where the last one was put.

import { cards, position, roomsInOrder, showDay, shownDayKey } from "./board.js";
import { askPlace, dialogOpen } from "./dialogs.js";
import { move, pin, redo, undo } from "./moves.js";
import { nextPlace } from "./places.js";
import { dayOf, days, placeOf, placeWords, sessions, words } from "./state.js";
import { besideInTray, nextInTray } from "./tray.js";
import { say } from "./voice.js";

let taken = null;

const cardOf = (target) => target.closest?.(".tt-card");

function carry(to) {
  taken.to = to;
  const day = to.room === null ? null : dayOf(to.start);
  if (day && shownDayKey() && day.key !== shownDayKey()) showDay(day.key);
  position(taken.session, to);
  const card = cards.get(taken.session.id);
  const button = card.querySelector("button");
  button.focus({ preventScroll: true });
  button.scrollIntoView({ block: "nearest", inline: "nearest" });
  say(placeWords(to));
}

function takeUp(session) {
  taken = { session, to: placeOf(session) };
  cards.get(session.id).classList.add("held");
  say(`${session.title}: ${words.wordTaken}. ${placeWords(session)}`);
}

function takeNext() {
  const session = nextInTray();
  if (!session) return say(words.wordEmpty);
  takeUp(session);
  taken.to = nextPlace(session, shownDayKey());
  carry(taken.to);
  say(`${session.title}: ${words.wordTaken}. ${placeWords(taken.to)}`);
}

function putDown(keep) {
  const { session, to } = taken;
  taken = null;
  const card = cards.get(session.id);
  card.classList.remove("held");
  if (keep) move(session, to);
  else {
    position(session);
    say(`${session.title}: ${words.wordLeft}`);
  }
  card.querySelector("button").focus();
}

function later(to, steps) {
  const day = dayOf(to.start);
  const start = Math.min(Math.max(to.start + steps * day.step, day.opens), day.closes - day.step);
  return { ...to, start };
}

// To the next room; past the last one, to the first room of the next day.
function sideways(to, step) {
  const rooms = roomsInOrder();
  const at = rooms.findIndex((room) => room.id === to.room) + step;
  if (at >= 0 && at < rooms.length) return { ...to, room: rooms[at].id };
  const next = acrossDays(to, step);
  return next === to ? to : { ...next, room: rooms[step > 0 ? 0 : rooms.length - 1].id };
}

// At the same time of another day.
function acrossDays(to, step) {
  const day = dayOf(to.start);
  const next = days[days.indexOf(day) + step];
  return next ? { ...to, start: Math.min(next.opens + (to.start - day.opens), next.closes - next.step) } : to;
}

const placed = (to) => (to.room === null ? nextPlace(taken.session, shownDayKey()) : to);

const CARRY = {
  ArrowUp: (to, event) => later(placed(to), event.shiftKey ? -6 : -1),
  ArrowDown: (to, event) => (to.room === null ? placed(to) : later(to, event.shiftKey ? 6 : 1)),
  ArrowLeft: (to) => sideways(placed(to), document.dir === "rtl" ? 1 : -1),
  ArrowRight: (to) => (to.room === null ? placed(to) : sideways(to, document.dir === "rtl" ? -1 : 1)),
  PageUp: (to) => acrossDays(placed(to), -1),
  PageDown: (to) => (to.room === null ? placed(to) : acrossDays(to, 1)),
  "+": (to) => ({ ...to, length: to.length + stepOf(to) }),
  "-": (to) => ({ ...to, length: Math.max(stepOf(to), to.length - stepOf(to)) }),
  Delete: (to) => ({ room: null, start: null, length: to.length }),
};

const stepOf = (to) => (to.room === null ? days[0] : (dayOf(to.start) ?? days[0])).step;

async function moveTo(session) {
  const place = await askPlace(session);
  cards.get(session.id).querySelector("button").focus();
  if (place) await move(session, place);
}

function withTaken(event) {
  const carried = CARRY[event.key === "−" ? "-" : event.key];
  if (carried) carry(carried(taken.to, event));
  else if (event.key === "Enter" || event.key === " ") putDown(true);
  else if (event.key === "Escape") putDown(false);
  else if (event.key !== "Tab") return;
  event.preventDefault();
}

function onCard(event, session) {
  if (event.key === "Enter" || event.key === " ") takeUp(session);
  else if (event.key === "m" || event.key === "M") moveTo(session);
  else if (event.key === "p" || event.key === "P") session.room !== null && pin(session);
  else if (event.key === "n" || event.key === "N") takeNext();
  else if (event.key === "Delete" && session.room !== null) unplace(session);
  else if (event.key.startsWith("Arrow")) focusNear(session, event.key);
  else return;
  event.preventDefault();
}

// The focus goes to a neighbour, so that a whole lane is emptied by the same key.
function unplace(session) {
  const next = ["ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft"].map((key) => near(session, key)).find(Boolean);
  move(session, { room: null, start: null, length: session.length });
  if (next) cards.get(next.id).querySelector("button").focus();
}

function focusNear(session, key) {
  const found = near(session, key);
  if (found) cards.get(found.id).querySelector("button").focus();
}

// Between cards: down and up along the lane or the tray, sideways to what stands nearest in time in the next lane.
function near(session, key) {
  if (session.room === null) return key === "ArrowDown" || key === "ArrowUp" ? besideInTray(session, key === "ArrowDown" ? 1 : -1) : null;
  const others = [...sessions.values()].filter((other) => other !== session && !cards.get(other.id).hidden && other.room !== null);
  const rooms = roomsInOrder().map((room) => room.id);
  const far = (other) => {
    const aside = rooms.indexOf(other.room) - rooms.indexOf(session.room);
    const down = other.start - session.start;
    if (key === "ArrowDown") return aside === 0 && down > 0 ? down : Infinity;
    if (key === "ArrowUp") return aside === 0 && down < 0 ? -down : Infinity;
    const step = key === "ArrowRight" ? aside : -aside;
    return step > 0 ? step * 10000 + Math.abs(down) : Infinity;
  };
  return others.reduce((best, other) => (far(other) < (best ? far(best) : Infinity) ? other : best), null);
}

export function listenToKeys() {
  const area = document.getElementById("timetable");
  document.addEventListener("keydown", (event) => {
    if (dialogOpen()) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.target.closest("input, textarea")) {
      event.preventDefault();
      if (event.shiftKey) redo();
      else undo();
    }
  });
  area.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialogOpen()) return;
    const card = cardOf(event.target);
    if (!card) return;
    if (taken) withTaken(event);
    else onCard(event, sessions.get(Number(card.dataset.id)));
  });
  area.addEventListener("click", (event) => {
    const card = cardOf(event.target);
    if (card && event.detail > 0 && !taken) moveTo(sessions.get(Number(card.dataset.id)));
  });
  area.addEventListener("focusout", (event) => {
    if (taken && !cardOf(event.relatedTarget ?? document.body) && event.relatedTarget) putDown(false);
  });
}
