// Keeps an article in place.  Without this file every button posts its form.
const form = document.getElementById("keep");
const toast = document.getElementById("toast");
const shelfCount = document.getElementById("shelf-count");
let hiding;

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[form=keep][aria-pressed]");
  if (!button) return;
  event.preventDefault();
  send(button);
});

async function send(button) {
  const keeping = button.getAttribute("aria-pressed") !== "true";
  const body = new FormData(form, button); // a disabled button would send no name
  button.disabled = true;
  try {
    const response = await fetch(keeping ? form.dataset.add : form.dataset.remove, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
    });
    if (!response.ok) throw new Error(response.status);
    show(button, keeping, (await response.json()).count);
  } catch {
    say(form.dataset.failed);
  }
  button.disabled = false;
}

function show(button, kept, count) {
  for (const same of document.querySelectorAll(`button[form=keep][aria-pressed][value="${button.value}"]`)) {
    same.setAttribute("aria-pressed", kept);
    same.formAction = kept ? form.dataset.remove : form.dataset.add;
  }
  shelfCount.textContent = count;
  shelfCount.hidden = count === "0";
  say(kept ? form.dataset.kept : form.dataset.removed, button);
}

function say(words, button) {
  toast.textContent = words;
  if (button) {
    const undo = document.createElement("button");
    undo.type = "button";
    undo.textContent = form.dataset.undo;
    undo.addEventListener("click", () => send(button));
    toast.append(" ", undo);
  }
  toast.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => (toast.hidden = true), 6000);
}
