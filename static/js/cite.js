// Citing: copies a reference, or a selected passage with where it stands.
// The page is complete without: every reference is there to be read.

const box = document.querySelector(".cite");
const reference = box?.querySelector("[data-online]");
const quote = document.querySelector("button.copy-quote");

for (const button of box?.querySelectorAll("button[data-copy]") ?? []) {
  button.hidden = false;
  button.addEventListener("click", () =>
    copy(today(button.previousElementSibling.textContent.trim()), button));
}

if (quote && reference) {
  quote.hidden = false;
  const update = () => { quote.disabled = !passages().length; };
  document.addEventListener("selectionchange", update);
  // Pressing a button must not take the selection away.
  quote.addEventListener("pointerdown", (event) => event.preventDefault());
  quote.addEventListener("click", () => copy(quotation(passages()), quote));
  update();
}

// The selected part of each paragraph, without the marks that are not its text.
function passages() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return [];
  const chosen = selection.getRangeAt(0);
  return [...document.querySelectorAll("article .text [id]")]
    .filter((block) => /^p\d/.test(block.id) && chosen.intersectsNode(block))
    .map((block) => ({ id: block.id, text: partOf(block, chosen) }))
    .filter((passage) => passage.text);
}

function partOf(block, chosen) {
  const part = document.createRange();
  part.selectNodeContents(block);
  if (chosen.compareBoundaryPoints(Range.START_TO_START, part) > 0)
    part.setStart(chosen.startContainer, chosen.startOffset);
  if (chosen.compareBoundaryPoints(Range.END_TO_END, part) < 0)
    part.setEnd(chosen.endContainer, chosen.endOffset);
  const copied = part.cloneContents();
  for (const mark of copied.querySelectorAll(".place, .printed, sup")) mark.remove();
  for (const end of copied.querySelectorAll("br")) end.replaceWith("\n");
  return copied.textContent.trim();
}

// “…”——reference of this page with the paragraph's address, and how far the text is checked
function quotation(found) {
  const address = reference.dataset.online;
  const source = today(reference.textContent.trim())
    .replace(`${address}.`, `${address}#${found[0].id}.`);
  const text = found.map((passage) => passage.text).join("\n");
  return `“${text}”\n——${source}（${box.querySelector(".state").textContent.trim()}）`;
}

// A page kept for a month still says when it is read.
function today(text) {
  const now = new Date();
  const day = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  return text.replace(/\[\d{4}-\d\d-\d\d\]/, `[${day}]`);
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyByHand(text); // no clipboard without https
  }
  const said = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = said; }, 2000);
}

function copyByHand(text) {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  const kept = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
  area.select();
  document.execCommand("copy");
  area.remove();
  if (kept) { getSelection().removeAllRanges(); getSelection().addRange(kept); }
}
