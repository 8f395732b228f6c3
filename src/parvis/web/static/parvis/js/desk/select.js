// Ticking people of a list: "all" stands for the whole list, so that single ticks wait; buttons ask for somebody.

for (const form of document.querySelectorAll("form[data-select]")) {
  const all = form.querySelector("[data-all]");
  const boxes = [...form.querySelectorAll("input[name=person]")];
  const buttons = [...form.querySelectorAll("button[name=to]")];
  if (!all) continue;

  function show() {
    for (const box of boxes) box.disabled = all.checked;
    const none = !all.checked && boxes.every((box) => !box.checked);
    for (const button of buttons) button.disabled = none;
  }

  form.addEventListener("change", show);
  addEventListener("pageshow", show);
  show();
}
