// The window as it looks. It knows the conversation by what it is told, and tells what the visitor does to `acts`.

function createView(css, acts) {
  const host = el('div', { id: 'baton-chat' });
  const shadow = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [sheet];
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const paint = () => host.toggleAttribute('data-dark', script.dataset.theme === 'dark'
    || (script.dataset.theme !== 'light' && dark.matches));
  dark.addEventListener('change', paint);
  paint();

  // Else it is inherited, so that it follows the page, also one that changes its language later.
  if (script.dataset.dir) host.dir = script.dataset.dir;

  let words = {};
  let brand = '';
  let offersOf = 0;
  let unread = 0;
  let rated = '';
  const rows = new Map();

  const count = el('span', { class: 'count', 'aria-hidden': 'true', hidden: true });
  const launcher = el('button', {
    class: 'launcher', type: 'button', 'aria-expanded': 'false', 'aria-haspopup': 'dialog', onclick: () => acts.open(),
  }, icon('chat'), count);
  const title = el('h2', { id: 'title' });
  const shut = el('button', { type: 'button', onclick: () => acts.close() }, icon('close'));
  const note = el('div', { class: 'note', role: 'status', hidden: true });
  const noteText = el('span');
  const again = el('button', { class: 'plain', type: 'button', hidden: true, onclick: () => acts.again() });
  note.append(noteText, again);
  const trouble = el('div', { class: 'note', role: 'status', hidden: true });
  const list = el('ol');
  const log = el('div', { class: 'log', role: 'log', tabindex: '0', 'aria-labelledby': 'title' }, list);
  const typing = el('div', { class: 'typing', role: 'status', hidden: true });
  const rate = el('div', { class: 'rate', hidden: true });
  const consent = el('div', { class: 'consent', hidden: true });
  const input = el('textarea', { id: 'text', rows: '1', dir: 'auto', enterkeyhint: 'send', oninput: grow, onkeydown: enter });
  const inputLabel = el('label', { class: 'hidden', for: 'text' });
  const send = el('button', { class: 'main', type: 'submit' });
  const form = el('form', { onsubmit: submit }, inputLabel, input, send);
  const panel = el('section', {
    class: 'panel', role: 'dialog', 'aria-labelledby': 'title', hidden: true,
    onkeydown: key => { if (key.key === 'Escape') acts.close(); },
  }, el('header', {}, title, shut), trouble, note, log, consent, typing, rate, form);
  const root = el('div', { class: 'root', 'data-side': script.dataset.side }, launcher, panel);
  shadow.append(root);
  name(script.dataset.label ?? 'Chat');

  function name(label) {
    launcher.setAttribute('aria-label', unread > 0 ? `${label} (${unread})` : label);
    launcher.dataset.label = label;
  }

  function submit(happened) {
    happened.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    input.value = '';
    grow();
    acts.say(text);
    input.focus();
  }

  function enter(key) {
    if (key.key !== 'Enter' || key.shiftKey || key.isComposing) return;
    key.preventDefault();
    form.requestSubmit();
  }

  function grow() {
    input.style.height = 'auto';
    input.style.height = `${Math.min(input.scrollHeight + 2, 140)}px`;
  }

  function toEnd() {
    log.scrollTop = log.scrollHeight;
  }

  function offer(turn, passage) {
    const button = el('button', {
      class: 'plain', type: 'button', 'data-turn': turn, onclick: () => acts.solved(turn, passage.passage),
    }, words.solved);
    return el('div', { class: 'offer' }, el('h3', { dir: 'auto' }, passage.heading), ...paragraphs(passage.text),
      el('p', { class: 'under' }, `${words.source}: ${passage.source}`), button);
  }

  function row(line) {
    const who = line.from === 'customer' ? words.you : line.name ?? brand;
    const at = new Date(line.at);
    const time = line.at && el('time', { datetime: line.at, title: at.toLocaleString() },
      at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
    return el('li', { class: line.from },
      el('div', { class: 'who' }, who, ' ', time || null),
      el('div', { class: 'bubble' }, ...(line.from === 'agent' ? marked(line.text) : paragraphs(line.text)),
        ...(line.files ?? []).map(file => el('button', {
          class: 'plain file', type: 'button', onclick: () => acts.file(line.position, file),
        }, file.name))),
      line.sources ? el('div', { class: 'under' }, `${words.source}: ${line.sources.join('; ')}`) : null,
      ...(line.offers ?? []).map(passage => offer(line.turn, passage)));
  }

  return {
    host, focus: () => (panel.hidden ? launcher : form.hidden ? consent.querySelector('button') : input).focus(),

    dress(session) {
      [words, brand] = [session.labels, session.brand];
      const label = filled(words.title, 'name', brand);
      host.lang = session.language;
      title.textContent = label;
      name(script.dataset.label ?? label);
      shut.setAttribute('aria-label', words.close);
      inputLabel.textContent = words.write;
      input.placeholder = words.write;
      input.maxLength = session.longest;
      [send.textContent, again.textContent] = [words.send, words.again];
      form.hidden = Boolean(session.consent);
      consent.hidden = !session.consent;
      consent.replaceChildren(...(session.consent ? [...paragraphs(session.consent),
        el('button', { class: 'main', type: 'button', onclick: () => acts.agree() }, words.agree)] : []));
    },

    empty(welcome) {
      rows.clear();
      list.replaceChildren(...(welcome ? [row({ from: 'baton', text: welcome })] : []));
      [note, rate, typing].forEach(part => { part.hidden = true; });
      [offersOf, rated] = [0, ''];
    },

    /** A message that is not on the server yet; the same place is taken by the one that comes back. */
    pend(id, text) {
      const made = row({ from: 'customer', text });
      rows.set(id, made);
      list.append(made);
      toEnd();
    },

    mark(id, label) {
      const made = rows.get(id);
      if (!made) return;
      made.querySelector('.problem')?.remove();
      if (label) made.append(el('div', { class: 'under problem' }, label));
    },

    show(line) {
      const made = row(line);
      if (line.id) {
        rows.get(line.id)?.remove();
        rows.set(line.id, made);
      }
      list.append(made);
      this.offers(offersOf);
      // Of a long answer the beginning is shown.
      if (line.from === 'customer') toEnd();
      else log.scrollTop = made.offsetTop - 16;
    },

    /** Only the offers of this turn can still be taken. */
    offers(turn) {
      offersOf = turn;
      list.querySelectorAll('button[data-turn]').forEach(button => { button.hidden = Number(button.dataset.turn) !== turn; });
    },

    say(text, canBeginAgain = false) {
      note.hidden = !text;
      if (noteText.textContent !== text) noteText.textContent = text;
      again.hidden = !canBeginAgain;
    },

    types(who) {
      const text = who ? filled(words.typing, 'name', who) : '';
      typing.hidden = !who;
      if (typing.textContent !== text) typing.textContent = text;
    },

    trouble(text) {
      trouble.hidden = !text;
      if (trouble.textContent !== (text ?? '')) trouble.textContent = text ?? '';
    },

    rating(state) {
      const steps = ['terrible', 'bad', 'ok', 'good', 'amazing'];
      const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 4;
      rate.hidden = !state;
      // What is being written there stays while nothing else is to be shown.
      const shows = state ? `${state.stars ?? 0} ${Boolean(state.remarked)}` : '';
      if (!state || shows === rated) return;
      rated = shows;
      const choice = el('fieldset', {}, el('legend', {}, state.remarked ? words.rated : words.rate),
        ...(state.remarked ? [] : steps.map((step, index) => el('button', {
          class: 'plain', type: 'button', 'aria-pressed': String(state.stars === index + 1),
          onclick: () => acts.rate(index + 1),
        }, words[step]))));
      const more = state.stars && !state.remarked ? remarkForm(state.stars) : null;
      rate.replaceChildren(choice, ...(more ? [more] : []));
      if (atEnd) toEnd();
    },

    unseen(number) {
      unread = number;
      count.hidden = number === 0;
      count.textContent = String(number);
      name(launcher.dataset.label);
    },

    open(isOpen) {
      panel.hidden = !isOpen;
      launcher.hidden = isOpen;
      launcher.setAttribute('aria-expanded', String(isOpen));
      if (isOpen) toEnd();
    },
  };

  function remarkForm(stars) {
    const remark = el('textarea', { rows: '2', dir: 'auto', maxlength: '2000', id: 'remark' });
    return el('div', {}, el('label', { for: 'remark' }, words.remark), remark,
      el('button', {
        class: 'plain', type: 'button', onclick: () => { if (remark.value.trim()) acts.rate(stars, remark.value.trim()); },
      }, words.send));
  }
}
