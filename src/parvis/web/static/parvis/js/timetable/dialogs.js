// "Move to…", and what to do when a card cannot stand where it was put.

import { clock, content, dayOf, days, minuteAt, placeOf, timeValue } from "./state.js";

const moving = document.getElementById("tt-move");
const form = document.getElementById("tt-move-form");
const refused = document.getElementById("tt-refused");
const broken = document.getElementById("tt-broken");
const elsewhere = document.getElementById("tt-else");
const elseTitle = document.getElementById("tt-else-title");
const [day, time, room, length] = ["tt-day", "tt-time", "tt-room", "tt-length"].map((id) => document.getElementById(id));

for (const each of days) day.append(new Option(each.name, each.key));
for (const each of content.rooms) {
  room.append(new Option(each.capacity === null ? each.name : `${each.name} (${each.capacity})`, each.id));
}
for (const dialog of [moving, refused]) {
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close(""));
}

// Resolves with the place chosen, or null.
export function askPlace(session) {
  const now = placeOf(session);
  const on = now.room === null ? days[0] : (dayOf(now.start) ?? days[0]);
  document.getElementById("tt-move-card").textContent = session.title;
  day.value = on.key;
  time.value = timeValue(now.room === null ? on.opens : now.start);
  if (now.room !== null) room.value = String(now.room);
  length.value = String(now.length);
  moving.returnValue = "";
  moving.showModal();
  return new Promise((resolve) => {
    moving.addEventListener(
      "close",
      () => {
        if (moving.returnValue !== "move" || !form.checkValidity()) return resolve(null);
        const chosen = days.find((each) => each.key === day.value);
        resolve({ room: Number(room.value), start: minuteAt(chosen, time.value), length: Number(length.value) });
      },
      { once: true },
    );
  });
}

// Resolves with "insist", with another place, or with null.
export function showRefusal(session, answer) {
  broken.replaceChildren(
    ...answer.broken.map((fault) => {
      const line = document.createElement("li");
      line.textContent = fault.sessions[session.id] ?? fault.sentence;
      return line;
    }),
  );
  let choice = null;
  elseTitle.hidden = answer.alternatives.length === 0;
  elsewhere.replaceChildren(
    ...answer.alternatives.map((place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button quiet";
      button.textContent = place.words;
      button.addEventListener("click", () => { choice = place; refused.close(); });
      return button;
    }),
  );
  const insist = document.getElementById("tt-insist");
  insist.onclick = () => { choice = "insist"; refused.close(); };
  refused.showModal();
  return new Promise((resolve) => {
    refused.addEventListener("close", () => resolve(choice), { once: true });
  });
}

export const dialogOpen = () => moving.open || refused.open;
export { clock };
