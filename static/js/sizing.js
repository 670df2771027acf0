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

  // What was typed into the setting goes along with what is handed in.
  const form = document.querySelector("#hand-in form"), mib = 2 ** 20;
  let read = {}, busy, ready;
  form?.addEventListener("formdata", ({ formData }) => {
    const { setting } = document.forms, beside = /^(carried|csrfmiddlewaretoken)?$/;
    for (const { name } of setting.elements) if (!beside.test(name)) formData.delete(name);
    for (const [name, value] of new FormData(setting)) if (!beside.test(name)) formData.append(name, value);
    for (const name in read) formData.set(name, read[name]);
  });

  // Headers stand at the beginning of a file: gigabytes of weights stay where they are. A little is sent first, and
  // more only where the server says that the header goes on; what it has read then goes along instead of the file.
  // Where that fails the page says what is wrong.
  form?.addEventListener("submit", async (event) => {
    const [file] = form.elements.file.files;
    if (ready) return void (ready = false);
    read = {};
    if (!(file?.size > mib)) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    const part = (size) => ({ file: new File([file.slice(0, size)], file.name) });
    let size, said = { more: mib };
    for (let turn = 0; said.more && turn < 4; turn++) {
      read = part(size = said.more);
      const asked = fetch(form.dataset.asks, { method: "POST", body: new FormData(form) });
      said = await asked.then((answer) => answer.json()).catch(() => ({}));
    }
    read = { ...part(said.carried ? 0 : said.header_goes_on ? mib : size), ...said };
    busy = false;
    ready = true;
    form.requestSubmit();
  });

  document.addEventListener("htmx:afterSettle", () => {
    for (const place of document.querySelectorAll("#setting .errors-place")) {
      const field = document.getElementById(place.id.replace("s-sizing-", "id_"));
      if (place.childElementCount) field?.setAttribute("aria-invalid", "true");
      else field?.removeAttribute("aria-invalid");
    }
  });
})();
