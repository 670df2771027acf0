// The comparison of candidates: columns dragged by their grip, the table copied.
(() => {
  "use strict";
  let drag = null; // { head, onto }: the column that is dragged, and the one it is over
  const MARKS = ["is-dragged", "drop-left", "drop-right"];
  const heads = () => [...drag.head.parentNode.querySelectorAll("th:not(.is-pinned)")];

  function end() {
    for (const each of drag ? heads() : []) each.classList.remove(...MARKS);
    drag = null;
  }

  document.addEventListener("pointerdown", (event) => {
    const grip = event.button === 0 && event.target.closest?.(".grip");
    if (!grip) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    drag = { head: grip.closest("th") };
  });

  document.addEventListener("pointermove", ({ clientX }) => {
    if (!drag) return;
    const all = heads();
    const onto = all.findLast((each) => clientX >= each.getBoundingClientRect().left) ?? all[0];
    const [from, to] = [all.indexOf(drag.head), all.indexOf(onto)];
    for (const each of all) each.classList.remove(...MARKS);
    drag.head.classList.add("is-dragged");
    if (from !== to) onto.classList.add(to < from ? "drop-left" : "drop-right");
    drag.onto = onto;
    onto.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  // Dropped, it goes where that column stands, by the button that moves it.
  document.addEventListener("pointerup", () => {
    const { head, onto } = drag ?? {};
    end();
    if (!onto?.isConnected || onto === head) return;
    const button = head.querySelector('[name="places"]');
    button.value = onto.dataset.place - head.dataset.place;
    button.click();
  });
  document.addEventListener("pointercancel", end);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") end(); });

  // The box stays scrolled as it was when the table is drawn again, as far as its focus stays in sight. Before
  // page.js, which then holds the page in its place.
  const box = () => document.querySelector(".compare-box");
  let scrolled = null;
  document.addEventListener("htmx:beforeSwap", () => { scrolled = box() && [box().scrollLeft, box().scrollTop]; }, true);
  document.addEventListener("htmx:afterSwap", () => {
    if (!scrolled || !box()) return;
    box().scrollTo(...scrolled);
    if (box().contains(document.activeElement)) document.activeElement.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, true);

  const asTable = (text) => {
    const table = document.createElement("table");
    for (const line of text.trimEnd().split("\n")) {
      const row = table.insertRow();
      for (const cell of line.split("\t")) row.insertCell().textContent = cell;
    }
    return table.outerHTML;
  };

  // Tabs for a sheet, a table for a document; where copying is not allowed, the text as a page.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("[data-copy]");
    if (!link) return;
    event.preventDefault();
    try {
      const text = await (await fetch(link.href, { redirect: "error" })).text();
      const both = { "text/plain": text, "text/html": asTable(text) };
      const blobs = Object.entries(both).map(([type, each]) => [type, new Blob([each], { type })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
      htmx.trigger(link, "announce", { value: link.dataset.copy });
    } catch {
      location.assign(link.href);
    }
  });
})();
