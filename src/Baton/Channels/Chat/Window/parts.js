// Small pieces of the page. Texts only ever become text nodes: nothing that is shown can be markup.

const icons = {
  chat: 'M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Z',
  close: 'M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4Z',
};

/** An element with attributes (those that are null or false are left out) and children. */
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(svg.namespaceURI, 'path');
  path.setAttribute('d', icons[name]);
  svg.append(path);
  return svg;
}

/** Paragraphs of a text, with its addresses as links. */
function paragraphs(text) {
  return text.split(/\n{2,}/).map(part => {
    const paragraph = el('p', { dir: 'auto' });
    part.split('\n').forEach((line, index) => {
      if (index > 0) paragraph.append(el('br'));
      paragraph.append(...linked(line));
    });
    return paragraph;
  });
}

function linked(line) {
  const pieces = [];
  let from = 0;
  for (const match of line.matchAll(/https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/g)) {
    pieces.push(line.slice(from, match.index));
    pieces.push(el('a', { href: match[0], target: '_blank', rel: 'noopener noreferrer nofollow' }, match[0]));
    from = match.index + match[0].length;
  }
  pieces.push(line.slice(from));
  return pieces.filter(piece => piece !== '');
}

/** What people write: bold, italic, links and lists of Markdown; every other mark stays text. */
function marked(text) {
  const item = /^ {0,3}(?:[-*+]|\d{1,3}[.)]) +/;
  return text.split(/\n{2,}/).map(block => {
    const lines = block.split('\n');
    if (!lines.every(line => item.test(line))) {
      const paragraph = el('p', { dir: 'auto' });
      lines.forEach((line, at) => paragraph.append(...(at > 0 ? [el('br')] : []), ...inline(line)));
      return paragraph;
    }
    return el(/^ {0,3}\d/.test(lines[0]) ? 'ol' : 'ul', { dir: 'auto' },
      ...lines.map(line => el('li', {}, ...inline(line.replace(item, '')))));
  });
}

function inline(line) {
  const mark = /\[([^[\]]+)\]\(((?:https?:\/\/|mailto:)[^()\s<>"']+)\)|\*\*(?=\S)([^*]+)\*\*|(?<![\w*])\*(?=[^\s*])([^*]+)\*(?![\w*])/g;
  const pieces = [];
  let from = 0;
  for (const match of line.matchAll(mark)) {
    pieces.push(...linked(line.slice(from, match.index)));
    const [, words, address, strong, soft] = match;
    pieces.push(address ? el('a', { href: address, target: '_blank', rel: 'noopener noreferrer nofollow' }, words)
      : el(strong ? 'strong' : 'em', {}, strong ?? soft));
    from = match.index + match[0].length;
  }
  return [...pieces, ...linked(line.slice(from))];
}

/** A label with its hole filled. */
const filled = (label, hole, value) => label.replace(`{${hole}}`, () => value ?? '');
