// Comforts of the article page; it is complete without them.
const contents = document.querySelector(".in-issue details");
if (matchMedia("(max-width: 60rem)").matches) contents?.removeAttribute("open");
else if (contents) {
  const here = contents.querySelector("[aria-current]");
  if (here) contents.scrollTop = here.offsetTop - contents.clientHeight / 2;
}

// ---- Where the reader is: by paragraph, and under which heading
const text = document.querySelector("article .text");
const blocks = [...text.querySelectorAll("[id]")].filter((one) => /^p\d/.test(one.id));
const way = document.querySelector("progress.way");
const links = new Map(
  [...document.querySelectorAll(".headings a")].map((link) => [link.hash.slice(1), link]));

if (blocks.length > 3) {
  way.max = blocks.length;
  way.hidden = false;
  addEventListener("scroll", () => requestAnimationFrame(mark), { passive: true });
  mark();
}

function mark() {
  const reached = blocks.filter((one) => one.getBoundingClientRect().top < innerHeight * 0.6);
  const last = blocks.at(-1).getBoundingClientRect().bottom <= innerHeight;
  way.value = last ? blocks.length : Math.max(0, reached.length - 1);
  const heading = reached.findLast((one) =>
    links.has(one.id) && one.getBoundingClientRect().top < innerHeight * 0.35);
  for (const [id, link] of links)
    if (id === heading?.id) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
}

// ---- A paragraph that has gone to another article since the address was noted
if (/^#p\d+(-\d+)?$/.test(location.hash) && !document.getElementById(location.hash.slice(1)))
  location.replace(`${location.pathname}places/${location.hash.slice(1)}/`);
