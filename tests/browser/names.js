// Names that stand on two links or buttons which do not do the same; a word with its meaning behind it is neither.
() => {
  const ids = (each) => (each.getAttribute("aria-labelledby") || "").split(" ").filter(Boolean);
  const name = (each) => (each.getAttribute("aria-label")
    || ids(each).map((id) => document.getElementById(id)?.textContent).join(" ") || each.textContent).replace(/\s+/g, " ").trim();
  const sent = (form) => [...new FormData(form)].filter(([field]) => field !== "csrfmiddlewaretoken").join("&");
  const leads = (each) => each.href || [each.getAttribute("formaction") || each.form?.getAttribute("action"), each.name, each.value, each.form && sent(each.form)].join(" ");
  const found = new Map();
  for (const each of document.querySelectorAll("a[href], button:not([data-retry], [popovertarget])")) {
    const key = `${each.localName} ${name(each)}`;
    found.set(key, (found.get(key) ?? new Set()).add(leads(each)));
  }
  return [...found].filter(([, places]) => places.size > 1).map(([key]) => key);
}
