// Light, dark or as the system says: read before the first paint, so that nothing flashes. And the time zone.
(() => {
  "use strict";
  const root = document.documentElement;
  const order = ["system", "light", "dark"];
  const marks = { system: "◐", light: "○", dark: "●" };
  root.classList.add("js");

  // The clock of this machine, so that pages can show moments on it.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  if (zone) document.cookie = `time_zone=${zone}; path=/; max-age=31536000; SameSite=Lax${secure}`;

  function stored() {
    try {
      return localStorage.getItem("theme");
    } catch (error) {
      console.info("The theme follows the system: this browser keeps no storage.", error);
      return null;
    }
  }

  function apply(theme) {
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
    const meta = document.querySelector('meta[name="color-scheme"]');
    meta?.setAttribute("content", theme === "system" ? "light dark" : theme);
  }

  function label(button, theme) {
    button.querySelector("[data-mark]").textContent = marks[theme];
    button.querySelector("[data-word]").textContent = button.dataset[theme];
  }

  let theme = order.includes(stored()) ? stored() : "system";
  apply(theme);

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-theme-switch]");
    if (!button) return;
    label(button, theme);
    button.hidden = false;
    button.addEventListener("click", () => {
      theme = order[(order.indexOf(theme) + 1) % order.length];
      apply(theme);
      label(button, theme);
      localStorage.setItem("theme", theme);
    });
  });
})();
