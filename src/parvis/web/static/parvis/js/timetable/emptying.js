// Many cards back into the tray in one step: a day, a room or all. What would go is shown first.

import { shownDayKey } from "./board.js";
import { empty } from "./moves.js";
import { content, counted, dayOf, days, placeWords, sessions, words } from "./state.js";

const dialog = document.getElementById("tt-empty");
const [day, room, pinned] = ["tt-empty-day", "tt-empty-room", "tt-empty-pinned"].map((id) => document.getElementById(id));
const pinnedField = document.getElementById("tt-empty-keep");
const told = document.getElementById("tt-empty-count");
const list = document.getElementById("tt-empty-list");
const submit = document.getElementById("tt-empty-go");

const inScope = (session) => session.room !== null && (!day.value || dayOf(session.start)?.key === day.value) && (!room.value || session.room === Number(room.value));

const chosen = () =>
  [...sessions.values()]
    .filter((session) => inScope(session) && !(pinned.checked && session.pinned))
    .sort((one, other) => one.start - other.start);

function preview() {
  pinnedField.hidden = ![...sessions.values()].some((session) => inScope(session) && session.pinned);
  const going = chosen();
  told.textContent = going.length ? counted(going.length, words.wordGoesOne, words.wordGoesMany) : words.wordGoesNone;
  submit.disabled = going.length === 0;
  list.hidden = going.length === 0;
  list.replaceChildren(
    ...going.map((session) => {
      const line = document.createElement("li");
      const where = document.createElement("span");
      where.className = "soft";
      where.textContent = placeWords(session);
      line.append(session.title, " ", where);
      return line;
    }),
  );
}

function open() {
  day.value = shownDayKey();
  room.value = "";
  pinned.checked = true;
  dialog.returnValue = "";
  preview();
  dialog.showModal();
}

export function listenToEmptying() {
  for (const each of days) day.append(new Option(each.name, each.key));
  for (const each of content.rooms) room.append(new Option(each.name, each.id));
  document.getElementById("tt-empty-open").addEventListener("click", open);
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close(""));
  for (const each of [day, room, pinned]) each.addEventListener("change", preview);
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "empty") empty(chosen());
  });
}
