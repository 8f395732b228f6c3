// On every public page: has the edition kept by the service worker, and says which release one reads without a network.
const told = document.getElementById("offline").dataset;
const isScreen = "quiet" in told; // a screen says by itself that it lost the network; it needs its own page, not all
const EVERY_MS = 60_000;
const SCREEN_EVERY_MS = 300_000;

const note = document.createElement("div");
note.className = "offline-note";
note.setAttribute("role", "status");
note.setAttribute("aria-live", "polite");
if (!isScreen) document.querySelector(".skip")?.after(note);

let askedAt = 0;
let worker = null;

function say(sentence, link) {
  if (note.dataset.said === sentence) return;
  note.dataset.said = sentence;
  note.replaceChildren();
  if (!sentence) return;
  const text = document.createElement("span");
  text.textContent = sentence;
  note.append(text);
  if (link) {
    const anchor = document.createElement("a");
    anchor.href = location.href;
    anchor.textContent = link;
    anchor.addEventListener("click", (event) => {
      event.preventDefault();
      location.reload();
    });
    note.append(anchor);
  }
}

const savesData = () => isScreen || Boolean(navigator.connection?.saveData) || /2g/.test(navigator.connection?.effectiveType ?? "");
const askToKeep = () => worker?.postMessage({ type: "check", saveData: savesData(), path: location.pathname });

async function check() {
  askedAt = Date.now();
  if (!navigator.onLine) return say(told.offline);
  try {
    const answer = await fetch(told.list, { cache: "no-cache", credentials: "omit" });
    if (answer.status >= 500) return say(told.offline);
    if (!answer.ok) return say("");
    const { release } = await answer.json();
    if (release > Number(told.release)) say(told.newer.replace("{number}", String(release)), told.reload);
    else say("");
    askToKeep();
  } catch {
    say(told.offline);
  }
  return undefined;
}

function activeOf(registration) {
  if (registration.active) return Promise.resolve(registration.active);
  const coming = registration.installing ?? registration.waiting;
  return new Promise((resolve) => {
    coming?.addEventListener("statechange", () => {
      if (coming.state === "activated") resolve(coming);
    });
  });
}

async function keepEdition() {
  if (!("serviceWorker" in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register(told.worker, { scope: told.scope, updateViaCache: "none" });
    worker = await activeOf(registration);
    askToKeep();
  } catch {
    // Private windows and old browsers keep nothing; the pages read as they are.
  }
}

addEventListener("online", check);
addEventListener("offline", check);
document.addEventListener("visibilitychange", () => document.hidden || Date.now() - askedAt < EVERY_MS || check());
if (isScreen) setInterval(check, SCREEN_EVERY_MS);
check();
if (document.readyState === "complete") keepEdition();
else addEventListener("load", keepEdition);
