{% load said %}"use strict";
const kept = [{% for each in kept %}"{{ each|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const name = kept.concat("{% page_language %}").join(" ");
const open = () => caches.open(name);
self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(open().then((cache) => cache.addAll(kept)));
});
self.addEventListener("activate", (event) => event.waitUntil(caches.keys().then(
  (all) => Promise.all(all.filter((each) => each !== name).map((each) => caches.delete(each))),
)));
self.addEventListener("fetch", (event) => {
  const page = event.request.mode === "navigate", path = new URL(event.request.url).pathname;
  if (event.request.method !== "GET" || !(page || kept.includes(path))) return;
  const instead = () => open().then((cache) => cache.match(page ? kept[0] : path));
  event.respondWith(fetch(event.request).catch(async (error) => await instead() || Promise.reject(error)));
});
