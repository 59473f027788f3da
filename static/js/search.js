// Suggestions while typing: titles, authors, topics, also by pinyin.  The form works
// without them, and the button beside it shows the same list as a page.
const form = document.getElementById("search");
const input = form?.elements.q;
const LATER = 150; // ms after the last key
let list, options = [], chosen = -1, timer, asked;

if (form?.dataset.suggest) {
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", "suggestions");
  list = document.createElement("div");
  list.id = "suggestions";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  form.append(list);
  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, LATER);
  });
  input.addEventListener("compositionend", () => (timer = setTimeout(ask, LATER)));
  input.addEventListener("keydown", steer);
  input.addEventListener("blur", () => setTimeout(close, 150));
}

async function ask() {
  const typed = input.value.trim();
  asked?.abort();
  if (!typed || /[\s":：]/.test(typed)) return close();
  asked = new AbortController();
  try {
    const address = `${form.dataset.suggest}?format=json&q=${encodeURIComponent(typed)}`;
    const response = await fetch(address, { signal: asked.signal });
    if (response.ok) show(await response.json());
  } catch (error) {
    if (error.name !== "AbortError") close();
  }
}

function show([, texts, notes, urls]) {
  if (!texts.length || document.activeElement !== input) return close();
  options = texts.map((text, n) => {
    const option = document.createElement("div");
    option.id = `suggestion-${n}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const name = document.createElement("bdi");
    name.textContent = text;
    const note = document.createElement("span");
    note.textContent = notes[n];
    option.append(name, note);
    option.addEventListener("mousedown", (event) => {
      event.preventDefault();
      location.href = urls[n];
    });
    option.go = () => (location.href = urls[n]);
    return option;
  });
  list.replaceChildren(...options);
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  choose(-1);
}

function steer(event) {
  if (list.hidden || event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) choose(((chosen + 1 + step + options.length + 1) % (options.length + 1)) - 1);
  else if (event.key === "Enter" && chosen >= 0) options[chosen].go();
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
}

function choose(n) {
  chosen = n;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === n)));
  if (n >= 0) input.setAttribute("aria-activedescendant", options[n].id);
  else input.removeAttribute("aria-activedescendant");
}

function close() {
  list.hidden = true;
  options = [];
  chosen = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}
