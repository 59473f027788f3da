// Comforts of the article page; it is complete without them.
const contents = document.querySelector(".in-issue details");
if (matchMedia("(max-width: 60rem)").matches) contents?.removeAttribute("open");
else if (contents) {
  const here = contents.querySelector("[aria-current]");
  if (here) contents.scrollTop = here.offsetTop - contents.clientHeight / 2;
}

// j and k: the next and the previous article, in printed order.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const rel = { j: "next", k: "prev" }[event.key];
  if (rel) document.querySelector(`.beside a[rel=${rel}]`)?.click();
});
