// What the editor asks of the server. A refusal comes back as an object with `refusal`; no answer as null.

import { addresses, content, number, screenId, words } from "./state.js";
import { toast } from "./voice.js";

const token = document.querySelector("#timetable [name=csrfmiddlewaretoken]")?.value ?? "";

async function ask(address, body) {
  const options = { headers: { Accept: "application/json" }, credentials: "same-origin" };
  if (body) {
    options.method = "POST";
    options.headers["X-CSRFToken"] = token;
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify({ ...body, screen: screenId });
  }
  try {
    const answer = await fetch(address, options);
    if (!(answer.headers.get("Content-Type") ?? "").includes("json")) throw new Error(String(answer.status));
    return { ...(await answer.json()), ok: answer.ok };
  } catch {
    if (body) toast(words.wordOffline);
    return null;
  }
}

const at = (address, id) => address.replace("/0/", `/${id}/`);

export const askMove = (id, to, seen, insist = false) => ask(at(addresses.move, id), { to, seen, insist });
export const askPin = (id, pinned) => ask(at(addresses.pin, id), { pinned });
export const askUndo = (move) => ask(addresses.undo.replace(/0\/$/, `${move}/`), {});
export const askEmpty = (cards) => ask(addresses.empty, { seen: cards });
export const askUndoStep = (numbers) => ask(addresses.undoStep, { numbers });
export const askSince = () => ask(addresses.since.replace(/0\/$/, `${number}/?entry=${content.entry}&facts=${content.facts}`));
