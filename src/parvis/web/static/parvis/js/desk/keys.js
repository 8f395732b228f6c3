// The keyboard of the desk: "/" searches, "j" and "k" move through rows, "?" tells.
const rail = document.querySelector(".desk-rail");
if (rail && matchMedia("(width < 52rem)").matches) rail.removeAttribute("open");

const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
const links = () => [...document.querySelectorAll("tbody th[scope=row] a, tbody td:first-child a")];

function move(step) {
  const rows = links();
  if (rows.length === 0) return;
  const at = rows.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1);
  rows[next].focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    const field = document.querySelector(".desk-main [data-key='/']") ?? document.querySelector("[data-key='/']");
    if (field) { event.preventDefault(); field.focus(); field.select(); }
  } else if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "?") document.getElementById("desk-keys")?.showModal();
});
