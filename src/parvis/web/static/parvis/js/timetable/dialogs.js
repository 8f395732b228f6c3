// "Move to…", and what to do when a card cannot stand where it was put.

import { content, dayOf, days, minuteAt, placeOf, timeValue } from "./state.js";

const moving = document.getElementById("tt-move");
const form = document.getElementById("tt-move-form");
const refused = document.getElementById("tt-refused");
const broken = document.getElementById("tt-broken");
const emptying = document.getElementById("tt-empty");
const later = document.getElementById("tt-move-later");
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

// Resolves with the place chosen, or null; in a series also with "later", for a card that stays in the tray for now.
export function askPlace(session, { offered = placeOf(session), series = false, last = false } = {}) {
  const on = dayOf(offered.start) ?? days[0];
  document.getElementById("tt-move-card").textContent = session.title;
  document.getElementById("tt-move-people").textContent = session.people.join(", ");
  const why = document.getElementById("timetable").dataset.why;
  document.getElementById("tt-move-why").href = why.replace(/\/0\/$/, `/${session.id}/`);
  later.hidden = !series || last;
  day.value = on.key;
  time.value = timeValue(offered.start ?? on.opens);
  if (offered.room !== null) room.value = String(offered.room);
  length.value = String(offered.length);
  moving.returnValue = "";
  moving.showModal();
  if (series) time.focus();
  return new Promise((resolve) => {
    moving.addEventListener(
      "close",
      () => {
        if (moving.returnValue === "later") return resolve("later");
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

export const dialogOpen = () => moving.open || refused.open || emptying.open;
