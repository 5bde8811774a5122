// An expression, part by part: which comparisons are true, and which of them decide.
import { element } from '../page/dom.mjs';

function partView(text, { span, is_true: isTrue, decided, reason }) {
  const word = `${isTrue ? 'true' : 'false'}${decided ? ', and it decides' : ''}`;
  return element(
    'span',
    { class: 'part', 'data-true': String(isTrue), 'data-decided': String(decided), title: word },
    text.slice(span.begin, span.end),
    element('span', { class: 'visually-hidden' }, ` (${word}${reason ? `: ${reason}` : ''})`),
  );
}

// text: the expression. explanation: what Workflows.explain answers for it.
export function expressionView(text, { parts }) {
  const line = element('code', { class: 'explained' });
  let end = 0;
  for (const part of parts) {
    line.append(text.slice(end, part.span.begin), partView(text, part));
    end = part.span.end;
  }
  line.append(text.slice(end));
  const rows = parts
    .filter(({ reason }) => reason)
    .map(({ is_true: isTrue, decided, reason, text: words }) =>
      element(
        'li',
        { 'data-true': String(isTrue), 'data-decided': String(decided) },
        element('span', { class: 'verdict', 'aria-hidden': 'true' }),
        element('code', {}, words),
        element('span', {}, reason),
      ),
    );
  return element('div', { class: 'explanation' }, line, element('ul', { class: 'parts' }, ...rows));
}
