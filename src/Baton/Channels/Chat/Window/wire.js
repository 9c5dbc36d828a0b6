// What goes over the line, and what the browser keeps of it.

const script = document.currentScript ?? (() => { throw new Error('Baton chat: load chat.js by <script src>'); })();
const base = new URL('.', script.src);
const shelf = `baton.chat.${script.dataset.key}`;

/** What is kept over a reload; only for this page view where the browser keeps nothing. */
const kept = (() => {
  try {
    return JSON.parse(localStorage.getItem(shelf)) ?? {};
  } catch {
    return {};
  }
})();

function keep(changes) {
  Object.assign(kept, changes);
  try {
    localStorage.setItem(shelf, JSON.stringify(kept));
  } catch {
    // No storage: the conversation lasts as long as the page.
  }
}

function call(path, { body, after, signal } = {}) {
  const headers = { Authorization: `Bearer ${kept.token ?? ''}` };
  if (body) headers['Content-Type'] = 'application/json';
  if (after) headers['Last-Event-ID'] = String(after);
  return fetch(new URL(`chat/${path}`, base), {
    method: body ? 'POST' : 'GET', headers, body: body && JSON.stringify(body), signal,
    cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer',
  });
}

const pause = ms => new Promise(done => setTimeout(done, ms));

/** Longer after each failure, and not all windows at the same moment. */
function backOff() {
  let wait = 500;
  return {
    next: async least => {
      await pause(Math.max(least ?? 0, wait * (0.5 + Math.random())));
      wait = Math.min(wait * 2, 15000);
    },
    reset: () => { wait = 500; },
  };
}

/** The events of a stream; ends with it, or is hung up when nothing has come for too long. */
async function* events(answer, hangUp) {
  const silence = 45000;
  let watch = setTimeout(hangUp, silence);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      clearTimeout(watch);
      watch = setTimeout(hangUp, silence);
      text += value.replace(/\r/g, '');
      for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) yield event(text.slice(0, end));
    }
  } finally {
    clearTimeout(watch);
  }
}

function event(block) {
  const read = { event: 'message', data: '' };
  for (const line of block.split('\n')) {
    const at = line.indexOf(':');
    const [name, value] = at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1).replace(/^ /, '')];
    if (name === 'data') read.data += value;
    else if (name === 'event') read.event = value;
  }
  return { name: read.event, data: read.data ? JSON.parse(read.data) : {} };
}
