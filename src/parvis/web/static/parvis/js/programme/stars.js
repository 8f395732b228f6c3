// Stars: without scripts each is a link that explains; here it becomes a button that remembers.
import { clash, fill, readSession, readSessions } from "./sessions.js";

export function placeStars(root, store) {
  for (const link of root.querySelectorAll("a.star")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    button.dataset.star = link.dataset.star;
    if (link.dataset.in) {
      button.dataset.in = link.dataset.in;
      button.dataset.out = link.dataset.out;
      button.append(document.createElement("span"));
    } else {
      button.setAttribute("aria-labelledby", link.getAttribute("aria-labelledby").replace("star-add", "star-word"));
    }
    link.replaceWith(button);
  }
  showStars(root, store);
}

export function showStars(root, store) {
  for (const button of root.querySelectorAll("button.star")) {
    const chosen = store.has(button.dataset.star);
    button.setAttribute("aria-pressed", String(chosen));
    if (button.dataset.in) button.firstElementChild.textContent = chosen ? button.dataset.in : button.dataset.out;
  }
}

function showCounts(store) {
  for (const place of document.querySelectorAll("[data-mine-count]")) place.textContent = store.stars.length ? ` (${store.stars.length})` : "";
}

function announce(button, chosen, store) {
  const status = document.getElementById("star-status");
  const card = button.closest("[data-session]");
  if (!status || !card) return;
  const words = status.dataset;
  const here = readSession(card);
  const others = readSessions(document).filter((other) => store.has(other.guid) && clash(here, other));
  const said = [fill(chosen ? words.added : words.removed, { title: here.title })];
  if (chosen && others.length) said.push(fill(words.clash, { titles: others.map((other) => fill(words.quoted, { title: other.title })).join(", ") }));
  if (!store.isKept) said.push(words.lost);
  status.textContent = said.join(" ");
}

export function listenToStars(store) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.star");
    if (!button) return;
    const chosen = store.toggle(button.dataset.star);
    announce(button, chosen, store);
  });
  store.addEventListener("change", () => {
    showStars(document, store);
    showCounts(store);
  });
  showCounts(store);
}
