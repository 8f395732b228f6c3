// What is said: to the screen reader at once, to the eye for a moment.

const spoken = document.getElementById("tt-say");
const shown = document.getElementById("tt-toast");
let timer = 0;

export function say(text) {
  spoken.textContent = "";
  requestAnimationFrame(() => { spoken.textContent = text; });
}

export function toast(text) {
  shown.textContent = text;
  shown.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => { shown.hidden = true; }, 6000);
}
