// "Place the next…": the cards of the tray one after the other, each in the form, until one stops or all are placed.

import { cards, shownDayKey } from "./board.js";
import { askPlace } from "./dialogs.js";
import { move } from "./moves.js";
import { nextPlace } from "./places.js";
import { isLast, nextInTray } from "./tray.js";
import { words } from "./state.js";
import { say } from "./voice.js";

async function placeInSeries() {
  let session = nextInTray();
  while (session) {
    const place = await askPlace(session, { offered: nextPlace(session, shownDayKey()), series: true, last: isLast(session) });
    if (place === null) break;
    if (place === "later") {
      session = nextInTray(session);
      continue;
    }
    const following = nextInTray(session);
    if (!(await move(session, place))) return; // it was refused and left: the reason is said, and the card has the focus
    session = following?.room === null ? following : nextInTray();
  }
  if (session) return cards.get(session.id).querySelector("button").focus();
  say(nextInTray() ? "" : words.wordEmpty);
}

export function listenToSeries() {
  document.getElementById("tt-next").addEventListener("click", placeInSeries);
}
