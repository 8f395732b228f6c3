// Filters a list as one types, accents aside; without this module the form does it on the server.
import { fold } from "./fold.js";

for (const input of document.querySelectorAll("input[data-filters]")) {
  const list = document.getElementById(input.dataset.filters);
  const count = document.getElementById(input.dataset.count);
  if (!list) continue;
  const items = [...list.querySelectorAll("[data-search]")];
  const filter = () => {
    const words = fold(input.value).split(" ").filter(Boolean);
    let shown = 0;
    for (const item of items) {
      item.hidden = !words.every((word) => item.dataset.search.includes(word));
      if (!item.hidden) shown += 1;
    }
    if (!count) return;
    const { one, many, none } = count.dataset;
    count.textContent = words.length === 0 ? "" : shown === 0 ? none : shown === 1 ? one : many.replace("#", String(shown));
  };
  input.addEventListener("input", filter);
}
