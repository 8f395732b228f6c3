// A screen in the building: shows the moment out of the page's own list of days, changes at the minute, follows each
// new release, and keeps the last state when the network is lost. Without this module the list itself is shown.
import { venueClock } from "./display/clock.js";
import { showLobby, stopTurning } from "./display/lobby.js";
import { showRoom } from "./display/room.js";
import { watch } from "./display/watch.js";

const IDLE_MS = 5_000;
const html = document.documentElement;

let root = document.getElementById("display");
let source = root.outerHTML; // as it came, before anything is shown
let signature = "";
let lostAt = 0;
const clock = venueClock({ zone: root.dataset.zone, pattern: root.dataset.clock, language: html.lang || "fr" });
const show = { room: showRoom, lobby: showLobby }[root.dataset.kind];

function sayStatus(now) {
  const status = root.querySelector("#status");
  const said = [];
  if (clock.isRehearsal) said.push(status.dataset.rehearsal.replace("{day}", clock.daySaid(now)).replace("{time}", clock.said(now)));
  if (lostAt) said.push(status.dataset.lost.replace("{time}", clock.said(lostAt)));
  status.toggleAttribute("data-lost-now", Boolean(lostAt));
  if (status.textContent !== said.join(" ")) status.textContent = said.join(" ");
}

function tick() {
  const now = clock.now();
  html.dataset.light = clock.isNight(now) ? "night" : "day";
  const time = root.querySelector("#clock");
  const said = clock.said(now);
  if (time.textContent !== said) {
    time.textContent = said;
    root.querySelector("#today").textContent = clock.daySaid(now);
  }
  signature = show(root, clock, now, signature);
  sayStatus(now);
}

function start() {
  root.querySelector("#live").hidden = false;
  root.querySelector(".screen-clock").hidden = false;
  root.querySelector("#fullscreen").hidden = !document.fullscreenEnabled;
  html.dataset.live = "1";
  signature = "";
  tick();
}

watch({
  onPage: (page) => {
    const newer = page.getElementById("display");
    if (newer.outerHTML === source) return;
    source = newer.outerHTML;
    const shown = document.importNode(newer, true);
    root.replaceWith(shown);
    root = shown;
    document.title = page.title;
    start();
  },
  onDate: clock.correct,
  onLost: () => {
    lostAt ||= clock.now();
    tick();
  },
  onBack: () => {
    lostAt = 0;
  },
});

document.addEventListener("click", (event) => {
  if (event.target.closest("#fullscreen")) html.requestFullscreen().catch(() => {});
  if (event.target.closest("#pause")) stopTurning(root);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "f" && !event.ctrlKey && !event.metaKey && !event.altKey) html.requestFullscreen?.().catch(() => {});
});
let idle = 0;
for (const kind of ["pointermove", "keydown", "pointerdown"]) {
  addEventListener(kind, () => {
    delete html.dataset.idle;
    clearTimeout(idle);
    idle = setTimeout(() => (html.dataset.idle = "1"), IDLE_MS);
  });
}
const stayAwake = () => document.hidden || navigator.wakeLock?.request("screen").catch(() => {});
document.addEventListener("visibilitychange", stayAwake);
addEventListener("resize", () => {
  signature = "";
  tick();
});
addEventListener("hashchange", () => location.reload());

start();
document.fonts?.ready.then(() => {
  signature = ""; // letters have their true widths now
  tick();
});
stayAwake();
setInterval(tick, 1_000);
