// A button that copies a text to the clipboard and says so.
import { announce, element } from './dom.mjs';

// Pages that are served over plain HTTP have no navigator.clipboard; a selection works there.
function copyBySelection(text) {
  const area = element('textarea', {
    class: 'visually-hidden',
    readonly: true,
    'aria-hidden': 'true',
  });
  const focused = document.activeElement;
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  focused?.focus();
  if (!copied) throw new Error('The browser did not allow copying.');
}

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyBySelection(text);
  }
}

// name: what is copied, for screen readers. text: a function, called at the click.
export function copyButton({ label = 'Copy', name, text }) {
  const button = element('button', {
    type: 'button',
    class: 'quiet',
    'aria-label': `${label} ${name}`,
  });
  button.textContent = label;
  let timer;
  button.addEventListener('click', async () => {
    let result = 'Copied';
    try {
      await copyText(text());
    } catch {
      result = 'Not copied';
    }
    button.textContent = result;
    announce(`${result}: ${name}`);
    clearTimeout(timer);
    timer = setTimeout(() => {
      button.textContent = label;
    }, 1600);
  });
  return button;
}
