// What one may undo and redo: steps of one move or of many. They outlive a reload of the page, in this window only; a
// step that no longer fits what others did is refused by the server.

import { addresses } from "./state.js";

const KEY = `parvis.timetable.steps:${addresses.move}`;
const MOST = 100;
const undoButton = document.getElementById("tt-undo");
const redoButton = document.getElementById("tt-redo");

function read() {
  try {
    const { done, undone } = JSON.parse(sessionStorage.getItem(KEY)) ?? {};
    return { done: Array.isArray(done) ? done : [], undone: Array.isArray(undone) ? undone : [] };
  } catch {
    return { done: [], undone: [] };
  }
}

const { done, undone } = read();
export { done, undone };

// A step: the numbers of its moves.
export function taken(numbers) {
  done.push(numbers);
  undone.length = 0;
  stepsChanged();
}

export function stepsChanged() {
  done.splice(0, done.length - MOST);
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ done, undone }));
  } catch { /* a browser that keeps nothing forgets them with the page */ }
  if (!undoButton) return;
  undoButton.disabled = done.length === 0;
  redoButton.disabled = undone.length === 0;
}

export function listenToSteps(undo, redo) {
  undoButton?.addEventListener("click", undo);
  redoButton?.addEventListener("click", redo);
  stepsChanged();
}
