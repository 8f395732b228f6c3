// Moves: shown at once, sent one after the other, taken back where the server refuses.

import { cards, countTray, draw, position, showFaults } from "./board.js";
import { dialogOpen, showRefusal } from "./dialogs.js";
import { remember } from "./places.js";
import { askEmpty, askMove, askPin, askSince, askUndo, askUndoStep } from "./server.js";
import { adopt, content, counted, number, placeOf, placeWords, put, samePlace, screenId, setFaults, setNumber, words } from "./state.js";
import { done, stepsChanged, taken, undone } from "./steps.js";
import { say, toast } from "./voice.js";

const MANY = 3; // moves of others that are told one by one; more are counted
const root = document.getElementById("timetable");
let queue = Promise.resolve();

let waiting = 0; // moves whose verdict is not in yet: who leaves the page now is asked

function inTurn(task) {
  const told = async () => {
    try {
      return await task();
    } finally {
      waits(-1);
    }
  };
  waits(1);
  queue = queue.then(told, told);
  return queue;
}

function waits(more) {
  waiting += more;
  root.dataset.waiting = String(waiting);
}

addEventListener("beforeunload", (event) => { if (waiting) event.preventDefault(); });

// Takes over where cards stand now, one or many; the sessions that moved.
function accept(answer) {
  const moved = (answer.places ?? [answer.place]).map(put).filter(Boolean);
  const numbers = answer.moves ?? (answer.move ? [answer.move] : []);
  if (numbers[0] === number + 1) setNumber(numbers.at(-1)); // else others moved meanwhile: that is still to be heard
  setFaults(answer.violations);
  for (const session of moved) position(session);
  countTray();
  showFaults();
  return moved;
}

function landed(session) {
  const card = cards.get(session.id);
  card.classList.add("landed");
  setTimeout(() => card.classList.remove("landed"), 1200);
}

const ownFaults = (session) => cards.get(session.id).title;

// Resolves with whether the card stands where it was put, or at another place that was chosen instead.
export async function move(session, to, { insist = false } = {}) {
  const seen = placeOf(session);
  remember(session, to);
  if (samePlace(seen, to)) {
    position(session);
    return true;
  }
  position(session, to); // shown at once; the verdict follows
  const { moved, instead } = await inTurn(() => attempt(session, to, seen, insist));
  if (instead === "insist") return move(session, to, { insist: true });
  if (instead) return move(session, { room: instead.room, start: instead.start, length: to.length });
  return moved;
}

async function attempt(session, to, seen, insist) {
  const answer = await askMove(session.id, to, seen, insist);
  if (answer?.ok) {
    accept(answer);
    if (answer.move) taken([answer.move]);
    landed(session);
    say(`${session.title}: ${placeWords(session)}. ${ownFaults(session)}`);
    return { moved: true };
  }
  position(session);
  if (answer?.broken) {
    const instead = await showRefusal(session, answer);
    cards.get(session.id).querySelector("button").focus();
    if (!instead) say(`${session.title}: ${words.wordLeft}`);
    return { moved: false, instead };
  }
  await refused(answer);
  return { moved: false };
}

async function refused(answer) {
  if (!answer) return;
  toast(answer.refusal);
  if (answer.changed) await refresh();
}

// Back into the tray, all of them or none.
export const empty = (going) =>
  inTurn(async () => {
    const answer = await askEmpty(going.map((session) => ({ id: session.id, ...placeOf(session) })));
    if (!answer?.ok) return refused(answer);
    const moved = accept(answer);
    if (answer.moves.length) taken(answer.moves);
    toast(counted(moved.length, words.wordEmptiedOne, words.wordEmptiedMany));
  });

export const pin = (session) =>
  inTurn(async () => {
    const answer = await askPin(session.id, !session.pinned);
    if (answer?.ok) accept(answer);
    else if (answer) toast(answer.refusal);
  });

const back = (from, onto) =>
  inTurn(async () => {
    const numbers = from.pop();
    if (numbers === undefined) return;
    const answer = await (numbers.length === 1 ? askUndo(numbers[0]) : askUndoStep(numbers));
    if (answer?.ok) {
      const moved = accept(answer);
      onto.push(answer.moves ?? [answer.move]);
      for (const session of moved) landed(session);
      if (answer.left?.length) toast(`${words.wordStay} ${answer.left.join(", ")}`);
      else if (moved.length === 1) say(`${moved[0].title}: ${placeWords(moved[0])}`);
      else say(counted(moved.length, words.wordMovedOne, words.wordMovedMany));
    } else if (answer) {
      toast(answer.refusal);
    } else {
      from.push(numbers);
    }
    stepsChanged();
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
  const others = [];
  for (const item of answer.moves) {
    const session = put(item.place);
    if (!session) continue;
    if (!cards.get(session.id).classList.contains("held")) position(session);
    if (item.screen === screenId) continue;
    landed(session);
    others.push(`${item.who}: ${item.title} → ${placeWords(session)}`);
  }
  if (others.length > MANY) {
    const who = [...new Set(answer.moves.filter((item) => item.screen !== screenId).map((item) => item.who))];
    toast(`${who.join(", ")}: ${counted(others.length, words.wordMovedOne, words.wordMovedMany)}`);
  } else if (others.length) {
    toast(others.join("\n"));
  }
  setFaults(answer.violations);
  countTray();
  showFaults();
}

// Draws all anew; not while a card is in the hand, a verdict is not in yet or one chooses a place, nor from an answer that
// a move has overtaken.
function take(fresh) {
  if (document.querySelector(".tt-card.held") || waiting || dialogOpen() || fresh.number < number) return false;
  if (adopt(fresh)) {
    cards.clear();
    draw();
    return true;
  }
  location.reload();
  return false;
}
