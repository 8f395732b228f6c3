// Which cards stand out: by format, theme, group or person, by a search, or because a rule is broken.

import { board, cards, countTray } from "./board.js";
import { faults, fold, sessions, words } from "./state.js";

const select = document.getElementById("tt-filter");
const search = document.getElementById("tt-search");

const KINDS = [
  ["kind", words.wordFormats, (session) => [session.kind]],
  ["theme", words.wordThemes, (session) => session.themes],
  ["group", words.wordGroups, (session) => (session.group ? [session.group] : [])],
  ["person", words.wordPeople, (session) => session.people],
];

function offer() {
  select.append(new Option(words.wordFaulty, "faulty:"));
  for (const [key, name, of] of KINDS) {
    const values = [...new Set([...sessions.values()].flatMap(of))].sort((one, other) => one.localeCompare(other));
    if (values.length === 0) continue;
    const group = document.createElement("optgroup");
    group.label = name;
    for (const value of values) group.append(new Option(value, `${key}:${value}`));
    select.append(group);
  }
}

function apply() {
  const [key, ...rest] = select.value.split(":");
  const wanted = rest.join(":");
  const of = KINDS.find(([kind]) => kind === key)?.[2];
  const typed = fold(search.value).split(/\s+/).filter(Boolean);
  const faulty = new Set(faults.flatMap((fault) => Object.keys(fault.sessions).map(Number)));
  for (const [id, element] of cards) {
    const session = sessions.get(id);
    const told = fold([session.title, session.code, session.kind, session.group, ...session.themes, ...session.people].join(" "));
    const matches = (!of || of(session).includes(wanted)) && (key !== "faulty" || faulty.has(id)) && typed.every((word) => told.includes(word));
    element.classList.toggle("dim", !matches);
  }
  countTray();
}

export function listenToFilters() {
  offer();
  select.addEventListener("change", apply);
  search.addEventListener("input", apply);
  board.addEventListener("drawn", apply);
}
