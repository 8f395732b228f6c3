// The lobby's screen: every room that has something left today, now and next; pages turn where they do not fit on one.
import { isScreen, largest, overflows } from "./fit.js";
import { turnsIn } from "./turns.js";

const TURN_MS = 12_000;
const READABLE = 0.72;

let pages = [];
let open = 0;
let isStill = false;
let turning = 0;

function cell(name, word, turn) {
  const box = document.createElement("div");
  box.className = `lobby-${name}`;
  if (!turn) return box;
  const label = document.createElement("p");
  label.className = "lobby-word";
  label.textContent = word;
  const list = document.createElement("ol");
  list.className = "turns";
  list.append(turn.node.cloneNode(true));
  box.append(label, list);
  return box;
}

function rowOf(board, words, clock, now) {
  const turns = turnsIn(board);
  const running = turns.filter((turn) => turn.starts <= now && now < turn.ends).sort((one, other) => one.isOff - other.isOff)[0];
  const next = turns.find((turn) => turn.starts > now && !turn.isOff && clock.day(turn.starts) === clock.day(now));
  if (!running && !next) return null;
  const row = document.createElement("li");
  const name = board.querySelector("h2").cloneNode(true);
  name.removeAttribute("id");
  row.append(name, cell("now", words.now, running), cell("next", words.next, next));
  return { row, sign: `${board.dataset.board} ${running?.place ?? ""} ${next?.place ?? ""}` };
}

function openPage(root, number) {
  open = number % pages.length;
  const list = root.querySelector("#lobby");
  for (const row of list.children) row.hidden = !pages[open].includes(row);
  const said = root.querySelector("#pages");
  said.hidden = pages.length < 2;
  said.textContent = said.dataset.words.replace("{page}", String(open + 1)).replace("{pages}", String(pages.length));
  const pause = root.querySelector("#pause");
  pause.hidden = pages.length < 2;
  pause.setAttribute("aria-pressed", String(isStill));
}

function paginate(root, rows) {
  clearInterval(turning);
  pages = [rows];
  for (const row of rows) row.hidden = false;
  if (isScreen() && !largest(root, READABLE, 1.9)) {
    pages = [];
    root.querySelector("#pages").hidden = false;
    let page = [];
    for (const row of rows) row.hidden = true;
    for (const row of rows) {
      row.hidden = false;
      if (overflows() && page.length) {
        pages.push(page);
        for (const done of page) done.hidden = true;
        page = [];
      }
      page.push(row);
    }
    pages.push(page);
    turning = setInterval(() => isStill || openPage(root, open + 1), TURN_MS);
  }
  openPage(root, Math.min(open, pages.length - 1));
}

export function stopTurning(root, still = !isStill) {
  isStill = still;
  const pause = root.querySelector("#pause");
  pause.setAttribute("aria-pressed", String(isStill));
}

export function showLobby(root, clock, now, shown) {
  const list = root.querySelector("#lobby");
  const boards = [...root.querySelectorAll("#days [data-board]")];
  const rows = boards.map((board) => rowOf(board, list.dataset, clock, now)).filter(Boolean);
  const turns = turnsIn(root);
  const ahead = turns.find((turn) => turn.starts > now);
  const empty = rows.length ? "" : turns.length === 0 ? "none" : turns.every((turn) => turn.starts > now) ? "before" : ahead ? "today" : "over";
  const signature = `${empty} ${rows.map((row) => row.sign).join("|")}`;
  if (signature === shown) return signature;
  list.replaceChildren(...rows.map(({ row }) => row));
  list.hidden = rows.length === 0;
  root.querySelector("#lobby-head").hidden = list.hidden;
  for (const sentence of root.querySelectorAll("#live [data-nothing]")) sentence.hidden = sentence.dataset.nothing !== empty;
  root.querySelector("#days").classList.toggle("screen-kept", empty === "none");
  if (rows.length) paginate(root, rows.map(({ row }) => row));
  else clearInterval(turning);
  return signature;
}
