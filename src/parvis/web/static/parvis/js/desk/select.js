// Ticking rows of a list: "all" stands for the whole list, so that single ticks wait; buttons ask for a row.
// Boxes may stand outside of the form that they belong to (their attribute "form" names it).

for (const form of document.querySelectorAll("form[data-select]")) {
  const all = form.querySelector("[data-all]");
  const boxes = [...form.elements].filter((field) => field.type === "checkbox" && field !== all);
  const buttons = [...form.querySelectorAll("button[name=to]")];
  if (!all) continue;

  function show() {
    for (const box of boxes) box.disabled = all.checked;
    const none = !all.checked && boxes.every((box) => !box.checked);
    for (const button of buttons) button.disabled = none;
  }

  document.addEventListener("change", (event) => event.target.form === form && show());
  addEventListener("pageshow", show);
  show();
}
