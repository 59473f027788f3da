// Single keys, and the sheet of type and colours.  Both are comforts: the sheet is the
// page of settings, fetched; every key presses something that is on the page.
const root = document.documentElement;
const FIELDS = "input, textarea, select, [contenteditable], dialog";

const KEYS = {
  j: () => follow("next"),
  k: () => follow("prev"),
  "]": () => heading(1),
  "[": () => heading(-1),
  "/": () => field()?.focus(),
  b: () => keep()?.click(),
  t: () => openSheet(),
  "?": () => openSheet("keys"),
};

document.addEventListener("keydown", (event) => {
  if (root.dataset.keys === "off" || event.isComposing || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest(FIELDS) || document.querySelector("dialog[open]")) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault(); // "/" would open the browser's own search
  act();
});

function follow(rel) {
  document.querySelector(`.beside a[rel=${rel}], .pager a[rel=${rel}]`)?.click();
}

// The next heading below the top of the window, or the last one above it.
function heading(by) {
  const all = [...document.querySelectorAll("article .text h2[id]")];
  const top = (one) => one.getBoundingClientRect().top;
  const found = by > 0 ? all.find((one) => top(one) > 40) : all.findLast((one) => top(one) < -2);
  found?.scrollIntoView();
}

const field = () => document.querySelector("form[role=search] input[type=search]");

// In a list the row that has the focus; on an article's page the article.
const keep = () =>
  document.activeElement.closest("li")?.querySelector("button.keep") ??
  document.querySelector(".tools button.keep");

// ---- The sheet
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.settings-link");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openSheet();
});

async function openSheet(part) {
  const address = document.querySelector("a.settings-link")?.href;
  const sheet = address && (await makeSheet(address));
  if (!sheet) return address && location.assign(address);
  document.body.append(sheet);
  sheet.addEventListener("close", () => sheet.remove());
  sheet.showModal();
  (part ? sheet.querySelector(`.${part}`) : sheet).scrollIntoView({ block: "nearest" });
}

async function makeSheet(address) {
  const page = await fetchPage(address);
  const form = page?.querySelector("form.settings");
  if (!form) return null;
  const sheet = document.createElement("dialog");
  sheet.className = "sheet";
  sheet.setAttribute("aria-label", page.querySelector("h1").textContent);
  const close = document.createElement("button");
  close.className = "close";
  close.textContent = "×";
  close.setAttribute("aria-label", form.dataset.close);
  close.addEventListener("click", () => sheet.close());
  sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
  form.querySelector(".save").remove();
  form.addEventListener("change", () => take(form));
  sheet.append(close, form, page.querySelector(".keys"));
  return sheet;
}

async function fetchPage(address) {
  try {
    const response = await fetch(address);
    if (!response.ok) return null;
    return new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    return null;
  }
}

// At once on this page; the cookie tells the server for every page to come.
function take(form) {
  for (const input of form.querySelectorAll("input:checked"))
    if (input.dataset.default === "") delete root.dataset[input.name];
    else root.dataset[input.name] = input.value;
  fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
}
