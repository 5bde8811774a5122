// Asks before something that can't be taken back.
import { button, element } from '../page/dom.mjs';

// Resolves to true if the person wants it. yes: the label of the button that does it.
export function ask({ title, text, yes }) {
  return new Promise((resolve) => {
    const close = (answer) => () => dialog.close(answer);
    const heading = element('h2', { id: 'ask-title' }, title);
    const dialog = element(
      'dialog',
      { class: 'ask', 'aria-labelledby': 'ask-title' },
      heading,
      element('p', {}, text),
      element(
        'p',
        { class: 'buttons' },
        button('Keep it as it is', close('no'), { class: 'second', id: 'ask-no' }),
        button(yes, close('yes'), { id: 'ask-yes' }),
      ),
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
