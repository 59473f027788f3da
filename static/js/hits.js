// n and p step through the hits of a search in an article; so do the bar's buttons.
const hits = [...document.querySelectorAll("mark.hit")];
const bar = document.getElementById("hit-bar");
let now = -1;

if (bar && hits.length) {
  for (const button of bar.querySelectorAll("button")) {
    button.hidden = false;
    button.addEventListener("click", () => step(Number(button.value)));
  }
  document.addEventListener("keydown", (event) => {
    if (document.documentElement.dataset.keys === "off") return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const by = { n: 1, p: -1 }[event.key];
    if (by) step(by);
  });
}

function step(by) {
  hits[now]?.classList.remove("now");
  now = now < 0 ? near(by) : (now + by + hits.length) % hits.length;
  hits[now].classList.add("now");
  hits[now].scrollIntoView({ block: "center" });
  bar.querySelector("output").textContent = `${now + 1} / ${hits.length}`;
}

// The first step goes to the first hit below the top of the window, or above it.
function near(by) {
  const below = hits.findIndex((hit) => hit.getBoundingClientRect().top >= 0);
  if (by > 0) return below < 0 ? 0 : below;
  return (below < 0 ? hits.length : below) > 0 ? (below < 0 ? hits.length : below) - 1 : hits.length - 1;
}
