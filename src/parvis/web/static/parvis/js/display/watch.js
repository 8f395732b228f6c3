// Asks now and then for the page that is shown. While nothing changed, the answer is a tag and no body.
const EVERY_MS = 20_000;
const PATIENCE_MS = 10_000;

const assetsOf = (page) => [...page.querySelectorAll("link[rel=stylesheet], script[src]")].map((node) => node.getAttribute("href") ?? node.getAttribute("src")).join(" ");

export function watch({ onPage, onDate, onLost, onBack }) {
  const assets = assetsOf(document);
  const ask = async () => {
    try {
      const answer = await fetch(location.pathname, { cache: "no-cache", credentials: "omit", signal: AbortSignal.timeout(PATIENCE_MS) });
      if (!answer.ok) throw new Error(String(answer.status));
      const text = await answer.text();
      onBack();
      onDate(Date.parse(answer.headers.get("Date") ?? ""));
      const page = new DOMParser().parseFromString(text, "text/html");
      if (!page.getElementById("display")) return;
      if (assetsOf(page) !== assets) location.reload(); // Parvis itself is newer
      else onPage(page);
    } catch {
      onLost();
    }
  };
  const again = async () => {
    await ask();
    setTimeout(again, EVERY_MS + Math.random() * 4_000); // so that fifty screens do not ask at once
  };
  setTimeout(again, Math.random() * 2_000);
  addEventListener("online", ask);
  addEventListener("offline", onLost);
}
