// A request as code, in the language that was chosen last.
import { copyButton } from '../page/copy.mjs';
import { element } from '../page/dom.mjs';
import { codeOf, LANGUAGES } from './code.mjs';

let chosen = LANGUAGES[0].id;
let count = 0;

// settings: { operations, usesKey }
export function codeView(request, { operations, usesKey }) {
  count += 1;
  const place = element('div', { class: 'code-place' });
  const choices = LANGUAGES.map(({ id, name }) =>
    element(
      'label',
      {},
      element('input', {
        type: 'radio',
        name: `language-${count}`,
        value: id,
        checked: id === chosen,
      }),
      element('span', {}, name),
    ),
  );
  const show = () => {
    const { name } = LANGUAGES.find(({ id }) => id === chosen);
    const { code, reason } = codeOf(chosen, request, operations, { usesKey });
    if (reason) return place.replaceChildren(element('p', { class: 'hint' }, reason));
    return place.replaceChildren(
      copyButton({ label: `Copy as ${name}`, name: 'this request', text: () => code }),
      element(
        'pre',
        { class: 'code tall', tabindex: '0', role: 'region', 'aria-label': `As ${name}` },
        code,
      ),
    );
  };
  const fieldset = element(
    'fieldset',
    { class: 'languages' },
    element('legend', {}, 'As code'),
    element('div', { class: 'choices' }, ...choices),
  );
  fieldset.addEventListener('change', ({ target }) => {
    chosen = target.value;
    show();
  });
  show();
  return element('section', { class: 'as-code', 'aria-label': 'As code' }, fieldset, place);
}
