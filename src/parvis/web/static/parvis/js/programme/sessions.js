// Reads the sessions that stand on a page.
export function readSession(element) {
  const { session, starts, ends, from, to, off } = element.dataset;
  const link = element.querySelector("[data-title]");
  return { element, guid: session, starts: Date.parse(starts), ends: Date.parse(ends), from, to, isOff: off === "1", title: (link ?? element).textContent.trim(), address: link?.getAttribute("href") ?? "", room: element.querySelector("[data-room-name]")?.textContent.trim() ?? "" };
}

export const readSessions = (root) => [...root.querySelectorAll("[data-session]")].map(readSession);

// One may begin when another ends; what is cancelled or has no time clashes with nothing.
export const clash = (one, two) => one.guid !== two.guid && !one.isOff && !two.isOff && one.starts < two.ends && two.starts < one.ends;

export const fill = (words, values) => words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

// The words for a number, as the page's language counts: dataset.someOne, dataset.someOther.
const plural = new Intl.PluralRules(document.documentElement.lang || "fr");

export function count(words, name, number, values) {
  const form = plural.select(number) === "one" ? "One" : "Other";
  return fill(words[name + form], values);
}
