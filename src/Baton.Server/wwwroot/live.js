// The inbox, live: one stream a page says what changed, and the page fetches only the part of it that did.

const page = document.querySelector("[data-live]");
const settle = 400, retry = 30000;
let source, last = page?.dataset.heard, due;

const part = id => document.querySelector(`[data-part="${id}"]`);
const fetchPart = element => element?.dispatchEvent(new CustomEvent("stale"));

/** Somebody who points at a list, goes through it or has chosen rows must not have it move under them. */
const inUse = list => list && (list.matches(":hover, :focus-within") || list.querySelector("[data-choose]:checked"));

function fetchLists() {
  fetchPart(part("inbox-nav"));
  for (const id of ["inbox-list", "desk-list"]) {
    const list = part(id);
    if (!list) continue;
    if (inUse(list)) tell(list); else fetchPart(list);
  }
}

function tell(list) {
  if (list.previousElementSibling?.matches("[data-news]")) return;
  const news = document.createElement("button");
  news.type = "button";
  news.className = "btn btn-primary news";
  news.dataset.news = "";
  news.textContent = "The list has changed: show it";
  news.addEventListener("click", () => { news.remove(); fetchPart(part(list.dataset.part)); });
  list.before(news);
}

function listsSoon() {
  due ??= setTimeout(() => { due = undefined; fetchLists(); }, settle);
}

function all() {
  fetchPart(part("ticket-view"));
  listsSoon();
}

function hear(event) {
  if (event.lastEventId) last = event.lastEventId;
  const { tickets, listed } = JSON.parse(event.data);
  const open = page.querySelector("[data-ticket]")?.dataset.ticket;
  if (open && tickets.includes(open)) fetchPart(part("ticket-view"));
  if (listed.length > 0) listsSoon();
}

function start() {
  if (source || document.hidden) return;
  const from = last ? `?last=${encodeURIComponent(last)}` : "";
  source = new EventSource(page.dataset.live + from);
  source.addEventListener("change", hear);
  source.addEventListener("all", event => { last = event.lastEventId; all(); });
  // Clocks move without events.
  source.addEventListener("minute", all);
  source.addEventListener("error", () => {
    // The browser asks again by itself unless it was refused.
    if (source?.readyState !== EventSource.CLOSED) return;
    stop();
    setTimeout(start, retry);
  });
}

function stop() {
  source?.close();
  source = undefined;
}

if (page) {
  // A page that nobody looks at needs no stream; when it is looked at again it hears what it missed.
  document.addEventListener("visibilitychange", () => { if (document.hidden) stop(); else start(); });
  addEventListener("pagehide", stop);
  addEventListener("pageshow", start);
  start();
}
