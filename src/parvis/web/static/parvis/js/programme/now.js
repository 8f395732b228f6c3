// What takes place now and what comes next, on the days of the edition: reckoned here, so that the page can be kept.
// The hours carry the venue's offset, so that the visitor's own zone and clock face do not matter.
import { count, fill, readSessions } from "./sessions.js";

const SHOWN = 4;
const EVERY_MS = 20_000;

const dayIn = (zone, moment) => new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(moment);

function line(session, words) {
  const item = document.createElement("li");
  const title = document.createElement(session.address ? "a" : "span");
  if (session.address) title.href = session.address;
  title.className = "now-title";
  title.dir = "auto";
  title.textContent = session.title;
  item.append(title);
  const about = [session.room, fill(words.until, { time: session.to })].filter(Boolean).join(" · ");
  const small = document.createElement("span");
  small.className = "soft small";
  small.textContent = about;
  item.append(small);
  return item;
}

function showList(band, name, sessions, words, heading) {
  const part = band.querySelector(`[data-part="${name}"]`);
  part.hidden = sessions.length === 0;
  if (part.hidden) return;
  part.querySelector("[data-heading]").textContent = heading;
  const list = part.querySelector("ul");
  list.replaceChildren(...sessions.slice(0, SHOWN).map((session) => line(session, words)));
  if (sessions.length > SHOWN) {
    const item = document.createElement("li");
    const rest = document.createElement("a");
    const first = sessions[SHOWN].element.querySelector("[id]")?.id;
    rest.className = "small";
    rest.href = first ? `#${first}` : words.programme;
    rest.textContent = count(words, "more", sessions.length - SHOWN, { number: String(sessions.length - SHOWN) });
    item.append(rest);
    list.append(item);
  }
}

function mark(sessions, now, words) {
  for (const session of sessions) {
    const runs = !session.isOff && session.starts <= now && now < session.ends;
    const known = session.element.querySelector(":scope .now-mark");
    session.element.toggleAttribute("data-now", runs);
    if (runs && !known) {
      const word = document.createElement("span");
      word.className = "now-mark chip tint-brick";
      word.textContent = words.now;
      (session.element.querySelector(".kind") ?? session.element).append(" ", word);
    } else if (!runs && known) {
      known.remove();
    }
  }
}

export function startNow() {
  const band = document.getElementById("now");
  if (!band) return;
  const words = band.dataset;
  const days = new Set(words.days.split(" "));
  const tick = () => {
    const now = Date.now();
    const sessions = readSessions(document).filter((session) => session.starts);
    mark(sessions, now, words);
    const today = dayIn(words.zone, now);
    const coming = days.has(today) ? sessions.filter((session) => !session.isOff && dayIn(words.zone, session.starts) === today) : [];
    const running = sessions.filter((session) => !session.isOff && session.starts <= now && now < session.ends);
    const next = Math.min(...coming.filter((session) => session.starts > now).map((session) => session.starts));
    const following = coming.filter((session) => session.starts === next);
    band.hidden = running.length + following.length === 0;
    showList(band, "now", running, words, words.now);
    showList(band, "next", following, words, following.length ? fill(words.next, { time: following[0].from }) : "");
  };
  tick();
  setInterval(tick, EVERY_MS);
  document.addEventListener("visibilitychange", () => document.hidden || tick());
  document.addEventListener("parvis:programme", tick);
}
