// The room in which the server is given something to hold: scenarios, seed files, a new beginning.
import { ask } from './ask.mjs';
import { announce, button, element } from '../page/dom.mjs';
import { clearFailure, showFailure } from '../page/failure.mjs';
import { writeAddress } from '../page/router.mjs';
import { SCENARIOS } from '../scenarios/all.mjs';
import { inPage } from './way.mjs';

const LARGEST = 2 ** 20; // bytes: the server takes no larger body

class Setups {
  #world;
  #go;
  #failure = element('div', { id: 'setup-failure', class: 'failure', role: 'alert', hidden: true });
  #file = element('input', { id: 'seed-file', type: 'file', accept: '.jsonl,.json' });

  constructor(place, { world, go }) {
    this.#world = world;
    this.#go = go;
    this.#file.addEventListener('change', () => this.#seed());
    place.replaceChildren(
      element('h1', {}, 'Set up something here'),
      element(
        'p',
        { class: 'lede' },
        'A scenario becomes a workspace of its own on this server. The others stay as they are.',
      ),
      this.#failure,
      element(
        'div',
        { class: 'two' },
        element('section', { 'aria-label': 'Scenarios of this page' }, this.#list()),
        element('div', { class: 'stack' }, this.#seeding(), this.#resetting()),
      ),
    );
  }

  show() {
    clearFailure(this.#failure);
  }

  #list() {
    const items = Object.entries(SCENARIOS).map(([key, scenario]) => {
      const label = { 'aria-label': `Set up here: ${scenario.name}` };
      const address = inPage(writeAddress('play', [], { open: key }));
      return element(
        'li',
        {},
        element('h2', {}, scenario.name),
        element('p', {}, scenario.about),
        element(
          'p',
          { class: 'buttons' },
          button('Set up here', () => this.#setUp(scenario), { id: `set-up-${key}`, class: 'second small', ...label }),
          element('a', { href: address, 'aria-label': `Play in the page: ${scenario.name}` }, 'Play in the page'),
        ),
      );
    });
    return element('ol', { class: 'scenarios' }, ...items);
  }

  #seeding() {
    return element(
      'section',
      { 'aria-labelledby': 'seed-title' },
      element('h2', { id: 'seed-title' }, 'Seed file'),
      element('p', {}, 'Its steps are done one after the other, as --seed does at the start.'),
      element('label', { for: 'seed-file' }, 'Do the steps of a file'),
      this.#file,
    );
  }

  #resetting() {
    return element(
      'section',
      { 'aria-labelledby': 'reset-title' },
      element('h2', { id: 'reset-title' }, 'Begin anew'),
      element('p', {}, 'The server forgets everything and begins as after its start, with its own seed file.'),
      element('p', {}, button('Reset the server', () => this.#reset(), { id: 'reset', class: 'second small' })),
    );
  }

  #setUp(scenario) {
    return this.#try(async () => {
      await this.#world.setUp(scenario);
      announce(`${scenario.name} is set up.`);
      this.#go('play');
    });
  }

  async #seed() {
    const [file] = this.#file.files;
    if (!file) return;
    const wanted = await ask({
      title: 'Do these steps on the server?',
      text: `${file.name} changes what the server holds, for all who use it. That can’t be undone.`,
      yes: 'Do the steps',
    });
    await this.#try(async () => {
      if (!wanted) return;
      if (file.size > LARGEST) throw new TypeError('The file is larger than the server takes.');
      await this.#world.seed(await file.text());
      announce('The steps are done.');
    });
    this.#file.value = '';
  }

  async #reset() {
    const wanted = await ask({
      title: 'Reset the server?',
      text: 'All its workspaces are lost, for all who use it. That can’t be undone.',
      yes: 'Reset the server',
    });
    if (!wanted) return;
    await this.#try(async () => {
      await this.#world.reset();
      announce('The server began anew.');
      this.#go('play');
    });
  }

  async #try(work) {
    clearFailure(this.#failure);
    try {
      await work();
    } catch (error) {
      showFailure(this.#failure, error);
      this.#failure.scrollIntoView({ block: 'nearest' });
    }
  }
}

export function mount(place, page) {
  const room = new Setups(place, page);
  return { show: () => room.show() };
}
