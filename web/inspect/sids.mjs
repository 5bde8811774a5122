// Text in which every SID can be copied on its own.
import { copyText } from '../page/copy.mjs';
import { announce, element } from '../page/dom.mjs';

const SID = /\b[A-Z]{2}[0-9a-f]{32}\b/g;

async function copy(button, sid) {
  let result = 'Copied';
  await copyText(sid).catch(() => {
    result = 'Not copied';
  });
  announce(`${result}: ${sid}`);
  button.dataset.state = result;
  setTimeout(() => delete button.dataset.state, 1600);
}

function sidButton(sid) {
  const button = element('button', {
    type: 'button',
    class: 'copy-sid',
    'aria-label': `Copy ${sid}`,
    title: 'Copy',
  });
  button.addEventListener('click', () => copy(button, sid));
  return button;
}

// The nodes of a text: a SID and its button stay together.
export function withSids(text) {
  const nodes = [];
  let end = 0;
  for (const { 0: sid, index } of text.matchAll(SID)) {
    nodes.push(
      text.slice(end, index),
      element('span', { class: 'with-copy' }, sid, sidButton(sid)),
    );
    end = index + sid.length;
  }
  return [...nodes, text.slice(end)];
}
