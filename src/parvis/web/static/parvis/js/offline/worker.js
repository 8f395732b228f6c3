// The service worker of one edition in one language. With a network it changes nothing; without one it answers from
// the last release that was kept whole. It keeps what `offline.json` lists and the files that those pages use: no more.
const SCOPE = new URL(self.registration.scope);
const LIST = new URL("offline.json", SCOPE).href;
const PREFIX = `parvis ${SCOPE.pathname} `;
const STATE = `${PREFIX}state`;
const AT_ONCE = 4;
const TRIES = 3;
const PATIENCE_MS = 6_000; // a network that answers later than this is as good as none, where the page is kept

const fresh = (address) => fetch(address, { cache: "no-cache", credentials: "omit" });

async function readState() {
  const kept = await (await caches.open(STATE)).match(LIST);
  return kept ? kept.json() : null;
}

async function writeState(state) {
  await (await caches.open(STATE)).put(LIST, new Response(JSON.stringify(state), { headers: { "Content-Type": "application/json" } }));
}

async function fetchList() {
  const answer = await fresh(LIST);
  if (!answer.ok) throw new Error(`offline.json: ${answer.status}`);
  return answer.json();
}

// Public, whole, and from where it was asked: a sign-in page or an error is not what the list means.
function mayBeKept(answer) {
  return answer.ok && answer.type === "basic" && !answer.redirected && !/no-store|private/.test(answer.headers.get("Cache-Control") ?? "");
}

function filesIn(text, base, prefix) {
  const found = [...text.matchAll(/(?:href|src)="([^"]+\.(?:css|js|svg|png|webp|woff2)(?:\?[^"]*)?)"/g), ...text.matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+)"/g)];
  return found.map(([, address]) => new URL(address, base)).filter((url) => url.origin === SCOPE.origin && url.pathname.startsWith(prefix)).map((url) => url.href);
}

async function each(items, work) {
  const waiting = [...items];
  const one = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

async function keepPages(cache, addresses, prefix) {
  const files = new Set();
  await each(addresses, async (address) => {
    const known = await cache.match(address); // an earlier try got so far
    const answer = known ?? (await fresh(address));
    if (!known && !mayBeKept(answer)) throw new Error(`${address}: ${answer.status}`);
    if (!known) await cache.put(address, answer.clone());
    if ((answer.headers.get("Content-Type") ?? "").startsWith("text/html")) {
      for (const file of filesIn(await answer.text(), answer.url || new URL(address, SCOPE).href, prefix)) files.add(file);
    }
  });
  return files;
}

async function keepFiles(cache, files, prefix) {
  const done = new Set();
  let wanted = [...files];
  while (wanted.length) {
    const next = new Set();
    await each(wanted, async (file) => {
      done.add(file);
      let answer = await cache.match(file);
      if (!answer) {
        answer = await fetch(file, { credentials: "omit" });
        if (!answer.ok) return; // a page reads without it
        await cache.put(file, answer.clone());
      }
      if (/javascript/.test(answer.headers.get("Content-Type") ?? "")) {
        for (const more of filesIn(await answer.text(), file, prefix)) if (!done.has(more)) next.add(more);
      }
    });
    wanted = [...next];
  }
}

async function tell(message) {
  for (const client of await self.clients.matchAll({ includeUncontrolled: true })) client.postMessage(message);
}

// The screens that this device has shown: they are kept with every later release too.
async function screensOf(known, list, path) {
  const cache = known && (await caches.open(`${PREFIX}${known.version}`));
  const shown = cache ? (await cache.keys()).map((request) => new URL(request.url).pathname) : [];
  return list.on_visit.filter((address) => address === path || shown.includes(address));
}

async function bring(saveData, path) {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const list = await fetchList();
    const known = await readState();
    const screens = await screensOf(known, list, path);
    const isKnown = known?.version === list.version;
    const isShort = isKnown && screens.includes(path) && !(await kept(new Request(new URL(path, SCOPE))));
    if (isKnown && !isShort && (known.whole || saveData)) return known;
    const name = `${PREFIX}${list.version}`;
    const cache = await caches.open(name);
    const isWhole = !saveData || Boolean(isKnown && known.whole);
    try {
      const files = await keepPages(cache, [...list.core, ...screens, ...(isWhole ? list.more : [])], list.static);
      await keepFiles(cache, files, list.static);
    } catch (error) {
      if (attempt === TRIES - 1 || (await fetchList()).version === list.version) throw error; // the next visit goes on from here
    }
    if ((await fetchList()).version === list.version) {
      const state = { version: list.version, release: list.release, fallback: list.fallback, on_visit: list.on_visit, more: list.more, whole: isWhole };
      await writeState(state); // from here on, this is what is shown without a network
      for (const old of await caches.keys()) if (old.startsWith(PREFIX) && old !== name && old !== STATE) await caches.delete(old);
      await tell({ type: "kept", release: state.release, whole: state.whole });
      return state;
    }
    if (!isKnown) await caches.delete(name); // a newer release came meanwhile: begin again
  }
  return null;
}

let bringing = null;
function bringOnce(saveData, path) {
  bringing ??= bring(saveData, path).finally(() => (bringing = null));
  return bringing;
}

async function kept(request) {
  const state = await readState();
  if (!state) return undefined;
  const cache = await caches.open(`${PREFIX}${state.version}`);
  return cache.match(request, { ignoreSearch: request.mode === "navigate", ignoreVary: true });
}

async function keepVisited(request, answer) {
  const state = await readState();
  const path = new URL(request.url).pathname;
  if (!state || !mayBeKept(answer)) return;
  if (state.on_visit.includes(path) || (!state.whole && state.more.includes(path))) {
    const cache = await caches.open(`${PREFIX}${state.version}`);
    await cache.put(path, answer);
  }
}

function inTime(request) {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error("too slow")), PATIENCE_MS);
    fetch(request).then(resolve, reject).finally(() => clearTimeout(limit));
  });
}

async function page(event) {
  const { request } = event;
  const here = await kept(request);
  try {
    const answer = await (here ? inTime(request) : fetch(request));
    if (answer.status >= 500 && here) return here;
    event.waitUntil(keepVisited(request, answer.clone()).catch(() => {}));
    return answer;
  } catch (error) {
    if (here) return here;
    const state = await readState();
    const standsIn = state && (await kept(new Request(new URL(state.fallback, SCOPE))));
    if (standsIn) return standsIn;
    throw error;
  }
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const here = await kept(request);
    if (here) return here;
    throw error;
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data?.type === "check") event.waitUntil(bringOnce(Boolean(event.data.saveData), event.data.path).catch(() => {}));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== SCOPE.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (!["no-cache", "no-store", "reload"].includes(request.cache)) event.respondWith(file(request)); // who asks for news gets news
});
