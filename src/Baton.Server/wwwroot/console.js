// What pages need beyond htmx.

/** Shows the stages of a turn as the server sends them, then its decision. */
class BatonStream extends HTMLElement {
  connectedCallback() {
    const stages = this.querySelector("[data-stages]");
    // In a narrow window the run is below the form.
    this.scrollIntoView({ block: "nearest" });
    this.source = new EventSource(this.getAttribute("src"));
    this.source.addEventListener("stage", event => stages.insertAdjacentHTML("beforeend", event.data));
    this.source.addEventListener("done", event => this.end(event.data));
    this.source.addEventListener("late", () => this.end(this.say("The decision takes longer than two minutes. The ticket is safe; look for it under Tickets.")));
    this.source.addEventListener("error", () => {
      if (this.source.readyState === EventSource.CLOSED) this.end(this.say("The connection was lost. The ticket is safe; look for it under Tickets."));
    });
  }

  disconnectedCallback() { this.source?.close(); }

  say(text) {
    const alert = document.createElement("div");
    alert.className = "alert alert-warning";
    alert.setAttribute("role", "alert");
    alert.textContent = text;
    return alert.outerHTML;
  }

  end(html) {
    this.source.close();
    const live = document.createElement("div");
    live.setAttribute("aria-live", "polite");
    live.innerHTML = html;
    this.replaceChildren(live);
  }
}
customElements.define("baton-stream", BatonStream);

// Ctrl or Command with Enter sends the form of a text field that asks for it.
document.addEventListener("keydown", event => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.matches?.("[data-submit-keys]")) return;
  event.preventDefault();
  const form = event.target.form;
  // The button says what is done.
  form.requestSubmit(form.querySelector("[data-submit-first]") ?? form.querySelector("button"));
});

const dollars = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
document.addEventListener("input", event => {
  const volume = event.target.closest?.(".volume");
  if (volume) volume.querySelector("output").value = dollars.format(Number(volume.dataset.cost) * (event.target.valueAsNumber || 0) * 30);
});

// The open tab of a bar that is wider than the page.
const openTab = document.querySelector(".room-tabs a.active");
if (openTab) {
  const bar = openTab.closest(".room-tabs");
  bar.scrollLeft = openTab.offsetLeft - bar.offsetLeft - (bar.clientWidth - openTab.offsetWidth) / 2;
}
