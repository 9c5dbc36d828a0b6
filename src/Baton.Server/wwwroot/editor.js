// The editor of a reply: marks, macros with holes, and what would leave.

const hole = /\{([a-z][a-z0-9_]*)\}/g;
const field = editor => editor.querySelector("textarea");

/** Replaces what is selected, so that the browser's own undo takes it back. */
function put(area, text) {
  area.focus();
  if (!document.execCommand("insertText", false, text)) area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function mark(area, kind) {
  const [from, to] = [area.selectionStart, area.selectionEnd];
  const words = area.value.slice(from, to);
  if (kind === "link") put(area, `[${words || "words"}](https://)`);
  else if (kind === "- ") put(area, (words || "").split("\n").map(line => "- " + line).join("\n"));
  else {
    put(area, kind + words + kind);
    if (!words) area.setSelectionRange(from + kind.length, from + kind.length);
  }
}

/** Selects the next hole that is to be filled in, so that typing replaces it. */
function nextHole(area, from = area.selectionEnd) {
  const holes = [...area.value.matchAll(hole)];
  const next = holes.find(found => found.index >= from) ?? holes[0];
  if (!next) return false;
  area.focus();
  area.setSelectionRange(next.index, next.index + next[0].length);
  return true;
}

/** Says which holes are left; with one left the form is not sent. */
function check(editor) {
  const known = JSON.parse(editor.dataset.holes || "{}");
  const left = [...new Set([...field(editor).value.matchAll(hole)].map(found => found[1]))].filter(name => name in known);
  const words = left.map(name => `{${name}} – ${known[name]}`);
  editor.querySelector("[data-holes-left]").textContent = words.length ? `Still to fill in (Ctrl . goes to the next): ${words.join("; ")}` : "";
  field(editor).setCustomValidity(left.length ? `Fill in ${words.join(", ")}, or take it out.` : "");
}

async function insertMacro(form) {
  const editor = form.closest("[data-editor]");
  const choice = form.querySelector("select");
  if (!choice.value) return;
  const ticket = editor.querySelector("input[name=id]").value;
  const answer = await fetch(`/desk/macros/${encodeURIComponent(choice.value)}?ticket=${encodeURIComponent(ticket)}`);
  if (!answer.ok) return;
  const area = field(editor), from = area.selectionStart;
  put(area, await answer.text());
  choice.value = "";
  nextHole(area, from);
}

async function preview(editor) {
  const form = field(editor).form;
  const answer = await fetch("/desk/preview", { method: "POST", body: new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")) });
  if (answer.ok) editor.querySelector("[data-preview-at]").innerHTML = await answer.text();
}

document.addEventListener("submit", event => {
  if (event.target.matches("[data-macros]")) {
    event.preventDefault();
    insertMacro(event.target);
  }
});

document.addEventListener("click", event => {
  const editor = event.target.closest?.("[data-editor]");
  if (!editor) return;
  const tool = event.target.closest("[data-mark]");
  if (tool) mark(field(editor), tool.dataset.mark);
  else if (event.target.closest("[data-preview]")) {
    event.preventDefault();
    preview(editor);
  }
});

document.addEventListener("input", event => {
  const editor = event.target.closest?.("[data-editor]");
  if (editor && event.target.matches("textarea")) check(editor);
});

document.addEventListener("keydown", event => {
  const editor = event.target.closest?.("[data-editor]");
  if (!editor) return;
  if (event.target.matches("select") && event.key === "Enter") {
    event.preventDefault();
    event.target.form.requestSubmit();
    return;
  }
  if (!event.target.matches("textarea") || !(event.ctrlKey || event.metaKey)) return;
  const marks = { b: "**", i: "*", k: "link" };
  if (event.key === "Enter" && event.shiftKey) preview(editor);
  else if (marks[event.key]) mark(event.target, marks[event.key]);
  else if (event.key === ".") nextHole(event.target);
  else return;
  event.preventDefault();
  event.stopPropagation();
}, { capture: true });

for (const editor of document.querySelectorAll("[data-editor]")) check(editor);
