// Makes the desk faster; every button works without it.
const form = document.querySelector("#desk-form");
const list = document.querySelector("[data-list]");
const buttons = new Map(
  [...document.querySelectorAll("[data-key]")].map((one) => [one.dataset.key, one]));

for (const [key, button] of buttons) {
  button.setAttribute("aria-keyshortcuts", key);
  const hint = document.createElement("kbd");
  hint.textContent = key;
  button.append(" ", hint);
}

// On a phone the bar of acts would cover the page.
if (matchMedia("(max-width: 60rem)").matches)
  document.querySelector("details.toolbar")?.removeAttribute("open");

// Before the readers' single keys (keys.js): j is the next task here, not the next page.
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return save(event);
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("textarea, select, input:not([type=radio], [type=checkbox])")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
  else if (event.key === "e" && chosen()) chosen().querySelector(".edit")?.click();
  else if (buttons.has(event.key)) buttons.get(event.key).click();
  else return;
  event.preventDefault();
}, { capture: true });

// Ctrl+Enter while correcting: save, and on to the next task if one is open.
function save(event) {
  const row = event.target.closest("textarea[name=text]")?.closest("li");
  const button = row?.querySelector("button[name=next]") ?? row?.querySelector("button[value=text]");
  if (!button) return;
  event.preventDefault();
  button.click();
}

function step(by) {
  const rows = list
    ? [...list.querySelectorAll("a.open")]
    : [...(form?.querySelectorAll(".blocks input[type=radio]") ?? [])];
  if (!rows.length) return;
  const at = list ? rows.indexOf(document.activeElement) : rows.findIndex((one) => one.checked);
  const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
  next.focus();
  if (!list) {
    next.checked = true;
    light();
    next.closest("li").scrollIntoView({ block: "nearest" });
  }
}

// ---- Each side lights up the other
const lineOf = new Map();
const blockOf = new Map();
for (const line of form?.querySelectorAll(".sheet li") ?? []) {
  const key = line.dataset.block;
  lineOf.set(key, [...(lineOf.get(key) ?? []), line]);
}
for (const block of form?.querySelectorAll(".blocks li[id]") ?? [])
  blockOf.set(block.id.slice(1), block);

function chosen() {
  return form?.querySelector(".blocks input[type=radio]:checked")?.closest("li");
}

function light(key = chosen()?.id.slice(1), scroll = true) {
  for (const one of form.querySelectorAll(".lit")) one.classList.remove("lit");
  if (!key) return;
  const lines = lineOf.get(key) ?? [];
  for (const line of lines) line.classList.add("lit");
  blockOf.get(key)?.classList.add("lit");
  if (!scroll) return;
  within(lines[0]);
  within(blockOf.get(key));
}

function within(one) {
  const list = one?.closest(".sheet, .blocks");
  if (!list || list.scrollHeight <= list.clientHeight) return;
  const top = one.offsetTop - list.offsetTop;
  // The lower part may stand behind the bar of acts.
  if (top < list.scrollTop || top > list.scrollTop + list.clientHeight / 3)
    list.scrollTop = top - 60;
}

if (form) {
  form.addEventListener("change", (event) => {
    if (event.target.name === "block") light();
  });
  form.addEventListener("click", (event) => {
    const block = event.target.closest(".blocks li[id]");
    if (block && !event.target.closest("a, button, textarea, input")) {
      block.querySelector("input[type=radio]").checked = true;
      light();
    }
  });
  form.addEventListener("pointerover", (event) => {
    const line = event.target.closest(".sheet li");
    const block = event.target.closest(".blocks li[id]");
    if (line) light(line.dataset.block, false);
    else if (block) light(block.id.slice(1), false);
  });
  form.addEventListener("pointerleave", () => light(undefined, false));
  // What is being edited is what is selected.
  const edited = form.querySelector("textarea[name=text]")?.closest("li");
  if (edited) edited.querySelector("input[type=radio]").checked = true;
  light();
}
