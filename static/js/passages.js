// A reader's passages and paragraphs in an article: shows them, takes new ones, and
// remembers where the reader stopped.  Addresses and words stand in the form's data.
const form = document.getElementById("keep-block");
const article = document.querySelector("article .text");
const toast = document.getElementById("toast");
const words = form.dataset;
const marks = JSON.parse(document.getElementById("marks").textContent);
const blocks = [...article.querySelectorAll("[id]")].filter((b) => /^p\d/.test(b.id));
// Marks that are not the paragraph's text.
const ASIDE = ".place, .printed, sup, button";
// White space as the server knows it.
const isSpace = (c) => c !== "\ufeff" && /[\s\x1c-\x1f\x85]/.test(c);

for (const block of blocks.filter((b) => b.matches("p:not(.credit, .continuation), li")))
  addButton(block, marks.kept.includes(block.id));
draw(marks.highlights);

// ---- Paragraphs
function addButton(block, kept) {
  const made = block.closest(".pair")?.querySelector(`.keep.para[value="${block.id}"]`);
  const button = made ?? document.querySelector("button.keep[name=article]").cloneNode(true);
  if (!made) {
    button.className = "keep para";
    button.replaceChildren(button.querySelector("svg"));
    button.setAttribute("form", form.id);
    button.name = "block";
    button.value = block.id;
    button.setAttribute("aria-label", words.keep);
    block.append(button);
  }
  button.setAttribute("aria-pressed", kept);
  button.formAction = document.getElementById("keep").dataset[kept ? "remove" : "add"];
}

// ---- The characters of a block that are its text, with where each stands
function characters(block) {
  const found = [];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(ASIDE) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  for (let node; (node = walker.nextNode()); ) {
    let at = 0;
    for (const c of node.data) {
      if (!isSpace(c)) found.push({ c, node, at, end: at + c.length });
      at += c.length;
    }
  }
  return found;
}

// ---- Showing
function draw(highlights) {
  for (const old of article.querySelectorAll("mark.mine")) {
    const parent = old.parentNode;
    old.replaceWith(...old.childNodes);
    parent.normalize();
  }
  for (const highlight of highlights) wrap(highlight);
}

function wrap(highlight) {
  const block = document.getElementById(highlight.block);
  if (!block) return;
  const length = [...highlight.text].length;
  const chosen = characters(block).slice(highlight.start, highlight.start + length);
  if (chosen.map((one) => one.c).join("") !== highlight.text) return;
  const pieces = [];
  for (const { node, at, end } of chosen) {
    const last = pieces.at(-1);
    if (last?.node === node) last.end = end;
    else pieces.push({ node, at, end });
  }
  for (const { node, at, end } of pieces.reverse()) {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, end);
    const mark = document.createElement("mark");
    mark.className = highlight.note ? "mine noted" : "mine";
    mark.tabIndex = node === pieces.at(-1).node ? 0 : -1;
    mark.addEventListener("click", () => open(highlight));
    mark.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      open(highlight);
    });
    range.surroundContents(mark);
  }
}

// ---- Taking
const take = document.querySelector("button.take-passage");
take.hidden = false;
// Pressing a button must not take the selection away.
take.addEventListener("pointerdown", (event) => event.preventDefault());
take.addEventListener("click", takeSelection);
document.addEventListener("selectionchange", () => (take.disabled = !selected().length));
take.disabled = !selected().length;

function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return [];
  const range = selection.getRangeAt(0);
  return blocks.filter((block) => range.intersectsNode(block))
    .map((block) => part(block, range)).filter((one) => one.exact);
}

function part(block, range) {
  const all = characters(block);
  const inside = all.map(({ node, at, end }) =>
    range.comparePoint(node, at) >= 0 && range.comparePoint(node, end) <= 0);
  const start = inside.indexOf(true), end = inside.lastIndexOf(true) + 1;
  const text = (a, b) => all.slice(Math.max(0, a), b).map((one) => one.c).join("");
  return { block: block.id, exact: end ? text(start, end) : "", prefix: text(start - 32, start), suffix: text(end, end + 32) };
}

async function takeSelection() {
  let latest;
  for (const passage of selected()) {
    const answer = await post(words.highlight, passage);
    if (!answer) return say(words.notThere);
    const known = new Set(marks.highlights.map((one) => one.id));
    latest = answer.highlights.find((one) => !known.has(one.id)) ?? latest;
    marks.highlights = answer.highlights;
  }
  getSelection().removeAllRanges();
  draw(marks.highlights);
  form.toggleAttribute("data-remember", true);
  if (latest) open(latest); else say(words.taken);
}

async function post(address, values = {}) {
  const body = new FormData(form);
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  try {
    const response = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

function say(text) {
  toast.textContent = text;
  toast.hidden = false;
  setTimeout(() => (toast.hidden = true), 4000);
}

// ---- One passage: its note, taking it off
function open(highlight) {
  document.querySelector("dialog.passage")?.remove();
  toast.hidden = true;
  const box = document.createElement("dialog");
  box.className = "passage";
  const note = document.createElement("textarea");
  note.value = highlight.note;
  note.rows = 3;
  note.maxLength = 10000;
  note.placeholder = words.note;
  note.setAttribute("aria-label", words.note);
  const close = () => { box.close(); box.remove(); };
  const save = button(words.save, async () => {
    const saved = await post(`${words.all}${highlight.id}/`, { note: note.value });
    if (!saved) return;
    highlight.note = saved.note;
    close();
    draw(marks.highlights);
  });
  const remove = button(words.remove, async () => {
    if (!(await post(`${words.all}${highlight.id}/remove/`))) return;
    marks.highlights = marks.highlights.filter((one) => one.id !== highlight.id);
    close();
    draw(marks.highlights);
  });
  const all = document.createElement("a");
  all.href = `${words.all}#h${highlight.id}`;
  all.textContent = words.see;
  const row = document.createElement("p");
  row.append(save, " ", remove, " ", all, " ", button(words.close, close));
  box.append(note, row);
  box.addEventListener("cancel", close);
  document.body.append(box);
  box.show();
  note.focus();
  box.addEventListener("keydown", (event) => event.key === "Escape" && close());
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

// ---- Where the reader stopped
let sent = "";
const here = () => {
  if (scrollY < innerHeight / 2) return null;
  const last = blocks.at(-1);
  if (last.getBoundingClientRect().bottom <= innerHeight) return last;
  return blocks.findLast((block) => block.getBoundingClientRect().top < innerHeight * 0.4);
};
function remember() {
  const block = "remember" in words && here();
  if (!block || block.id === sent) return;
  sent = block.id;
  const body = new FormData(form);
  body.set("block", sent);
  fetch(words.place, { method: "POST", body, keepalive: true });
}
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && remember());
addEventListener("pagehide", remember);
