// What to do when no answer reached the page.
import { copyButton } from '../page/copy.mjs';
import { element } from '../page/dom.mjs';

const BY_CORS =
  'The server answers, but the browser keeps its answer from this page: it does not allow calls from web pages ' +
  '(CORS), or it leads elsewhere.';
const UNKNOWN = 'The server could not be reached from this page.';

function command(text) {
  return element(
    'div',
    { class: 'command' },
    element('pre', { class: 'code' }, text),
    copyButton({ name: text.split(' ', 1)[0], text: () => text }),
  );
}

// reachable: whether the server answers at all. curl: the same call for a terminal.
export function offerOf({ reachable, curl, mode }) {
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
  return [
    element('p', {}, reachable ? BY_CORS : UNKNOWN),
    element('ul', { class: 'ways' }, ...ways),
  ];
}
