// What the reader has selected goes along to the form for reporting an error.
const link = document.querySelector(".report-link");
const text = document.querySelector("article .text");

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  const quote = selection.toString().trim();
  const start = selection.anchorNode?.parentElement?.closest("[id^=p]");
  const end = selection.focusNode?.parentElement?.closest("[id^=p]");
  const address = new URL(link.href);
  address.search = "";
  if (quote && start && start === end && text.contains(start)) {
    address.searchParams.set("block", start.id);
    address.searchParams.set("quote", quote.slice(0, 500));
  }
  link.href = address;
});
