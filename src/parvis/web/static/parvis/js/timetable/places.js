// Where the next card is offered a place: where the last one was put, as soon as its room is free there.

import { content, dayOf, days, sessions } from "./state.js";

let last = null; // and by which card, as long as it stands there: its verdict may not be in yet

export function remember(session, place) {
  if (place.room !== null) last = { ...place, id: session.id };
  else if (last?.id === session.id) last.id = null;
}

// The first moment from `from` at which a room receives nothing for that long, before its day closes.
function firstGap(room, from, length, moved) {
  const day = dayOf(from);
  if (!day) return null;
  const standing = [...sessions.values(), ...(last?.id ? [last] : [])].filter((other) => other.id !== moved.id);
  const taken = standing.filter((other) => other.room === room && other.start < day.closes && other.start + other.length > from);
  taken.sort((one, other) => one.start - other.start);
  let start = from;
  for (const other of taken) if (other.start < start + length) start = Math.max(start, other.start + other.length);
  return start + length <= day.closes ? start : null;
}

// Of the day that is shown, where only one is.
export function nextPlace(session, shownDay) {
  const day = days.find((each) => each.key === shownDay) ?? (last && dayOf(last.start)) ?? days[0];
  const rooms = content.rooms;
  const known = last !== null && dayOf(last.start) === day && rooms.some((room) => room.id === last.room);
  const from = known ? last.start : day.opens;
  const first = known ? rooms.findIndex((room) => room.id === last.room) : 0;
  for (const room of [...rooms.slice(first), ...rooms.slice(0, first)]) {
    const start = firstGap(room.id, from, session.length, session);
    if (start !== null) return { room: room.id, start, length: session.length };
  }
  return { room: rooms[first].id, start: from, length: session.length };
}
