// What to do when no answer reached the page.
import { copyButton } from '../page/copy.mjs';
import { element } from '../page/dom.mjs';

// Why a call came to nothing. reachable: whether the server answers at all, for all that a page can tell.
export function reasonOf(host, reachable) {
  return reachable
    ? `${host} answers, but the browser keeps the answer from this page: it does not allow calls from web pages ` +
        '(CORS), or it leads elsewhere.'
    : `${host} could not be reached from this page.`;
}

function command(text) {
  return element(
    'div',
    { class: 'command' },
    element('pre', { class: 'code' }, text),
    copyButton({ name: text.split(' ', 1)[0], text: () => text }),
  );
}

// curl: the same call for a terminal.
export function offerOf({ curl, mode }) {
  const ways = [
    element(
      'li',
      {},
      'Send the same call from a terminal, with your credentials in TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN:',
      command(curl),
    ),
  ];
  if (mode === 'direct') {
    ways.unshift(
      element(
        'li',
        {},
        'Have a proxy on your machine send it. It holds the credentials, and its page is this one:',
        command('sh web/demo.sh --live'),
      ),
    );
  }
  return element('ul', { class: 'ways' }, ...ways);
}
