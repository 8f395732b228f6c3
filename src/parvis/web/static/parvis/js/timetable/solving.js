// Keeps the page of a solve up to date: its progress every second, and the whole page once it has ended.
// Without this module the same page works: the browser loads it anew every 3 s.

const live = document.querySelector("[data-solve-progress]");
const EVERY_MS = 1000;

async function look() {
  try {
    const answer = await fetch(live.dataset.solveProgress, { headers: { Accept: "text/html" } });
    if (answer.status === 204) {
      location.reload();
      return;
    }
    if (answer.ok && !answer.redirected) {
      live.innerHTML = await answer.text(); // our own page's part, made by the server's templates
    }
  } catch {
    // The network is away for a moment: ask again.
  }
  setTimeout(look, EVERY_MS);
}

if (live) setTimeout(look, EVERY_MS);
