// The pages of the programme: filters, stars, and what takes place now. Everything reads without it.
import { startFilters } from "./programme/filters.js";
import { startNow } from "./programme/now.js";
import { listenToStars, placeStars } from "./programme/stars.js";
import { openStore } from "./programme/store.js";

const store = openStore();
if (store) {
  placeStars(document, store);
  listenToStars(store);
  document.addEventListener("parvis:programme", () => placeStars(document, store));
}
startFilters();
startNow();
