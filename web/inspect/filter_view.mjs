// The filters above the timeline.
import { element } from '../page/dom.mjs';
import { METHODS, PLACES, RESOURCES, STATUSES } from './entry.mjs';
import { filterOf } from './filter.mjs';

const WORDS = { exchange: 'Requests', callback: 'Callbacks', event: 'Events', clock: 'Clock' };

function choice(name, any, values) {
  const options = Object.entries(values).map(([value, text]) => element('option', { value }, text));
  return element(
    'select',
    { name, class: 'small', 'aria-label': name },
    element('option', { value: '' }, any),
    ...options,
  );
}

function same(values) {
  return Object.fromEntries(values.map((value) => [value, value]));
}

function kindChoices() {
  const all = Object.entries({ '': 'All', ...WORDS });
  const choices = all.map(([value, word]) =>
    element(
      'label',
      {},
      element('input', { type: 'radio', name: 'kind', value, checked: value === '' }),
      element('span', {}, word),
    ),
  );
  return element(
    'fieldset',
    {},
    element('legend', { class: 'visually-hidden' }, 'Kind'),
    element('div', { class: 'choices' }, ...choices),
  );
}

// changed(filter) is called when a person has changed one.
export class FilterView {
  root;

  constructor(changed) {
    const text = element('input', {
      type: 'search',
      name: 'text',
      id: 'inspect-text',
      placeholder: 'Text, SID, attribute',
      autocomplete: 'off',
      spellcheck: 'false',
      'aria-label': 'Text to look for',
    });
    this.root = element(
      'form',
      { class: 'filters', role: 'search', 'aria-label': 'Filter the timeline' },
      kindChoices(),
      text,
      element(
        'div',
        { class: 'filter-line' },
        choice('where', 'Where', same(PLACES)),
        choice('method', 'Method', same(METHODS)),
        choice(
          'status',
          'Status',
          Object.fromEntries(
            Object.entries(STATUSES).map(([key, word]) => [
              key,
              key === 'none' ? word : `${key}xx, ${word}`,
            ]),
          ),
        ),
        choice('resource', 'Resource', same(RESOURCES)),
      ),
    );
    this.root.addEventListener('submit', (event) => event.preventDefault());
    this.root.addEventListener('input', () => changed(this.filter));
  }

  get filter() {
    return filterOf(new URLSearchParams(new FormData(this.root)));
  }

  // Shows a filter that came from elsewhere.
  set filter(filter) {
    for (const [name, value] of Object.entries(filter)) {
      const field = this.root.elements[name];
      if (field.value !== value) field.value = value;
    }
  }
}
