// Makes what is shown as large as the screen allows, and never larger: nothing on a screen can be scrolled.
const LEAST = 0.34;
const MOST = 1.7;
const KEPT_LATER = 2;

const isScreen = () => matchMedia("(width >= 44rem) and (height >= 24rem)").matches;
const overflows = () => document.documentElement.scrollHeight > innerHeight + 1;

export function largest(root, least = LEAST, most = MOST) {
  const body = root.closest("body");
  const set = (fit) => body.style.setProperty("--fit", fit.toFixed(3));
  let [low, high] = [least, most];
  for (let step = 0; step < 8; step += 1) {
    const middle = (low + high) / 2;
    set(middle);
    if (overflows()) high = middle;
    else low = middle;
  }
  set(low);
  return !overflows();
}

function sayMore(root, hidden) {
  const more = root.querySelector("#more");
  more.hidden = hidden === 0;
  more.textContent = hidden === 1 ? more.dataset.one : more.dataset.many.replace("{number}", String(hidden));
}

export function fitRoom(root) {
  const later = [...root.querySelectorAll("[data-part=later] .turn")];
  sayMore(root, 0);
  if (!isScreen()) {
    root.closest("body").style.removeProperty("--fit");
    return;
  }
  const part = root.querySelector("[data-part=later]");
  const [live, side, foot] = [".screen-live", ".screen-side", ".screen-foot"].map((name) => root.querySelector(name));
  const beside = matchMedia("(orientation: landscape)").matches;
  root.closest("body").style.setProperty("--fit", "0.8");
  const air = parseFloat(getComputedStyle(live).paddingBlockEnd) * 2;
  const tooTall = () => (beside ? side.getBoundingClientRect().height > innerHeight - live.offsetTop - foot.offsetHeight - air : overflows());
  const least = beside ? 0 : KEPT_LATER;
  let shown = later.length;
  while (shown > least && tooTall()) {
    shown -= 1;
    later[shown].hidden = true;
    sayMore(root, later.length - shown);
  }
  part.hidden = later.length === 0;
  largest(root);
}

export { isScreen, overflows };
