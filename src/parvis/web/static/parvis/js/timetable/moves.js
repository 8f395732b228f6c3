// Moves: shown at once, sent one after the other, taken back where the server refuses; and what one may undo.

import { cards, countTray, draw, position, showFaults } from "./board.js";
import { dialogOpen, showRefusal } from "./dialogs.js";
import { askMove, askPin, askSince, askUndo } from "./server.js";
import { adopt, content, number, placeOf, placeWords, put, samePlace, screenId, sessions, setFaults, setNumber, words } from "./state.js";
import { say, toast } from "./voice.js";

const undoButton = document.getElementById("tt-undo");
const redoButton = document.getElementById("tt-redo");
const done = [];
const undone = [];
let queue = Promise.resolve();

const inTurn = (task) => {
  queue = queue.then(task, task);
  return queue;
};

function showButtons() {
  if (!undoButton) return;
  undoButton.disabled = done.length === 0;
  redoButton.disabled = undone.length === 0;
}

function accept(answer) {
  const session = put(answer.place);
  if (answer.move) setNumber(answer.move);
  setFaults(answer.violations);
  position(session);
  countTray();
  showFaults();
  return session;
}

function landed(session) {
  const card = cards.get(session.id);
  card.classList.add("landed");
  setTimeout(() => card.classList.remove("landed"), 1200);
}

export function move(session, to, { insist = false } = {}) {
  const seen = placeOf(session);
  if (samePlace(seen, to)) {
    position(session);
    return Promise.resolve(true);
  }
  position(session, to); // shown at once; the verdict follows
  return inTurn(async () => {
    const answer = await askMove(session.id, to, seen, insist);
    if (answer?.ok) {
      accept(answer);
      if (answer.move) done.push(answer.move);
      undone.length = 0;
      showButtons();
      landed(session);
      say(`${session.title}: ${placeWords(session)}. ${ownFaults(session)}`);
      return true;
    }
    position(session);
    if (answer?.broken) {
      const choice = await showRefusal(session, answer);
      cards.get(session.id).querySelector("button").focus();
      if (choice === "insist") return void move(session, to, { insist: true });
      if (choice) return void move(session, { room: choice.room, start: choice.start, length: to.length });
      say(`${session.title}: ${words.wordLeft}`);
    } else if (answer) {
      toast(answer.refusal);
      if (answer.changed) await refresh();
    }
    return false;
  });
}

const ownFaults = (session) => cards.get(session.id).title;

export const pin = (session) =>
  inTurn(async () => {
    const answer = await askPin(session.id, !session.pinned);
    if (answer?.ok) accept(answer);
    else if (answer) toast(answer.refusal);
  });

const back = (from, onto) =>
  inTurn(async () => {
    const number = from.pop();
    if (number === undefined) return;
    const answer = await askUndo(number);
    if (answer?.ok) {
      const session = accept(answer);
      onto.push(answer.move);
      landed(session);
      say(`${session.title}: ${placeWords(session)}`);
    } else if (answer) {
      toast(answer.refusal);
    } else {
      from.push(number);
    }
    showButtons();
  });

export const undo = () => back(done, undone);
export const redo = () => back(undone, done);

// What others moved, or changed otherwise, meanwhile. A card that is held in the hand is left there; its move will be
// refused as changed.
export async function refresh() {
  const answer = await askSince();
  if (!answer?.ok || !answer.violations) return;
  if (answer.content && !take(answer.content)) return;
  content.entry = answer.entry;
  setNumber(answer.number);
  for (const item of answer.moves) {
    const session = put(item.place);
    if (!session) continue;
    if (!cards.get(session.id).classList.contains("held")) position(session);
    if (item.screen !== screenId) {
      landed(session);
      toast(`${item.who}: ${item.title} → ${placeWords(session)}`);
    }
  }
  setFaults(answer.violations);
  countTray();
  showFaults();
}

// Draws all anew; not while a card is in the hand or one chooses a place, nor from an answer that a move has overtaken.
function take(fresh) {
  if (document.querySelector(".tt-card.held") || dialogOpen() || fresh.number < number) return false;
  if (adopt(fresh)) {
    cards.clear();
    draw();
    return true;
  }
  location.reload();
  return false;
}

undoButton?.addEventListener("click", undo);
redoButton?.addEventListener("click", redo);
export { sessions };
