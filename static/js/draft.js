// Autosave, said aloud: unsaved, saving, saved, failed, conflict. And nothing typed is lost when the
// session ends: it is kept in this tab, put back after sign-in and saved against the digest first loaded.
(() => {
  "use strict";
  const status = document.getElementById("draft-status");
  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content || "";
  const key = `draft:${location.pathname}`;
  const worst = ["conflict", "failed", "unsaved", "saving", "saved"];
  const sent = new WeakMap(); // field -> { values, loaded } of the last request, before the first one as loaded
  let leaving = false;

  const fields = () => [...document.querySelectorAll("[data-draft]")];
  const fieldOf = (node) => (node instanceof Element ? node.closest("[data-draft]") : null);
  const loadedOf = (field) => field.querySelector('.field-state input[type="hidden"]');
  const isOpen = (field) => Boolean(field.dataset.state) && field.dataset.state !== "saved";
  const skipped = ["hidden", "password", "file", "submit", "button"];
  const controls = (box) => [...box.querySelectorAll("input, select, textarea")].filter(
    (control) => control.name && !skipped.includes(control.type) && !control.closest(".field-state")
      && (fieldOf(control) ?? box) === box, // a form leaves its drafts to themselves
  );
  const ticked = (control) => control.type === "checkbox" || control.type === "radio";

  function read(box) {
    const values = {};
    for (const control of controls(box)) {
      const list = (values[control.name] ??= []);
      if (ticked(control)) { if (control.checked) list.push(control.value); }
      else if (control.selectedOptions) list.push(...[...control.selectedOptions].map((option) => option.value));
      else list.push(control.value);
    }
    return values;
  }

  function write(box, values) {
    const left = structuredClone(values);
    for (const control of controls(box)) {
      const list = left[control.name];
      if (!list) continue;
      if (ticked(control)) control.checked = list.includes(control.value);
      else if (control.options) for (const option of control.options) option.selected = list.includes(option.value);
      else if (list.length) control.value = list.shift();
    }
  }

  // Each field is sent on its own, to where its form goes: before htmx reads the page, and what it swaps in.
  function wire() {
    for (const field of fields()) {
      const [control] = controls(field);
      const sender = field.querySelector(".saves-itself") ?? control;
      if (!sender || sender.matches("[hx-post]")) continue;
      const sending = {
        post: control.form.getAttribute("action") || location.pathname,
        trigger: `change, ${ticked(control) || control.options ? "" : "input changed delay:900ms, "}draft-save`,
        target: `#${field.querySelector(".field-state").id}`,
        swap: "outerHTML",
        include: "closest .field",
        params: `${control.name},loaded-${control.name}`,
        sync: "closest .field:queue last",
      };
      for (const name in sending) sender.setAttribute(`hx-${name}`, sending[name]);
    }
  }
  wire();
  for (const name of ["htmx:afterSwap", "htmx:oobAfterSwap"]) document.addEventListener(name, wire);

  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  function mark(field, state) {
    field.dataset.state = state;
    show();
  }

  function show() {
    if (!status) return;
    const states = fields().map((each) => each.dataset.state);
    const shown = worst.find((each) => states.includes(each));
    if (!shown || status.dataset.state === shown) return;
    status.setAttribute("aria-live", shown === "unsaved" || shown === "saving" ? "off" : "polite");
    status.dataset.state = shown;
    status.textContent = status.dataset[shown];
  }

  function save(field) {
    mark(field, "unsaved");
    window.htmx.trigger(field.querySelector("[hx-post]"), "draft-save");
  }

  function offerRetry(field) {
    const place = field.querySelector(".field-state");
    for (const old of place.querySelectorAll(":scope > :not(input)")) old.remove();
    place.append(document.getElementById("draft-failed").content.cloneNode(true));
  }

  document.addEventListener("focusin", (event) => {
    const field = fieldOf(event.target);
    if (field && !sent.has(field)) sent.set(field, { values: read(field), loaded: loadedOf(field)?.value });
  });

  document.addEventListener("input", (event) => {
    const field = fieldOf(event.target);
    if (event.target.form?.dataset.keep) event.target.form.dataset.dirty = "yes";
    if (!field || event.target.closest(".field-state") || field.dataset.state === "conflict") return;
    if (same(sent.get(field)?.values, read(field))) return; // the same text once more: htmx sends nothing
    mark(field, "unsaved");
  });

  // Only the draft's own save, not a look-up that also lives inside the field.
  const savedField = (event) => (event.detail.requestConfig?.verb === "post" ? fieldOf(event.detail.elt) : null);

  document.addEventListener("htmx:beforeRequest", (event) => {
    const field = savedField(event);
    if (!field) return;
    if (field.dataset.state === "saved" || field.dataset.state === "conflict") { event.preventDefault(); return; }
    sent.set(field, { values: read(field), loaded: loadedOf(field)?.value });
    mark(field, "saving");
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const field = savedField(event);
    if (!field || leaving) return;
    const code = event.detail.xhr.status;
    if (code === 409) return mark(field, "conflict");
    if (code !== 422 && !event.detail.successful) { offerRetry(field); return mark(field, "failed"); }
    if (!same(sent.get(field)?.values, read(field))) return mark(field, "unsaved");
    mark(field, code === 422 ? "failed" : "saved");
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-retry], [data-mine], [data-theirs]");
    const field = fieldOf(button);
    if (!field) return;
    const [control] = controls(field);
    if (button.matches("[data-theirs]")) {
      const text = button.dataset.theirs;
      const many = ticked(control) || control.multiple;
      write(field, { [control.name]: many ? text.split("\n") : [text] });
    }
    control.focus();
    save(field);
  });

  // Back on the network: what did not get through is sent again.
  addEventListener("online", () => {
    for (const field of fields().filter((each) => each.querySelector(".field-state [data-retry]"))) save(field);
  });

  // Keeping what was typed over a sign-in ----------------------------------------------------------
  function keepOf(field) {
    const loaded = field.dataset.state === "conflict" ? sent.get(field)?.loaded : loadedOf(field)?.value;
    return { values: read(field), loaded };
  }

  function keep(confirmed, forms) {
    const drafts = Object.fromEntries(fields().filter(isOpen).map((field) => [field.dataset.draft, keepOf(field)]));
    const full = forms.filter((form) => controls(form).length);
    const kept = Object.fromEntries(full.map((form) => [form.dataset.keep, read(form)]));
    if (!Object.keys(drafts).length && !Object.keys(kept).length) return;
    sessionStorage.setItem(key, JSON.stringify({ user: meta("user"), confirmed, drafts, forms: kept }));
  }

  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const target = event.detail.xhr.getResponseHeader("HX-Redirect");
    if (!target || !meta("sign-in") || !target.includes(meta("sign-in"))) return;
    keep(true, [...document.querySelectorAll("form[data-keep][data-dirty]")]);
    leaving = true;
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-forget]")) forget(() => true);
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.keep) keep(false, [form]);
    if (fields().filter(isOpen).every((field) => form.contains(field))) leaving = true;
  });

  function forget(unwanted) {
    for (const name of Object.keys(sessionStorage)) {
      if (name.startsWith("draft:") && unwanted(JSON.parse(sessionStorage.getItem(name)))) sessionStorage.removeItem(name);
    }
  }

  // A page without a person is the sign-in page: what was posted on the way here did not arrive.
  function confirmKept() {
    for (const name of Object.keys(sessionStorage).filter((each) => each.startsWith("draft:"))) {
      sessionStorage.setItem(name, JSON.stringify({ ...JSON.parse(sessionStorage.getItem(name)), confirmed: true }));
    }
  }

  function restoreDraft(name, draft) {
    const field = document.querySelector(`[data-draft="${CSS.escape(name)}"]`);
    const later = [...document.querySelectorAll("details[data-drafts]")].find((each) => name.startsWith(each.dataset.drafts));
    if (!field && later) { // it is fetched when it is opened
      later.addEventListener("htmx:afterSettle", () => restoreDraft(name, draft), { once: true });
      later.open = true;
      return "";
    }
    if (!field) return Object.values(draft.values).flat().join("\n");
    if (same(read(field), draft.values)) return "";
    write(field, draft.values);
    if (loadedOf(field) && draft.loaded) loadedOf(field).value = draft.loaded;
    save(field);
    return "";
  }

  function restoreForm(name, values) {
    const form = document.querySelector(`form[data-keep="${CSS.escape(name)}"]`);
    if (!form) return Object.values(values).flat().join("\n");
    write(form, values);
    return "";
  }

  function restore() {
    show();
    if (!meta("user")) return confirmKept();
    forget((kept) => !kept.confirmed || kept.user !== meta("user"));
    const kept = JSON.parse(sessionStorage.getItem(key));
    if (!kept) return;
    sessionStorage.removeItem(key);
    const lost = [
      ...Object.entries(kept.drafts).map(([name, draft]) => restoreDraft(name, draft)),
      ...Object.entries(kept.forms).map(([name, values]) => restoreForm(name, values)),
    ].filter(Boolean);
    const notice = document.getElementById("draft-restored").content.cloneNode(true);
    notice.querySelector("pre").textContent = lost.join("\n\n");
    notice.querySelector("[data-lost]").hidden = !lost.length;
    document.getElementById("messages").append(notice);
  }

  addEventListener("beforeunload", (event) => {
    if (!leaving && fields().some(isOpen)) event.preventDefault();
  });
  addEventListener("pageshow", () => { leaving = false; });
  document.addEventListener("DOMContentLoaded", restore);
})();
