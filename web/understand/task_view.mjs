// Why a task went where it went: the filters, and the workers, each with the reason.
import { element } from '../page/dom.mjs';
import { expressionView } from './expression_view.mjs';

function verdict(isTrue) {
  return element(
    'span',
    { class: 'verdict', 'data-true': String(isTrue) },
    element('span', { class: 'visually-hidden' }, isTrue ? 'yes: ' : 'no: '),
  );
}

function filterView({ route, explanation, took }) {
  const { name, expression } = route;
  return element(
    'li',
    { class: 'tried', 'data-took': String(took) },
    element(
      'p',
      { class: 'tried-name' },
      verdict(took),
      element('b', {}, name),
      took ? ' took the task' : ' does not match',
    ),
    explanation && expressionView(expression, explanation),
  );
}

function workerView(one, asked) {
  const { worker, fits, reason, activity } = one;
  const details = [];
  const add = (question, expression, explanation) =>
    details.push(
      element('p', { class: 'hint' }, question),
      expressionView(expression, explanation),
    );
  if (one.membership && one.queueExpression !== '1==1') {
    add('Belongs to the queue?', one.queueExpression, one.membership);
  }
  if (one.choice) add('Is taken by the target?', one.choiceExpression, one.choice);
  return element(
    'li',
    { class: 'tried', 'data-worker': worker.name },
    element(
      'p',
      { class: 'tried-name' },
      verdict(fits),
      element('b', {}, worker.name),
      ` ${activity ?? ''}`,
      worker.sid === asked?.sid ? element('em', {}, ' was asked') : undefined,
    ),
    element('p', { class: 'reason' }, reason),
    details.length > 0
      ? element('details', {}, element('summary', {}, 'Part by part'), ...details)
      : undefined,
  );
}

const MOST = 50; // workers

export function taskView({ sentence, filters, verdicts, asked, queueName }) {
  const sorted = [...verdicts].sort((one, other) => Number(other.fits) - Number(one.fits));
  const more = sorted.length - MOST;
  return [
    element('p', { class: 'answer', id: 'answer' }, sentence),
    element('h2', {}, 'Which filter took it?'),
    element('ol', { class: 'tries-list', id: 'filters' }, ...filters.map(filterView)),
    element('h2', {}, `Who can be asked in ${queueName}?`),
    element(
      'ol',
      { class: 'tries-list', id: 'verdicts' },
      ...sorted.slice(0, MOST).map((one) => workerView(one, asked)),
    ),
    more > 0 ? element('p', { class: 'more' }, `and ${more} more workers`) : undefined,
  ].filter(Boolean);
}
