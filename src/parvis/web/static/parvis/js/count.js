// Counts while one types: how many characters are left, too many, or still missing. Nothing is ever cut.
// The form says the words (data-left, data-over, data-short; # is the number), the field its lengths.

const WAIT = 700; // a screen reader is told once the fingers rest

function length(text) {
  return [...text.trim().replace(/\r\n?/g, "\n")].length; // as the server counts: characters, not UTF-16 units
}

for (const field of document.querySelectorAll("[data-longest]")) {
  const words = field.form?.dataset;
  if (!words?.left) continue;
  const longest = Number(field.dataset.longest);
  const shortest = Number(field.dataset.shortest ?? 0);
  const shown = document.createElement("p");
  shown.className = "count soft small";
  shown.setAttribute("aria-hidden", "true");
  const told = document.createElement("p");
  told.className = "visually-hidden";
  told.setAttribute("role", "status");
  field.after(shown, told);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  let timer = 0;

  function say(text, many) {
    return text.replace("#", number.format(many));
  }

  function count(speak) {
    const now = length(field.value);
    const over = now > longest;
    const short = now > 0 && now < shortest;
    const text = over ? say(words.over, now - longest) : short ? say(words.short, shortest - now) : say(words.left, longest - now);
    shown.textContent = text;
    shown.classList.toggle("over", over);
    clearTimeout(timer);
    if (speak && (over || short || longest - now <= longest / 10)) timer = setTimeout(() => (told.textContent = text), WAIT);
  }

  field.addEventListener("input", () => count(true));
  field.form.addEventListener("parvis:restored", () => count(false));
  count(false);
}
