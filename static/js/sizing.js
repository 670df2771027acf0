// The sizing page: sliders beside numbers, only the beginning of a large file is sent, errors marked at their fields.
(() => {
  "use strict";
  const bound = new WeakSet();

  // A slider doubles; the number beside it is what counts.
  function bind(slider) {
    const field = document.getElementById(slider.dataset.doubles);
    if (!field || bound.has(slider)) return;
    bound.add(slider);
    const follow = () => { slider.value = Math.round(Math.log2(Number(field.value.replace(/\D/g, "")) || 1)); };
    follow();
    field.addEventListener("input", follow);
    slider.addEventListener("input", () => { field.value = 2 ** slider.value; });
  }
  for (const slider of document.querySelectorAll("[data-doubles]")) bind(slider);

  // Headers stand at the beginning of a file: gigabytes of weights stay where they are.
  for (const input of document.querySelectorAll("[data-beginning]")) {
    input.addEventListener("change", () => {
      const file = input.files[0], most = Number(input.dataset.beginning);
      if (!file || file.size <= most) return;
      const chosen = new DataTransfer();
      chosen.items.add(new File([file.slice(0, most)], file.name));
      input.files = chosen.files;
    });
  }

  // What was typed into the setting goes along with what is handed in.
  document.querySelector("#hand-in form")?.addEventListener("formdata", ({ formData }) => {
    const setting = document.getElementById("setting"), beside = ["", "carried", "csrfmiddlewaretoken"];
    const names = [...setting.elements].map((each) => each.name).filter((name) => !beside.includes(name));
    for (const name of names) formData.delete(name);
    for (const [name, value] of new FormData(setting)) if (names.includes(name)) formData.append(name, value);
  });

  document.addEventListener("htmx:afterSettle", () => {
    for (const place of document.querySelectorAll("#setting .errors-place")) {
      const field = document.getElementById(place.id.replace("s-sizing-", "id_"));
      if (place.childElementCount) field?.setAttribute("aria-invalid", "true");
      else field?.removeAttribute("aria-invalid");
    }
  });
})();
