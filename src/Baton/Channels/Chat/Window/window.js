// The conversation: a session, a stream that is read as long as there is something to expect, and a queue of what is
// not sent yet. `last` is the place of the last message that is shown: nothing is shown twice.

let session = null;
let state = {};
let last = 0;
let isOpen = false;
let listening = null;
let sending = false;
let lastFrom = '';
let fresh = 0;
let opening = null;
let user = claimOf(script.dataset);

const view = createView(CSS, {
  open: () => open(), close, agree: () => begin({ consent: true }).then(() => view.focus()), say, rate, solved, file,
  again: () => { keep({ token: null }); begin().then(() => view.focus()); },
});

function claimOf(given) {
  const claim = {
    id: given.userId, email: given.userEmail, name: given.userName, time: given.userTime, hash: given.userHash,
  };
  return claim.hash ? claim : null;
}

/** Opens the session of this page's visitor: the one that the browser remembers, or a new one. */
async function begin({ consent = false } = {}) {
  leave();
  const tries = backOff();
  for (;;) {
    try {
      const answer = await call('sessions', { body: { key: script.dataset.key, token: kept.token, user, consent } });
      if (answer.ok) {
        session = await answer.json();
        break;
      }
      if (answer.status !== 429 && answer.status < 500) {
        console.warn('Baton chat:', (await answer.json()).detail);
        return false;
      }
      await tries.next(Number(answer.headers.get('Retry-After') ?? 0) * 1000);
    } catch {
      await tries.next();
    }
  }
  if (user && !session.identified)
    console.warn('Baton chat: the signature of the user does not fit, or is too old; the visitor stays anonymous.');
  if (!session.resumed) keep({ begun: false, unsent: [], seen: 0 });
  keep({ token: session.token });
  [last, state, lastFrom, fresh] = [0, {}, '', 0];
  view.dress(session);
  view.empty(session.welcome);
  for (const message of kept.unsent ?? []) view.pend(message.id, message.text);
  listen();
  flush();
  return true;
}

/** A window that opens by itself leaves the focus where it is. */
async function open({ takesFocus = true } = {}) {
  isOpen = true;
  view.open(true);
  keep({ open: true });
  if (!session && !await (opening ??= begin().finally(() => { opening = null; }))) return;
  seen();
  listen();
  if (takesFocus && isOpen) view.focus();
}

function close() {
  isOpen = false;
  view.open(false);
  keep({ open: false });
  view.focus();
}

function say(text) {
  const message = { id: newId(), text };
  keep({ unsent: [...kept.unsent ?? [], message] });
  view.pend(message.id, text);
  flush();
}

const newId = () => [...crypto.getRandomValues(new Uint8Array(12))].map(b => b.toString(16).padStart(2, '0')).join('');

/** Sends what waits, in order. A message keeps its name over all tries, so that none arrives twice. */
async function flush() {
  if (sending || !session) return;
  sending = true;
  const tries = backOff();
  while (kept.unsent?.length) {
    const [message] = kept.unsent;
    try {
      const answer = await call('messages', { body: message });
      if (answer.ok || (answer.status >= 400 && answer.status < 500 && ![401, 408, 429].includes(answer.status))) {
        view.mark(message.id, answer.ok ? null : filled(session.labels.failed, 'problem', (await answer.json()).detail));
        keep({ unsent: kept.unsent.filter(one => one.id !== message.id), begun: kept.begun || answer.ok });
        tries.reset();
        listen();
        continue;
      }
      if (answer.status === 401) {
        // The token is over: what waits begins a new conversation.
        const waiting = kept.unsent;
        keep({ token: null });
        sending = false;
        session = null;
        await begin();
        keep({ unsent: waiting });
        waiting.forEach(one => view.pend(one.id, one.text));
        return flush();
      }
      view.mark(message.id, session.labels.waits);
      await tries.next(Number(answer.headers.get('Retry-After') ?? 0) * 1000);
    } catch {
      view.mark(message.id, session.labels.waits);
      await tries.next();
    }
  }
  sending = false;
}

/** Reads the stream while the window is open or the conversation has begun. One at a time. */
function listen() {
  if (!session || listening) return;
  const mine = listening = new AbortController();
  read(mine).finally(() => { if (listening === mine) listening = null; });
}

async function read(mine) {
  const tries = backOff();
  let failed = 0;
  while ((isOpen || kept.begun) && !mine.signal.aborted) {
    const line = new AbortController();
    const hangUp = () => line.abort();
    mine.signal.addEventListener('abort', hangUp);
    try {
      const answer = await call('stream', { after: last, signal: line.signal });
      if (answer.status === 401) {
        keep({ token: null });
        begin();
        return;
      }
      if (answer.ok)
        for await (const happened of events(answer, hangUp)) {
          if (mine.signal.aborted) return;
          failed = 0;
          tries.reset();
          view.trouble(null);
          take(happened);
        }
    } catch {
      // Cut off, by the server, the network or ourselves.
    } finally {
      mine.signal.removeEventListener('abort', hangUp);
    }
    if (mine.signal.aborted) return;
    if (++failed > 1) view.trouble(session.labels.lost);
    await tries.next();
  }
}

function take({ name, data }) {
  if (name === 'message') {
    if (data.position <= last) return;
    [last, lastFrom] = [data.position, data.from];
    if (data.from === 'customer') keep({ begun: true });
    else if (!isOpen && last > (kept.seen ?? 0)) fresh++;
    view.show(data);
    seen();
  } else if (name === 'state') {
    state = data;
  } else return;
  tell();
}

/** What is said beside the messages. */
function tell() {
  const labels = session.labels;
  view.offers(state.solved ? 0 : state.offers ?? 0);
  if (state.solved && state.with !== 'agent') view.say(labels.solved_thanks, state.with === 'closed');
  else if (state.with === 'closed') view.say(labels.ended, true);
  else if (state.with === 'agent') view.say(filled(labels.joined, 'name', state.agent ?? session.brand));
  else view.say(state.with === 'team' ? labels.team : '');
  view.types(state.typing ? state.agent ?? session.brand : null);
  const answered = state.with === 'closed' || (state.with === 'baton' && lastFrom !== 'customer');
  view.rating(answered && (state.rateable || state.remarked) ? state : null);
}

function seen() {
  if (isOpen) {
    keep({ seen: last });
    fresh = 0;
  }
  view.unseen(fresh);
}

async function rate(stars, remark) {
  const answer = await act('rating', { rating: stars, remark });
  if (answer?.ok) {
    state = { ...state, stars, remarked: Boolean(remark) || state.remarked };
    tell();
  }
}

/** Saves a file of the team's: only a call can bring the session along. */
async function file(position, { number, name }) {
  try {
    const answer = await call(`files/${position}/${number}`);
    if (!answer.ok) throw new Error(answer.statusText);
    const link = el('a', { href: URL.createObjectURL(await answer.blob()), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  } catch {
    view.trouble(session.labels.lost);
  }
}

async function solved(turn, passage) {
  const answer = await act('solved', { turn, passage });
  if (answer?.ok) view.offers(0);
}

async function act(path, body) {
  try {
    return await call(path, { body });
  } catch {
    view.trouble(session.labels.lost);
    return null;
  }
}

function leave() {
  listening?.abort();
  listening = null;
}

addEventListener('pagehide', leave);
addEventListener('pageshow', shown => { if (shown.persisted) { listen(); flush(); } });
addEventListener('online', () => { if (session) { leave(); listen(); flush(); } });

function mount() {
  document.body.append(view.host);
  if (kept.open || (kept.open === undefined && script.dataset.open !== undefined)) open({ takesFocus: false });
  else if (kept.begun) begin();
}

window.BatonChat = {
  open: () => open(), close,
  /** For sites that log somebody in or out without loading a page: the signed user, or null. */
  identify: claim => {
    user = claim;
    leave();
    session = null;
    return isOpen || kept.begun ? begin() : Promise.resolve(true);
  },
};

if (document.body) mount();
else addEventListener('DOMContentLoaded', mount);
