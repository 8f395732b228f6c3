// The screen at a room's door: what is on, until when, who speaks; what follows; the day's rest.
import { turnsIn } from "./turns.js";
import { fitRoom } from "./fit.js";

const ELSEWHERE_MS = 60 * 60_000; // so long before, people come looking for a session that was moved

function place(root, name, turns) {
  const part = root.querySelector(`[data-part="${name}"]`);
  part.querySelector(".turns").replaceChildren(...turns.map((turn) => turn.node.cloneNode(true)));
  if (name !== "now") part.hidden = turns.length === 0;
  return part;
}

function nothing(turns, next, now, clock) {
  if (!next) return "over";
  if (clock.day(next.starts) === clock.day(now)) return "between";
  return turns.some((turn) => turn.starts <= now) ? "today" : "before";
}

export function showRoom(root, clock, now, shown) {
  const all = turnsIn(root);
  const here = all.filter((turn) => !turn.isMoved);
  const today = clock.day(now);
  const running = here.filter((turn) => turn.starts <= now && now < turn.ends).sort((one, other) => one.isOff - other.isOff);
  const coming = here.filter((turn) => turn.starts > now);
  const first = coming.find((turn) => !turn.isOff);
  const next = first ? coming.filter((turn) => turn.starts === first.starts && !turn.isOff) : [];
  const later = coming.filter((turn) => !next.includes(turn) && clock.day(turn.starts) === today);
  const moved = all.filter((turn) => turn.isMoved && turn.ends > now && turn.starts - now < ELSEWHERE_MS);

  const main = running.length ? running : next;
  const aside = running.length ? next : [];

  const minutes = first && clock.day(first.starts) === today ? Math.max(1, Math.round((first.starts - now) / 60_000)) : Infinity;
  const away = !first ? "" : clock.day(first.starts) !== today ? clock.daySaid(first.starts) : minutes <= 60 ? clock.minutesAway(minutes) : "";
  for (const word of root.querySelectorAll(".screen-in")) word.textContent = away && `· ${away}`;
  const empty = running.length ? "" : nothing(here, first, now, clock);
  const signature = JSON.stringify([empty, ...[main, aside, later, moved].map((part) => part.map((turn) => turn.place))]);
  if (signature === shown) return signature;

  const part = place(root, "now", main);
  part.dataset.mode = running.length ? "now" : "next";
  for (const word of part.querySelectorAll("[data-word]")) word.hidden = word.dataset.word !== part.dataset.mode;
  part.querySelector(".screen-word").hidden = main.length === 0;
  for (const sentence of part.querySelectorAll("[data-nothing]")) sentence.hidden = sentence.dataset.nothing !== empty;
  const length = Math.max(0, ...main.map((turn) => turn.title.length));
  part.dataset.length = length > 200 ? "endless" : length > 90 ? "long" : "short";
  place(root, "next", aside);
  place(root, "later", later);
  place(root, "moved", moved);
  const alone = aside.length + later.length + moved.length === 0;
  root.querySelector("#live").classList.toggle("screen-alone", alone);
  for (const list of part.querySelectorAll(".turn-people")) {
    const people = list.children.length;
    list.style.setProperty("--columns", people > 12 ? 3 : people > (alone ? 2 : 4) ? 2 : 1);
  }
  fitRoom(root);
  return signature;
}
