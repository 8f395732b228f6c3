// Organisations and people while one types: the ARIA 1.2 combobox with a list that pops up. Without it the form asks
// on sending. `data-field` names the input (beside it stand …_key and …_for), `data-list` what the answer holds.

const WAIT = 120;

function enhance(root) {
  const field = root.dataset.field ?? "organisation";
  const input = root.querySelector(`input[name=${field}]`);
  const key = input?.form.querySelector(`input[type=hidden][name=${field}_key]`);
  const chosenFor = input?.form.querySelector(`input[type=hidden][name=${field}_for]`);
  if (!input || !key || !chosenFor) return;

  const list = document.createElement("ul");
  list.id = `${input.id}_list`;
  list.className = "combobox-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.firstChild?.textContent?.trim() ?? "");
  list.hidden = true;
  const status = document.createElement("div");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  const frame = document.createElement("div");
  frame.className = "combobox";
  input.replaceWith(frame);
  frame.append(input, list, status);

  for (const [name, value] of Object.entries({
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  })) {
    input.setAttribute(name, value);
  }

  let found = [];
  let active = -1;
  let timer = 0;
  let asking = null;

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(index) {
    active = index;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === index)));
    if (index < 0) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    const item = list.children[index];
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }

  function choose(index) {
    const one = found[index];
    input.value = one.name;
    key.value = one.key;
    chosenFor.value = one.name;
    const country = input.form.querySelector("select[name=country]");
    if (country && one.country && field === "organisation") country.value = one.country;
    if (one.mandates) offer(one.mandates);
    close();
    status.textContent = "";
  }

  // As what a person acts: the select beside the field holds that person's mandates, a single one is chosen.
  function offer(mandates) {
    const select = input.form.querySelector("select[name=mandate]");
    if (!select) return;
    const options = mandates.map((mandate) => new Option(mandate.name, mandate.key));
    select.replaceChildren(select.options[0], ...options);
    select.value = mandates.length === 1 ? mandates[0].key : "";
  }

  function show() {
    list.replaceChildren(
      ...found.map((one, index) => {
        const item = document.createElement("li");
        item.id = `${list.id}_${index}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        const where = document.createElement("span");
        where.className = "where";
        where.textContent = [one.kind, one.where].filter(Boolean).join(" · ");
        item.append(one.name, where);
        // mousedown, so that the field keeps the focus
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          choose(index);
        });
        return item;
      }),
    );
    mark(-1);
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    status.textContent = found.length ? `${found.length} ${root.dataset.count}` : root.dataset.none;
  }

  async function ask(text) {
    asking?.abort();
    asking = new AbortController();
    try {
      const address = new URL(root.dataset.source, window.location.href);
      address.searchParams.set("q", text);
      const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      found = (await answer.json())[root.dataset.list ?? "organisations"];
      if (document.activeElement === input) show();
    } catch (error) {
      if (error.name !== "AbortError") close(); // no network: the form still asks on sending
    }
  }

  input.addEventListener("input", () => {
    key.value = "";
    chosenFor.value = "";
    if (root.dataset.list === "people") offer([]);
    clearTimeout(timer);
    const text = input.value.trim();
    if (text.length < 2) {
      close();
      return;
    }
    timer = setTimeout(() => ask(text), WAIT);
  });

  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) {
        if (input.value.trim().length >= 2) ask(input.value.trim());
        return;
      }
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark((active + step + found.length + (active < 0 && step < 0 ? 1 : 0)) % found.length);
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });

  input.addEventListener("blur", close);
}

for (const root of document.querySelectorAll("[data-combobox]")) enhance(root);
