// One's own programme: the stars of this browser by time, their clashes in words, and the copy for calendars.
import { clash, fill, readSession } from "./programme/sessions.js";
import { startNow } from "./programme/now.js";
import { listenToStars, placeStars } from "./programme/stars.js";
import { openStore } from "./programme/store.js";

const store = openStore();
const mine = document.getElementById("mine");

function showChosen() {
  const words = mine.dataset;
  const all = document.getElementById("all-sessions").content.cloneNode(true);
  const cards = [...all.querySelectorAll("[data-session]")];
  const known = new Set(cards.map((card) => card.dataset.session));
  for (const card of cards) if (!store.has(card.dataset.session)) card.closest(".chosen").remove();
  for (const slot of all.querySelectorAll("[data-together]")) {
    const left = slot.querySelectorAll(".chosen").length;
    if (left === 0) slot.remove();
    slot.querySelector(".slot-sessions").classList.toggle("alone", left === 1);
  }
  for (const day of all.querySelectorAll("[data-day]")) if (!day.querySelector(".chosen")) day.remove();
  const chosen = [...all.querySelectorAll("[data-session]")].map(readSession);
  let clashes = 0;
  for (const [place, session] of chosen.entries()) {
    for (const [other_place, other] of chosen.entries()) {
      if (!clash(session, other)) continue;
      if (place < other_place) clashes += 1;
      const line = document.createElement("p");
      line.className = "clash";
      line.textContent = fill(words.clash, other);
      session.element.closest(".chosen").append(line);
    }
  }
  placeStars(all, store);
  // What has the focus keeps it, though the page is written anew.
  const focused = mine.contains(document.activeElement) ? document.activeElement.dataset?.star : "";
  mine.querySelector("[data-chosen-days]").replaceChildren(all);
  if (focused) (mine.querySelector(`[data-star="${CSS.escape(focused)}"]`) ?? mine.querySelector("[data-chosen-days] button.star") ?? document.getElementById("main")).focus();
  const gone = store.stars.filter((guid) => !known.has(guid));
  showSummary(chosen.length, clashes, words);
  showGone(gone, words);
  mine.querySelector("[data-nothing]").hidden = chosen.length > 0;
  mine.querySelector("[data-take]").hidden = chosen.length === 0 && !store.token;
  const lost = mine.querySelector("[data-lost-notice]");
  lost.hidden = store.isKept;
  lost.textContent = store.isKept ? "" : words.lost;
  showCopy();
  document.dispatchEvent(new Event("parvis:programme"));
}

function showSummary(count, clashes, words) {
  const said = [];
  if (count) said.push(count === 1 ? words.countOne : fill(words.countMany, { number: String(count) }));
  if (clashes) said.push(clashes === 1 ? words.clashOne : fill(words.clashMany, { number: String(clashes) }));
  mine.querySelector("[data-summary]").textContent = said.join(" · ");
}

function showGone(gone, words) {
  const place = mine.querySelector("[data-gone]");
  place.hidden = gone.length === 0;
  place.querySelector("[data-gone-words]").textContent = gone.length === 1 ? words.goneOne : fill(words.goneMany, { number: String(gone.length) });
  place.querySelector("[data-drop-gone]").onclick = () => store.change({ remove: gone });
}

function showCopy() {
  const take = mine.querySelector("[data-take]");
  const { token } = store;
  take.querySelector("[data-offer]").hidden = Boolean(token);
  take.querySelector("[data-shared]").hidden = !token;
  if (!token) return;
  const page = new URL(`${store.home}${token}/`, window.location.href);
  const feed = new URL(`${store.home}${token}.ics`, window.location.href);
  take.querySelector("[data-feed]").value = feed.href;
  take.querySelector("[data-webcal]").href = feed.href.replace(/^https?:/, "webcal:");
  take.querySelector("[data-copy-page]").href = page.href;
  const code = take.querySelector("[data-code]");
  if (code.dataset.token !== token) {
    code.dataset.token = token;
    code.src = `${store.home}${token}/code.svg`;
  }
}

function offerUndo() {
  const undo = mine.querySelector("[data-undo]");
  const button = undo.querySelector("button");
  let last = "";
  document.addEventListener("click", (event) => {
    const star = event.target.closest("button.star");
    if (!star) return;
    last = star.dataset.star;
    undo.querySelector("[data-undo-title]").textContent = star.closest("[data-session]").querySelector("[data-title]").textContent.trim();
  }, true);
  store.addEventListener("change", () => {
    undo.hidden = !last || store.has(last);
  });
  button.addEventListener("click", () => {
    store.change({ add: [last] });
    mine.querySelector(`[data-star="${CSS.escape(last)}"]`)?.focus();
  });
}

function listenToCopy() {
  const take = mine.querySelector("[data-take]");
  const refused = take.querySelector("[data-refused]");
  const said = take.querySelector("[data-said]");
  take.querySelector("[data-share]").addEventListener("click", async (event) => {
    event.target.disabled = true;
    refused.textContent = "";
    const answer = await store.share().catch(() => ({ ok: false }));
    event.target.disabled = false;
    if (answer.ok) take.querySelector("[data-feed]").focus();
    else refused.textContent = answer.sentence ?? mine.dataset.failed;
  });
  take.querySelector("[data-feed]").addEventListener("focus", (event) => event.target.select());
  take.querySelector("[data-copy]").addEventListener("click", async () => {
    const field = take.querySelector("[data-feed]");
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = mine.dataset.copied;
    } catch {
      field.focus(); // selected: the keyboard copies it
    }
  });
  take.querySelector("[data-forget]").addEventListener("click", async () => {
    const done = await store.forget().catch(() => false);
    if (done) take.querySelector("[data-share]").focus();
    else said.textContent = mine.dataset.failed;
  });
}

function offerToAdopt() {
  const offer = document.querySelector("[data-adopt]");
  if (!offer || store.token === offer.dataset.adopt) return;
  offer.hidden = false;
  offer.querySelector("[data-adopt-button]").addEventListener("click", () => {
    store.adopt(offer.dataset.adopt, offer.dataset.sessions.split(" ").filter(Boolean));
    offer.setAttribute("role", "status");
    offer.classList.add("success");
    offer.replaceChildren(Object.assign(document.createElement("p"), { textContent: offer.dataset.done }));
  });
}

if (store) {
  if (mine) {
    document.querySelector("[data-without-scripts]").hidden = true;
    mine.hidden = false;
    listenToCopy();
    showChosen();
    store.addEventListener("change", showChosen);
    offerUndo();
  } else {
    placeStars(document, store);
    offerToAdopt();
  }
  listenToStars(store);
  store.sync({ ask: true });
  startNow();
}
