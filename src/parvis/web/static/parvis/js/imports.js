// Makes the import pages kinder: files may be dropped, too large ones are told of at once, the bar moves.
// Without this module the same pages work: the browser's own file field, the server's check, a refresh every 3 s.

const form = document.querySelector("[data-import-form]");
if (form) {
  const input = form.querySelector('input[type="file"]');
  const zone = input.closest(".field");
  const tellSize = () => {
    const tooLarge = [...input.files].some((file) => file.size > Number(form.dataset.limit));
    input.setCustomValidity(tooLarge ? form.dataset.limitSentence : "");
    if (tooLarge) input.reportValidity();
  };
  input.addEventListener("change", tellSize);
  for (const name of ["dragover", "dragenter"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      tellSize();
      input.focus();
    }
  });
}

const running = document.querySelector("[data-import-progress]");
if (running) {
  const bar = running.querySelector("progress");
  const look = async () => {
    try {
      const answer = await fetch(running.dataset.importProgress, { headers: { Accept: "application/json" } });
      const state = await answer.json();
      if (!state.running) {
        location.reload();
        return;
      }
      if (state.total) {
        bar.max = state.total;
        bar.value = state.done;
      }
    } catch {
      // The network is away for a moment: ask again.
    }
    setTimeout(look, 1000);
  };
  setTimeout(look, 1000);
}
