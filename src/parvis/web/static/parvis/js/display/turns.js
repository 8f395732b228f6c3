// Reads the sessions that stand in the page's own list of days.
export function turnsIn(within) {
  return [...within.querySelectorAll("#days .turn, :scope > .turns .turn")]
    .map((node, place) => ({
      node,
      place,
      starts: Date.parse(node.dataset.starts),
      ends: Date.parse(node.dataset.ends),
      isOff: node.hasAttribute("data-off"),
      isMoved: node.hasAttribute("data-moved"),
      title: node.querySelector("h3").textContent,
    }))
    .sort((one, other) => one.starts - other.starts || one.place - other.place);
}
