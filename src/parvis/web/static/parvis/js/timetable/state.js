// What the editor knows: days, rooms, cards, faults; and how it says a moment. Minutes count from the first day's start.

const root = document.getElementById("timetable");
export const content = JSON.parse(document.getElementById("timetable-content").textContent);
export const mayEdit = root.dataset.mayEdit === "yes";
export const addresses = root.dataset;
export const words = root.querySelector("[data-word-until]").dataset;
export const screenId = sessionStorage.getItem("parvis.screen") ?? Math.random().toString(36).slice(2, 12);
sessionStorage.setItem("parvis.screen", screenId);

export const sessions = new Map();
take(content.sessions);
export const rooms = new Map(content.rooms.map((room) => [room.id, room]));
export const days = content.days;
export let number = content.number;
export let faults = content.violations;

// In the programme's own order, which is that of the tray.
function take(given) {
  sessions.clear();
  for (const [rank, session] of given.entries()) sessions.set(session.id, { ...session, rank });
}

export const dayOf = (minute) => days.find((day) => minute >= day.opens && minute < day.closes) ?? null;

// The clock on the wall: a day's opening is given as the venue shows it, so that no time zone is needed here.
export function clock(minute) {
  const day = dayOf(minute) ?? days[0];
  const shown = (((day.hour + minute - day.opens) % 1440) + 1440) % 1440;
  const hours = Math.floor(shown / 60);
  const minutes = shown % 60 ? String(shown % 60).padStart(2, "0") : "";
  if (document.documentElement.lang.startsWith("fr")) return minutes ? `${hours}\u00a0h\u00a0${minutes}` : `${hours}\u00a0h`;
  return `${hours}.${minutes || "00"}`;
}

export const timeValue = (minute) => {
  const day = dayOf(minute) ?? days[0];
  const shown = (((day.hour + minute - day.opens) % 1440) + 1440) % 1440;
  return `${String(Math.floor(shown / 60)).padStart(2, "0")}:${String(shown % 60).padStart(2, "0")}`;
};

// The minute at which a day's clock shows "14:30"; a time before the opening hour is on the next morning.
export function minuteAt(day, value) {
  const [hours, minutes] = value.split(":").map(Number);
  const shown = hours * 60 + minutes;
  const late = shown < day.hour && day.closes - day.opens > 1440 - day.hour ? 1440 : 0;
  return day.opens + shown - day.hour + late;
}

export const placeOf = ({ room, start, length }) => ({ room, start, length });
export const samePlace = (one, other) => one.room === other.room && one.start === other.start && one.length === other.length;

export function placeWords({ room, start, length }) {
  if (room === null) return words.wordTray;
  const day = dayOf(start);
  const parts = [rooms.get(room)?.name, days.length > 1 ? day?.name : null, `${clock(start)} – ${clock(start + length)}`];
  return parts.filter(Boolean).join(", ");
}

export function put(place) {
  const session = sessions.get(place.id);
  if (session) Object.assign(session, place);
  return session;
}

export function setFaults(found) {
  faults = found;
}

export function setNumber(last) {
  number = Math.max(number, last);
}

// What changed besides moves: sessions added, renamed, cancelled. Other rooms or other days take a new page: false.
export function adopt(fresh) {
  if (JSON.stringify([fresh.days, fresh.rooms]) !== JSON.stringify([content.days, content.rooms])) return false;
  take(fresh.sessions);
  content.facts = fresh.facts;
  return true;
}

export const snap = (day, minute) => day.opens + Math.round((minute - day.opens) / day.step) * day.step;

export const counted = (count, one, many) => (count === 1 ? one : many.replace("#", String(count)));

export const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
