// JSON text as indented, coloured lines. What is not JSON is shown as it came.
import { element } from '../page/dom.mjs';
import { withSids } from './sids.mjs';

const TOKEN =
  /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const LONGEST = 200_000; // characters that are coloured

function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}

// label: for screen readers; the view may scroll, so it can have the focus.
export function jsonView(text, label = 'Response body') {
  const view = element('pre', {
    class: 'code tall',
    tabindex: '0',
    role: 'region',
    'aria-label': label,
  });
  const pretty = indented(text);
  if (pretty === undefined || pretty.length > LONGEST) {
    view.textContent = pretty ?? (text || '(empty)');
    return view;
  }
  let end = 0;
  for (const match of pretty.matchAll(TOKEN)) {
    view.append(pretty.slice(end, match.index));
    const [token, string, colon] = match;
    const kind = colon ? 'json-key' : string ? 'json-string' : 'json-other';
    view.append(element('span', { class: kind }, ...withSids(colon ? string : token)), colon ?? '');
    end = match.index + token.length;
  }
  view.append(pretty.slice(end));
  return view;
}
