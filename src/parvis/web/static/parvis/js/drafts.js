// Keeps in this browser what is typed into a form and not saved yet, and brings it back: after a crash, a closed tab,
// an expired session. `form[data-draft]` names what it is; a page that says `data-draft-done` lets it be forgotten.
// Nothing secret is stored: no token; of the hidden fields only the form's key, the revision that it shows, and counts.

const PREFIX = "parvis.draft.";
const WAIT = 400;
const KEPT_HIDDEN = new Set(["form_key", "revision", "organisation_key", "organisation_for", "speaker_count"]);
const KEPT_DAYS = 60;

// A browser may forbid storage: then the form works without it.
function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key));
  } catch {
    return null;
  }
}

function store(key, value) {
  try {
    if (value === null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // full, or forbidden
  }
}

function forgetOld() {
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(PREFIX)) continue;
      const at = stored(name.slice(PREFIX.length))?.at ?? 0;
      if (Date.now() - at > KEPT_DAYS * 86_400_000) localStorage.removeItem(name);
    }
  } catch {
    // forbidden
  }
}

const keeps = (field) =>
  field.name && !["submit", "button", "password", "file"].includes(field.type) && (field.type !== "hidden" || KEPT_HIDDEN.has(field.name)) && !field.closest(".trap");

function read(form) {
  const values = {};
  for (const field of form.elements) {
    if (!keeps(field)) continue;
    const checkable = field.type === "checkbox" || field.type === "radio";
    values[field.name] ??= [];
    if (!checkable || field.checked) values[field.name].push(field.value);
  }
  return values;
}

function write(form, values) {
  for (const field of form.elements) {
    if (!keeps(field) || !(field.name in values)) continue;
    const kept = values[field.name];
    if (field.type === "checkbox" || field.type === "radio") field.checked = kept.includes(field.value);
    else if (field.name !== "speaker_count") field.value = kept[0] ?? "";
  }
  for (const details of form.querySelectorAll("details")) if (details.querySelector(":checked")) details.open = true;
  form.dispatchEvent(new Event("parvis:restored"));
}

const visible = (values) => Object.fromEntries(Object.entries(values).filter(([name]) => !KEPT_HIDDEN.has(name)));
const differ = (one, other) => JSON.stringify(visible(one)) !== JSON.stringify(visible(other));

function tell(form, key, before) {
  const notice = document.createElement("div");
  notice.className = "notice row-between";
  notice.setAttribute("role", "status");
  notice.dataset.draftRestored = "";
  const words = document.createElement("p");
  words.textContent = form.dataset.restored;
  const discard = document.createElement("button");
  discard.type = "button";
  discard.className = "button quiet small";
  discard.textContent = form.dataset.discard;
  discard.addEventListener("click", () => {
    store(key, null);
    write(form, before);
    notice.remove();
    form.querySelector("input:not([type=hidden]), textarea")?.focus();
  });
  notice.append(words, discard);
  form.before(notice);
}

// Brings back what was kept, unless the page shows what was just typed anyway. True where the page is left for that.
function restore(form, key) {
  const kept = stored(key);
  if (!kept || "fresh" in form.dataset) return false;
  const before = read(form);
  const rows = Number(kept.values.speaker_count?.[0] ?? 1);
  const shown = Number(before.speaker_count?.[0] ?? 1);
  const address = new URL(location.href);
  if (rows > shown && !address.searchParams.has("speakers")) {
    address.searchParams.set("speakers", String(rows));
    location.replace(address);
    return true;
  }
  if (!differ({ ...before, ...kept.values }, before)) return false;
  write(form, kept.values);
  tell(form, key, before);
  return false;
}

for (const done of document.querySelectorAll("[data-draft-done]")) store(done.dataset.draftDone, null);
forgetOld();

for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = form.dataset.draft;
  if (restore(form, key)) break;
  let timer = 0;
  const keep = () => store(key, { at: Date.now(), values: read(form) });
  if ("fresh" in form.dataset) keep();
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    keep();
  });
  addEventListener("pagehide", () => {
    if (timer) keep();
  });
}
