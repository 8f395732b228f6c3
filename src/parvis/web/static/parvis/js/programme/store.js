// What somebody chose of a programme: kept in this browser, and on the server only under an address that they asked for.
// Each change is remembered until the server has it, so that two devices never overwrite one another.
const EMPTY = { stars: [], token: "", add: [], remove: [] };

export class Store extends EventTarget {
  constructor(edition, home) {
    super();
    this.key = `parvis.mine.${edition}`;
    this.home = home;
    this.isKept = true;
    this.state = this.read();
    window.addEventListener("storage", (event) => {
      if (event.key !== this.key) return;
      this.state = this.read();
      this.tell();
    });
  }

  read() {
    try {
      const found = JSON.parse(localStorage.getItem(this.key) ?? "{}");
      const lists = ["stars", "add", "remove"].map((name) => [name, Array.isArray(found[name]) ? found[name].filter((guid) => typeof guid === "string") : []]);
      return { ...EMPTY, ...Object.fromEntries(lists), token: typeof found.token === "string" ? found.token : "" };
    } catch {
      return { ...EMPTY };
    }
  }

  save(changes) {
    this.state = { ...this.state, ...changes };
    try {
      localStorage.setItem(this.key, JSON.stringify(this.state));
    } catch {
      this.isKept = false; // a private window, or no room left: the choice lasts as long as the page
    }
    this.tell();
  }

  tell() {
    this.dispatchEvent(new Event("change"));
  }

  get stars() {
    return this.state.stars;
  }

  get token() {
    return this.state.token;
  }

  get hasUnsent() {
    return Boolean(this.token) && this.state.add.length + this.state.remove.length > 0;
  }

  has(guid) {
    return this.state.stars.includes(guid);
  }

  change({ add = [], remove = [] }) {
    const { stars, token } = this.state;
    const kept = [...new Set([...stars.filter((guid) => !remove.includes(guid)), ...add])];
    const waiting = token ? { add: [...new Set([...this.state.add.filter((guid) => !remove.includes(guid)), ...add])], remove: [...new Set([...this.state.remove.filter((guid) => !add.includes(guid)), ...remove])] } : {};
    this.save({ stars: kept, ...waiting });
    this.sync();
  }

  toggle(guid) {
    const chosen = !this.has(guid);
    this.change(chosen ? { add: [guid] } : { remove: [guid] });
    return chosen;
  }

  // Sends what the server does not have yet; what it answers is what holds. Without a network it waits for the next time.
  async sync({ ask = false } = {}) {
    clearTimeout(this.later);
    if (!this.token) return;
    if (!ask) {
      this.later = setTimeout(() => this.sync({ ask: true }), 800);
      return;
    }
    const { token, add, remove } = this.state;
    let answer;
    try {
      answer = await this.post(`${token}/keep/`, { add, remove });
    } catch {
      return;
    }
    if (answer.status === 404) {
      this.save({ token: "", add: [], remove: [] }); // erased meanwhile: the stars stay here
      return;
    }
    if (!answer.ok) return;
    const { sessions } = await answer.json();
    const meanwhile = this.state;
    if (meanwhile.token !== token) return;
    const newer = { add: meanwhile.add.filter((guid) => !add.includes(guid)), remove: meanwhile.remove.filter((guid) => !remove.includes(guid)) };
    const stars = [...new Set([...sessions.filter((guid) => !newer.remove.includes(guid)), ...newer.add])];
    this.save({ stars, ...newer });
    if (newer.add.length || newer.remove.length) this.sync();
  }

  post(path, body) {
    return fetch(this.home + path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), credentials: "omit", keepalive: true });
  }

  // Asks for a secret address; returns what the server says of it.
  async share() {
    const answer = await this.post("keep/", { add: this.stars });
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) this.save({ token: said.token, add: [], remove: [] });
    return { ok: answer.ok, ...said };
  }

  async forget() {
    const answer = await this.post(`${this.token}/forget/`, {});
    if (answer.ok || answer.status === 404) this.save({ token: "", add: [], remove: [] });
    return answer.ok || answer.status === 404;
  }

  // Takes up what is kept under an address: the stars of both come together, there and here.
  adopt(token, sessions) {
    const here = this.stars.filter((guid) => !sessions.includes(guid));
    this.save({ token, stars: [...sessions, ...here], add: here, remove: [] });
    this.sync();
  }
}

export function openStore() {
  const link = document.querySelector("[data-mine]");
  if (!link) return null;
  const store = new Store(link.dataset.mine, new URL(link.href).pathname);
  // What the last page could not send any more, and what this one has not sent yet when it is left.
  if (store.hasUnsent) store.sync();
  document.addEventListener("visibilitychange", () => document.hidden && store.hasUnsent && store.sync({ ask: true }));
  return store;
}
