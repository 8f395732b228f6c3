// Reviewing with the keyboard: a digit scores the criterion at hand and moves on, Ctrl+Enter saves and opens the next.
// Without this module the radio buttons work with the arrow keys, as anywhere.

const form = document.querySelector("form[data-review]");
const groups = form ? [...form.querySelectorAll("[data-score]")] : [];
const typing = (target) => target.closest("textarea, select, input:not([type=radio], [type=checkbox])") !== null;
const answered = (group) => group.querySelector(":checked") !== null;

function atHand(target) {
  return target.closest("[data-score]") ?? groups.find((group) => !answered(group)) ?? groups[0];
}

document.addEventListener("keydown", (event) => {
  if (!form) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[name=next]"));
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !/^\d$/.test(event.key)) return;
  const group = atHand(event.target);
  const mark = group?.querySelector(`input[value="${event.key}"]`);
  if (!mark) return;
  event.preventDefault();
  mark.checked = true;
  mark.dispatchEvent(new Event("input", { bubbles: true }));
  const following = groups[groups.indexOf(group) + 1];
  const next = following ? (following.querySelector(":checked") ?? following.querySelector("input")) : form.querySelector("textarea");
  next?.focus();
});

// A declared conflict asks for its reason and no score.
const conflict = form?.querySelector("input[name=conflict]");
const reason = form?.querySelector("input[name=conflict_reason]")?.closest(".field");
if (conflict && reason) {
  const show = () => {
    reason.hidden = !conflict.checked;
    for (const group of groups) group.disabled = conflict.checked;
  };
  conflict.addEventListener("change", show);
  show();
}
