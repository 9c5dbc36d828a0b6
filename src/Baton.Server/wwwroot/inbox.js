// The inbox: keys, and signs of who is there.

const typingIn = target => target.closest?.("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
const visible = element => element.checkVisibility?.() ?? true;

/** Opens what a key stands for: presses buttons and links, opens forms, goes to fields. */
function use(element) {
  if (element.matches("summary")) {
    const details = element.parentElement;
    details.open = true;
    details.querySelector("textarea, select, input:not([type=hidden])")?.focus();
  } else if (element.matches("textarea, select")) {
    element.focus();
    element.scrollIntoView({ block: "center" });
  } else if (element.matches("input[type=radio]")) {
    element.checked = true;
    element.focus();
  } else element.click();
}

/** Goes to the next or previous ticket of the list; beside an open one, opens it. */
function move(by) {
  const rows = [...document.querySelectorAll("[data-row]")].filter(visible);
  const at = rows.findIndex(row => row.contains(document.activeElement));
  const here = at >= 0 ? at : rows.findIndex(row => row.querySelector("[aria-current]"));
  rows[Math.max(0, Math.min(rows.length - 1, here + by))]?.querySelector("a").focus();
}

/** Chooses the ticket that the list stands at, or no longer. */
function choose() {
  const row = document.activeElement?.closest("[data-row]") ?? document.querySelector("[data-row]");
  const box = row?.querySelector("[data-choose]");
  if (!box) return false;
  box.click();
  row.querySelector("a").focus();
  return true;
}

document.addEventListener("change", event => {
  if (!event.target.matches?.("[data-choose]")) return;
  const chosen = document.querySelectorAll("[data-choose]:checked").length;
  document.querySelector("[data-chosen]").textContent =
    chosen === 0 ? "Choose tickets to move or close several at once." : `${chosen} chosen`;
});

const places = { i: "/inbox", q: "/inbox?view=queues", l: "/inbox?view=late", t: "/tickets" };
let going = 0;

document.addEventListener("keydown", event => {
  if (event.key === "Escape" && typingIn(event.target)) return event.target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || typingIn(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const wasGoing = event.timeStamp - going < 1500;
  going = 0;
  if (wasGoing && places[event.key]) location.href = places[event.key];
  else if (event.key === "g") { going = event.timeStamp; return; }
  else if (event.key === "?") document.getElementById("keys")?.showModal();
  else if (event.key === "/") document.querySelector("[data-search]")?.focus();
  else if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "x" && choose()) { /* On a list; on a ticket the key closes it. */ }
  else {
    const found = [...document.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`)].find(visible);
    if (!found) return;
    use(found);
  }
  event.preventDefault();
});

document.addEventListener("click", event => {
  if (event.target.closest?.("[data-keys-open]")) document.getElementById("keys").showModal();
});

// A page says that it is open, whether somebody is at it, and whether a reply is being typed.
const every = 15000;
let lastInput = performance.now(), lastTyped = -Infinity, lastSaid = -Infinity;

function say() {
  const token = document.querySelector("input[name=__RequestVerificationToken]")?.value;
  if (!token || document.hidden) return;
  const now = performance.now();
  lastSaid = now;
  fetch("/inbox/here", {
    method: "POST",
    body: new URLSearchParams({
      __RequestVerificationToken: token,
      ticket: document.querySelector("[data-ticket]")?.dataset.ticket ?? "",
      types: now - lastTyped < every,
      active: now - lastInput < 60000,
    }),
  }).catch(() => { /* The next one says it. */ });
}

if (document.querySelector("[data-presence]")) {
  for (const sign of ["pointerdown", "keydown", "scroll"])
    document.addEventListener(sign, () => { lastInput = performance.now(); }, { passive: true, capture: true });
  document.addEventListener("input", event => {
    if (!event.target.matches?.("[data-reply], #draft-text")) return;
    const began = performance.now() - lastTyped > every;
    lastTyped = performance.now();
    if (began || lastTyped - lastSaid > every) say();
  });
  document.addEventListener("visibilitychange", say);
  setInterval(say, every);
  say();
}
