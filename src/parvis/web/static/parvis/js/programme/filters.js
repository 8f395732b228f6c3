// Filters the programme in place, as the server does it for those without scripts; the filters stand in the address.
import { count, fill } from "./sessions.js";
import { fold } from "../fold.js";

const TYPED_MS = 150;

export async function startFilters() {
  const form = document.querySelector("form[data-programme-filters]");
  if (!form) return;
  const results = () => document.getElementById("programme-results");
  const status = document.getElementById("programme-count");
  const { index: indexAddress } = form.dataset;
  let index = null;

  const wanted = () => {
    const pairs = [...new FormData(form)].map(([key, value]) => [key, value.trim()]).filter(([, value]) => value);
    const order = [...form.elements].map((element) => element.name);
    return pairs.sort(([one], [two]) => (one === "q") - (two === "q") || order.indexOf(one) - order.indexOf(two));
  };
  const answers = (guid, pairs) => {
    const known = index[guid];
    return known && pairs.every(([key, value]) => (key === "q" ? fold(value).split(" ").every((word) => known.words.includes(word)) : (known[key] ?? []).includes(value)));
  };

  // A page that came filtered holds only what answered: the whole one is fetched before anything is filtered here.
  async function prepare() {
    if (index && results().dataset.whole) return;
    const [found, page] = await Promise.all([
      index ? null : fetch(indexAddress).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status))),
      results().dataset.whole ? null : fetch(form.action).then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status))),
    ]);
    if (found) index = found.sessions;
    if (page) {
      const whole = new DOMParser().parseFromString(page, "text/html").getElementById("programme-results");
      results().replaceWith(whole);
      document.dispatchEvent(new Event("parvis:programme"));
    }
  }

  function show(pairs) {
    const place = results();
    let shown = 0;
    const all = place.querySelectorAll("[data-session]");
    for (const element of all) {
      const hit = answers(element.dataset.session, pairs);
      element.hidden = !hit;
      shown += hit ? 1 : 0;
    }
    for (const group of place.querySelectorAll("[data-together]")) {
      const visible = group.querySelectorAll("[data-session]:not([hidden])").length;
      group.hidden = visible === 0;
      group.querySelector(".slot-sessions")?.classList.toggle("alone", visible === 1);
    }
    for (const day of place.querySelectorAll("[data-day]")) day.hidden = !day.querySelector("[data-session]:not([hidden])");
    for (const table of place.querySelectorAll("table.timetable")) {
      const used = new Set([...table.querySelectorAll("[data-session]:not([hidden])")].map((card) => card.closest("td").dataset.room));
      const narrow = pairs.length > 0 && [...used].some(Boolean);
      for (const cell of table.querySelectorAll("[data-room]")) cell.hidden = narrow && !used.has(cell.dataset.room);
      const columns = [...table.querySelectorAll("col[data-room]:not([hidden])")].reduce((sum, column) => sum + column.span, 0);
      for (const cell of table.querySelectorAll("[data-columns]")) cell.colSpan = narrow ? columns : Number(cell.dataset.columns);
    }
    for (const link of document.querySelectorAll("[data-to-day]")) link.closest("li").hidden = Boolean(document.getElementById(link.dataset.toDay)?.closest("[data-day]")?.hidden);
    const empty = document.getElementById("programme-empty");
    empty.hidden = shown > 0;
    showChips(pairs);
    if (shown === 0) suggest(empty, pairs, [...all].map((element) => element.dataset.session));
    const [name, number] = pairs.length ? ["some", shown] : ["all", all.length];
    status.textContent = count(status.dataset, name, number, { found: String(shown), total: String(all.length) });
    form.querySelector("[data-clear]").hidden = pairs.length === 0;
    document.getElementById("programme-unknown")?.remove();
    const chosen = pairs.filter(([key]) => key !== "q").length;
    form.querySelector("[data-chosen]").textContent = chosen ? ` (${chosen})` : "";
    for (const field of form.querySelectorAll("select")) field.toggleAttribute("data-set", Boolean(field.value));
  }

  // Each filter in force in words, and what would be left without it.
  const inForce = (pairs) =>
    pairs.map((pair) => {
      const control = form.elements[pair[0]];
      const name = control.dataset.name ?? form.querySelector(`label[for="${control.id}"]`).textContent.trim();
      return { name, value: control.selectedOptions?.[0]?.textContent.trim() ?? pair[1], rest: pairs.filter((other) => other !== pair) };
    });
  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  function showChips(pairs) {
    const place = document.getElementById("programme-chips");
    place.hidden = pairs.length === 0;
    place.replaceChildren(
      ...inForce(pairs).map(({ name, value, rest }) => {
        const cross = element("span", { textContent: "×" });
        cross.setAttribute("aria-hidden", "true");
        const link = element("a", { className: "chip", href: address(rest) }, element("span", { className: "soft", textContent: name }), ` ${value} `, cross, element("span", { className: "visually-hidden", textContent: place.dataset.remove }));
        link.dataset.chip = "";
        return element("li", {}, link);
      }),
    );
  }

  function suggest(empty, pairs, guids) {
    const list = empty.querySelector("ul");
    list.replaceChildren(
      ...(pairs.length > 1 ? inForce(pairs) : []).map(({ name, value, rest }) => {
        const number = String(guids.filter((guid) => answers(guid, rest)).length);
        return element("li", {}, element("a", { href: address(rest), textContent: fill(list.dataset.without, { name, value, number }) }));
      }),
    );
  }

  const address = (pairs) => {
    const query = new URLSearchParams(pairs).toString();
    return new URL(form.action).pathname + (query ? `?${query}` : "");
  };

  async function apply({ push = false, keep = false } = {}) {
    const pairs = wanted();
    try {
      await prepare();
    } catch {
      window.location.assign(address(pairs)); // the server filters
      return;
    }
    show(pairs);
    const to = address(pairs);
    for (const view of document.querySelectorAll("[data-view], a.language")) view.search = new URL(to, window.location.href).search;
    if (keep || to === window.location.pathname + window.location.search) return;
    window.history[push ? "pushState" : "replaceState"](null, "", to);
  }

  let typed;
  form.addEventListener("input", (event) => {
    if (event.target.type !== "search") return;
    clearTimeout(typed);
    typed = setTimeout(apply, TYPED_MS);
  });
  form.addEventListener("change", (event) => event.target.type === "search" || apply({ push: true }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(typed);
    apply({ push: true });
  });
  const set = (query) => {
    const values = new URLSearchParams(query);
    for (const control of form.elements) if (control.name) control.value = values.get(control.name) ?? "";
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-clear], #programme-empty a, [data-chip]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    set(new URL(link.href).search);
    apply({ push: true });
    form.querySelector('input[type="search"]').focus();
  });
  window.addEventListener("popstate", () => {
    set(window.location.search);
    apply({ keep: true });
  });
  form.querySelector("[data-apply]")?.setAttribute("hidden", "");
}
