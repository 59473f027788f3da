// Keeps an article in place.  Without this file every button posts its form.
const form = document.getElementById("keep");
const toast = document.getElementById("toast");
const shelfCount = document.getElementById("shelf-count");
let hiding;

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.keep[aria-pressed]");
  if (!button?.form) return;
  event.preventDefault();
  send(button);
});

// Taking off is undone by putting back what was there, its note and tags too.
async function send(button, discard) {
  const keeping = button.getAttribute("aria-pressed") !== "true";
  const address = discard ? form.dataset.undoAddress : keeping ? form.dataset.add : form.dataset.remove;
  const body = new FormData(button.form, button); // a disabled button would send no name
  if (discard) body.set("discard", discard);
  button.disabled = true;
  try {
    const response = await fetch(address, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
    });
    if (!response.ok) throw new Error(response.status);
    const state = await response.json();
    show(button, keeping, state.count, state.discard);
  } catch {
    say(form.dataset.failed);
  }
  button.disabled = false;
}

function show(button, kept, count, discard) {
  for (const same of document.querySelectorAll(`button.keep[aria-pressed][name="${button.name}"][value="${button.value}"]`)) {
    same.setAttribute("aria-pressed", kept);
    same.formAction = kept ? form.dataset.remove : form.dataset.add;
  }
  if (kept) document.getElementById("keep-block")?.toggleAttribute("data-remember", true);
  shelfCount.textContent = count;
  shelfCount.hidden = count === "0";
  say(kept ? form.dataset.kept : form.dataset.removed, button, discard);
}

function say(words, button, discard) {
  toast.textContent = words;
  if (button) {
    const undo = document.createElement("button");
    undo.type = "button";
    undo.textContent = form.dataset.undo;
    undo.addEventListener("click", () => send(button, discard));
    toast.append(" ", undo);
  }
  toast.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => (toast.hidden = true), 6000);
}
