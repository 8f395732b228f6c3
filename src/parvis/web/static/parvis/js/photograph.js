// Lets one choose the square of a photograph before it is sent: three sliders, or dragging the picture. The server cuts
// it; without this file, or where the browser cannot read the picture, it cuts the largest square by itself.

const form = document.querySelector("form[data-photograph]");
const input = form?.querySelector("input[type=file]");
const box = form?.querySelector("[data-cut]");

if (input && box && "createImageBitmap" in window) {
  const view = box.querySelector("[data-view]");
  const unreadable = box.querySelector("[data-unreadable]");
  const sliders = { size: box.querySelector("[data-size]"), across: box.querySelector("[data-across]"), down: box.querySelector("[data-down]") };
  const hidden = { left: form.elements.left, upper: form.elements.upper, side: form.elements.side };
  const CLOSEST = 0.25; // of the shorter side
  let picture = null;

  // The square in pixels of the picture.
  function square() {
    const shorter = Math.min(picture.width, picture.height);
    const side = shorter * (1 - (1 - CLOSEST) * (sliders.size.value / 100));
    return { side, left: (picture.width - side) * (sliders.across.value / 100), upper: (picture.height - side) * (sliders.down.value / 100) };
  }

  function draw() {
    if (!picture) return;
    const { side, left, upper } = square();
    const context = view.getContext("2d");
    context.clearRect(0, 0, view.width, view.height);
    context.drawImage(picture, left, upper, side, side, 0, 0, view.width, view.height);
    hidden.left.value = (left / picture.width).toFixed(5);
    hidden.upper.value = (upper / picture.height).toFixed(5);
    hidden.side.value = (side / Math.min(picture.width, picture.height)).toFixed(5);
  }

  async function read() {
    for (const field of Object.values(hidden)) field.value = "";
    picture = null;
    const file = input.files[0];
    box.hidden = !file;
    if (!file) return;
    sliders.size.value = 0;
    sliders.across.value = 50;
    sliders.down.value = 25;
    try {
      picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    } catch {
      picture = null; // not a picture, or of a kind that this browser does not know: the server judges
    }
    const shown = picture !== null;
    unreadable.hidden = shown;
    view.hidden = !shown;
    for (const slider of Object.values(sliders)) slider.closest(".field").hidden = !shown;
    draw();
  }

  let from = null;
  view.addEventListener("pointerdown", (event) => {
    if (!picture) return;
    from = { x: event.clientX, y: event.clientY, across: Number(sliders.across.value), down: Number(sliders.down.value) };
    view.setPointerCapture(event.pointerId);
  });
  view.addEventListener("pointermove", (event) => {
    if (!from || !picture) return;
    const { side } = square();
    const scale = side / view.clientWidth;
    const room = { x: picture.width - side, y: picture.height - side };
    if (room.x > 0) sliders.across.value = from.across - ((event.clientX - from.x) * scale * 100) / room.x;
    if (room.y > 0) sliders.down.value = from.down - ((event.clientY - from.y) * scale * 100) / room.y;
    draw();
  });
  for (const end of ["pointerup", "pointercancel"]) view.addEventListener(end, () => (from = null));
  for (const slider of Object.values(sliders)) {
    slider.step = "any";
    slider.addEventListener("input", draw);
  }
  input.addEventListener("change", read);
  if (input.files.length) read();
}
