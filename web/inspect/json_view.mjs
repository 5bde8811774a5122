// JSON text as indented, coloured lines. What is not JSON is shown as it came.
import { element } from '../page/dom.mjs';

const TOKEN =
  /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}

export function jsonView(text) {
  const pretty = indented(text);
  // It may scroll, so it can have the focus.
  const view = element('pre', {
    class: 'code tall',
    tabindex: '0',
    role: 'region',
    'aria-label': 'Response body',
  });
  if (pretty === undefined) {
    view.textContent = text || '(empty)';
    return view;
  }
  let end = 0;
  for (const match of pretty.matchAll(TOKEN)) {
    view.append(pretty.slice(end, match.index));
    const [token, string, colon] = match;
    const kind = colon ? 'json-key' : string ? 'json-string' : 'json-other';
    view.append(element('span', { class: kind }, colon ? string : token), colon ?? '');
    end = match.index + token.length;
  }
  view.append(pretty.slice(end));
  return view;
}
