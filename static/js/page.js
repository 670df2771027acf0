// What every page needs: the CSRF token on htmx requests, menus, announcements, focus, failed requests.
(() => {
  "use strict";
  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content || "";

  function announce(text) {
    const region = document.getElementById("announce");
    region.textContent = "";
    setTimeout(() => { region.textContent = text; }, 60);
  }

  // The server says `HX-Trigger: {"announce": "…"}`.
  document.addEventListener("announce", (event) => announce(event.detail.value));

  // With many candidates the five fits go above them; the server says it with each change of their number.
  document.addEventListener("wide", (event) => {
    document.querySelector(".layout").classList.toggle("is-wide", event.detail.value);
  });

  // The cookie is newer than the page when the person signed in again in another tab.
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = token() || meta("csrf-token");
  });
  document.addEventListener("submit", (event) => {
    const field = event.target.elements.namedItem("csrfmiddlewaretoken");
    if (field && token()) field.value = token();
  });

  // htmx sends a form without the button that stands elsewhere on the page and belongs to it.
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    const button = detail.triggeringEvent?.submitter;
    if (!button?.hasAttribute("form")) return;
    if (button.hasAttribute("formaction")) detail.path = button.getAttribute("formaction");
    if (button.name) detail.parameters[button.name] = button.value;
  });

  // A fragment may say where the focus goes; otherwise htmx keeps it by id. Nobody is taken away while typing.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.requestConfig?.triggeringEvent?.type === "input") return;
    event.target.querySelector?.("[data-focus]")?.focus();
  });

  // What was opened in place stays open when its part of the page is drawn again.
  const opened = new Set();
  for (const name of ["htmx:beforeSwap", "htmx:oobBeforeSwap"]) {
    document.addEventListener(name, ({ detail }) => {
      for (const each of detail.target.querySelectorAll("details[open][id]")) opened.add(each.id);
    });
  }
  for (const name of ["htmx:afterSwap", "htmx:oobAfterSwap"]) {
    document.addEventListener(name, () => {
      for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
    });
  }
  document.addEventListener("htmx:afterSettle", () => {
    for (const id of opened) { // what is in it may have to be fetched again; htmx was not yet there when it opened
      document.querySelector(`details[hx-get][open]#${CSS.escape(id)}`)?.dispatchEvent(new Event("toggle"));
    }
    opened.clear();
  });

  // Nothing jumps: what has the focus keeps its place on the screen when parts above it are drawn again. The route
  // cards may grow, not shrink: a page scrolled to its top has no room to make up for that.
  const place = () => ({ id: document.activeElement.id, top: document.activeElement.getBoundingClientRect().top });
  const cards = () => document.getElementById("cards");
  let held = {}, tall = 0;
  document.addEventListener("htmx:beforeSwap", () => {
    held = place();
    tall = cards()?.getBoundingClientRect().height;
  });
  document.addEventListener("htmx:afterSwap", () => {
    if (tall && cards()) cards().style.minHeight = `${tall}px`;
    const now = place();
    if (now.id && now.id === held.id) scrollBy({ top: now.top - held.top, behavior: "instant" });
  });
  addEventListener("resize", () => cards()?.style.removeProperty("min-height"));

  // An error page says in its heading and text what happened; without an answer there is a text for that.
  function requestFailed(event) {
    if (event.target.closest?.("[data-draft]")) return; // draft.js says it at the field
    const notice = document.getElementById("request-failed").content.cloneNode(true);
    const answer = new DOMParser().parseFromString(event.detail.xhr?.responseText || "", "text/html");
    const said = [...answer.querySelectorAll(".empty :is(h1, p)")].map((each) => each.textContent.trim());
    if (said.length) notice.querySelector("p").textContent = said.join(". ");
    announce(notice.textContent.trim());
    document.getElementById("messages").replaceChildren(notice);
  }
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, requestFailed);
  }

  function closeMenus(except) {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(except)) menu.open = false;
    }
  }
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("focusin", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest?.("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // A text that is there to be copied; where copying is not allowed, it is selected.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copies]");
    if (!button) return;
    const text = document.getElementById(button.dataset.copies);
    try {
      await navigator.clipboard.writeText(text.textContent);
      announce(button.dataset.said);
    } catch {
      getSelection().selectAllChildren(text);
    }
  });

  // The address keeps no fragment: forms and their answers would carry it on, and take the focus from an error.
  document.querySelector(".skip")?.addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("main").focus();
  });

  document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  document.querySelector(".error-summary")?.focus();

  // The page for a server that cannot be reached; over plain http a browser offers no worker.
  navigator.serviceWorker?.register("/service-worker.js").catch((error) => console.info("No page for being offline.", error));
})();
