// The door: readings are answered in place, with sound. Without this module every form leads back to the page.
//
// Readings are sent one after the other, in the order in which they were made; each has an id made here, so that one
// that is sent again changes nothing. The field keeps the focus: hand scanners type a code and press Enter.

import { isMuted, play, toggleSound } from "./door/sound.js";

const root = document.querySelector("[data-door]");
const form = document.getElementById("scan-form");
const input = document.getElementById("q");
const answer = document.getElementById("answer");
const latest = document.getElementById("latest");
const inside = document.getElementById("inside");
const spoken = document.getElementById("say");
const sound = document.getElementById("sound");
const unsentBar = document.getElementById("unsent");

const FRAGMENT = { "X-Parvis-Fragment": "1" };
const SEARCH_AFTER = 180; // ms without a key: a person types; a scanner has pressed Enter by then
const REFRESH_AFTER = 400; // ms after a scan
const REFRESH_EVERY = 15_000; // ms: what other devices scanned
const TONES = ["good", "bad", "warn", "calm"];
const KEPT = "parvis.door.typed";
const byTouch = matchMedia("(pointer: coarse)").matches;

const unsent = [];
let queue = Promise.resolve();
let searching = null;
let searchTimer = 0;
let refreshTimer = 0;

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // plain http on a local network
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function focusField() {
  document.body.classList.remove("answered");
  input.focus();
}

function leaveField() {
  // With a finger, the keyboard on the screen would hide half of the verdict: "Next", or a scanner's key, goes on.
  if (!byTouch) {
    focusField();
    return;
  }
  input.blur();
  document.body.classList.add("answered");
}

function tone(name) {
  document.body.classList.remove(...TONES.map((each) => `tone-${each}`), "flash");
  if (!name) return;
  void document.body.offsetWidth; // so that the same verdict twice is seen to arrive twice
  document.body.classList.add(`tone-${name}`, "flash");
}

function show(html) {
  answer.innerHTML = html;
  const shown = answer.firstElementChild;
  if (!shown) return null;
  tone(shown.dataset.tone);
  for (const next of answer.querySelectorAll("[data-next]")) next.hidden = !byTouch;
  document.title = [shown.querySelector(".verdict-word")?.textContent, root.dataset.title].filter(Boolean).join(" · ");
  return shown;
}

function say(text) {
  spoken.textContent = "";
  requestAnimationFrame(() => { spoken.textContent = text; });
}

// Nothing was written: say so. What was not sent waits in the bar above the answer until it is sent again.
function failed(word, advice, label, again) {
  const panel = document.createElement("div");
  panel.className = "verdict";
  const heading = document.createElement("h2");
  heading.className = "verdict-word";
  heading.textContent = word;
  const text = document.createElement("p");
  text.className = "verdict-advice";
  text.textContent = advice;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button door-target on-tone";
  button.textContent = label;
  button.addEventListener("click", again);
  panel.append(heading, text, button);
  const whole = document.createElement("div");
  whole.className = "answer";
  whole.append(panel);
  answer.replaceChildren(whole);
  tone("bad");
  say(`${word}. ${advice}`);
  play("bad");
}

function tellUnsent() {
  unsentBar.hidden = unsent.length === 0;
  unsentBar.querySelector("strong").textContent = String(unsent.length);
}

function sendUnsent() {
  for (const [address, body] of unsent.splice(0)) post(address, body);
  tellUnsent();
}

function loadAgain(typed) {
  if (typed) sessionStorage.setItem(KEPT, typed);
  window.location.reload();
}

async function send(address, body) {
  const typed = String(body.get("q") ?? "");
  let response;
  try {
    response = await fetch(address, { method: "POST", body, headers: FRAGMENT });
  } catch {
    unsent.push([address, body]);
    tellUnsent();
    failed(root.dataset.lost, root.dataset.lostAdvice, root.dataset.retry, sendUnsent);
    return;
  }
  if (response.redirected) {
    loadAgain(typed); // signed out meanwhile: the page leads to signing in, and back
    return;
  }
  const html = await response.text();
  if (!html.trimStart().startsWith('<div class="answer"')) {
    const advice = root.dataset.failedAdvice;
    failed(root.dataset.failed, advice, root.dataset.stale, () => loadAgain(typed));
    return;
  }
  const shown = show(html);
  say(shown.dataset.say);
  if (shown.dataset.kind === "choices") {
    answer.querySelector("[data-candidate]")?.focus();
    return;
  }
  play(shown.dataset.tone);
  leaveField();
  refreshSoon();
}

function post(address, body) {
  queue = queue.then(() => send(address, body)).catch(console.error);
}

document.addEventListener("submit", (event) => {
  const sent = event.target;
  if (!sent.matches("form[data-fragment]")) return;
  event.preventDefault();
  clearTimeout(searchTimer);
  searching?.abort();
  const body = new FormData(sent);
  if (!body.get("undo_id")) {
    body.set("scan_id", newId());
    input.value = "";
  }
  if (sent !== form) for (const button of sent.querySelectorAll("button")) button.disabled = true;
  post(sent.action, body);
});

// Names are searched for while one types; a code waits for Enter.
input.addEventListener("input", () => {
  clearTimeout(searchTimer);
  searching?.abort();
  const text = input.value.trim();
  if (text.length < 2 || /\d/.test(text)) return;
  searchTimer = setTimeout(async () => {
    searching = new AbortController();
    const address = new URL(root.dataset.find, window.location.href);
    address.searchParams.set("q", text);
    address.searchParams.set("direction", new FormData(form).get("direction"));
    try {
      const response = await fetch(address, { headers: FRAGMENT, signal: searching.signal });
      if (!response.ok || response.redirected || input.value.trim() !== text) return;
      const shown = show(await response.text());
      if (shown) say(shown.dataset.kind === "choices" ? "" : shown.dataset.say);
    } catch {
      // no network: Enter says so
    }
  }, SEARCH_AFTER);
});

async function refresh() {
  clearTimeout(refreshTimer);
  if (document.hidden || latest.contains(document.activeElement)) return;
  const address = new URL(root.dataset.latest, window.location.href);
  address.searchParams.set("direction", new FormData(form).get("direction"));
  try {
    const response = await fetch(address, { headers: FRAGMENT });
    if (!response.ok || response.redirected) return;
    latest.innerHTML = await response.text();
    const count = latest.firstElementChild?.dataset.inside;
    if (count !== undefined) inside.textContent = Number(count).toLocaleString(document.documentElement.lang);
  } catch {
    // shown again with the next scan
  }
}

function refreshSoon() {
  clearTimeout(refreshTimer);
  refreshTimer = setTimeout(refresh, REFRESH_AFTER);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const candidates = [...answer.querySelectorAll("[data-candidate]")];
  const at = candidates.indexOf(document.activeElement);
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && candidates.length && (at >= 0 || event.target === input)) {
    event.preventDefault();
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    if (next < 0) focusField();
    else candidates[Math.min(next, candidates.length - 1)].focus();
  } else if (event.key === "Escape") {
    input.value = "";
    focusField();
  } else if (event.key.length === 1 && event.key !== " " && !event.target.closest("input[type=text], textarea, select")) {
    focusField(); // what a scanner types never presses the button that happens to have the focus
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-next]")) {
    tone("");
    answer.replaceChildren();
    focusField();
  } else if (!byTouch && !event.target.closest("a, button, input, label, summary") && !String(getSelection())) {
    input.focus();
  }
});

unsentBar.querySelector("button").addEventListener("click", sendUnsent);
sound.hidden = false;
sound.setAttribute("aria-pressed", String(!isMuted()));
sound.addEventListener("click", () => {
  sound.setAttribute("aria-pressed", String(!toggleSound()));
});

const kept = sessionStorage.getItem(KEPT);
if (kept) {
  sessionStorage.removeItem(KEPT);
  input.value = kept;
}
for (const next of answer.querySelectorAll("[data-next]")) next.hidden = !byTouch;
if (byTouch && answer.querySelector(".verdict")) leaveField();
setInterval(refresh, REFRESH_EVERY);

// A screen that sleeps between two arrivals costs seconds; where the browser does not offer it, nothing is lost.
const keepAwake = () => navigator.wakeLock?.request("screen").catch(() => {});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) {
    keepAwake();
    refresh();
  }
});
keepAwake();
