// The room of scenarios: the ones of the page, files, links, and what has been done so far.
import { copyButton } from '../page/copy.mjs';
import { announce, button, element, keep, setText } from '../page/dom.mjs';
import { download } from '../page/download.mjs';
import { clearFailure, showFailure } from '../page/failure.mjs';
import { writeAddress } from '../page/router.mjs';
import { LARGEST, readScenario } from '../world/scenario_file.mjs';
import { SCENARIOS } from './all.mjs';
import { sentenceOf } from './log_view.mjs';

const LONG_LINK = 8000; // Some programs cut longer links.
const SHOWN = 200; // actions

// A name that every file system takes.
function fileName(name) {
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return `${plain.slice(0, 40) || 'scenario'}.json`;
}

class Scenarios {
  #world;
  #clock;
  #go;
  #failure = element('div', { id: 'file-failure', class: 'failure', role: 'alert', hidden: true });
  #name = element('input', { id: 'scenario-name', type: 'text', maxlength: 64 });
  #file = element('input', { id: 'scenario-file', type: 'file', accept: '.json,application/json' });
  #link = element('textarea', { id: 'share-link', rows: 3, readonly: true, hidden: true });
  #linkHint = element('p', { class: 'hint', role: 'status' });
  #linkButtons = element('p', { class: 'buttons' });
  #log = element('ol', { class: 'log', 'aria-label': 'What has been done' });
  #logHint = element('p', { class: 'hint' });
  #shown = false;
  #scheduled = false;

  constructor(place, { world, clock, go }) {
    this.#world = world;
    this.#clock = clock;
    this.#go = go;
    place.replaceChildren(
      element('h1', {}, 'Scenarios'),
      element(
        'p',
        { class: 'lede' },
        'A workspace with its workers, queues and workflow, and something to try in it.',
      ),
      element(
        'div',
        { class: 'two' },
        element('section', { 'aria-label': 'Scenarios of this page' }, this.#list()),
        element('div', { class: 'stack' }, this.#keeping(), this.#done()),
      ),
    );
    this.#file.addEventListener('change', () => this.#openFile());
    world.listen(({ reset }) => {
      if (reset) this.#forgetLink();
      this.#drawSoon();
    });
  }

  show() {
    this.#shown = true;
    this.#name.value = this.#world.scenario.name;
    clearFailure(this.#failure);
    this.#forgetLink();
    this.#drawLog();
  }

  hide() {
    this.#shown = false;
  }

  #list() {
    const items = Object.entries(SCENARIOS).map(([key, { name, about, setup, tries = [] }]) => {
      const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;
      const size = [
        count(setup.workers.length, 'worker', 'workers'),
        count(setup.queues.length, 'queue', 'queues'),
      ].join(', ');
      const address = writeAddress('play', [], { open: key });
      return element(
        'li',
        {},
        element('h2', {}, element('a', { href: address, id: `open-${key}` }, name)),
        element('p', {}, about),
        element('p', { class: 'hint' }, [size, ...tries.slice(0, 1)].join('. ')),
      );
    });
    return element('ol', { class: 'scenarios' }, ...items);
  }

  #keeping() {
    const save = button('Save as a file', () => this.#save(), { id: 'save', class: 'second small' });
    const share = button('Make a link', () => this.#share(), { id: 'share', class: 'second small' });
    return element(
      'section',
      { 'aria-labelledby': 'keep-title' },
      element('h2', { id: 'keep-title' }, 'Keep and share'),
      element(
        'p',
        {},
        'A file or a link holds the workspace as it was opened and everything that was done since. ' +
          'Nothing is sent anywhere: the link carries the scenario itself.',
      ),
      element('label', { for: 'scenario-name' }, 'Name'),
      this.#name,
      element('p', { class: 'buttons' }, save, share),
      this.#link,
      this.#linkHint,
      this.#linkButtons,
      element('label', { for: 'scenario-file' }, 'Open a file'),
      this.#file,
      this.#failure,
    );
  }

  #done() {
    return element(
      'section',
      { 'aria-labelledby': 'log-title' },
      element('h2', { id: 'log-title' }, 'Done so far'),
      this.#logHint,
      this.#log,
    );
  }

  // The clock goes on while this is looked at.
  #drawSoon() {
    if (this.#scheduled || !this.#shown) return;
    this.#scheduled = true;
    requestAnimationFrame(() => {
      this.#scheduled = false;
      this.#drawLog();
    });
  }

  #drawLog() {
    const { log } = this.#world;
    setText(this.#logHint, log.length === 0 ? 'Nothing yet.' : '');
    const first = Math.max(0, log.length - SHOWN);
    const items = log.slice(first).map((action, index) => [first + index, sentenceOf(action)]);
    keep(this.#log, items, {
      key: ([number]) => String(number),
      make: () => element('li'),
      update: (row, [, sentence]) => setText(row, sentence),
    });
  }

  #saved() {
    const name = this.#name.value.trim().slice(0, 64) || this.#world.scenario.name;
    return this.#world.save(name);
  }

  #save() {
    clearFailure(this.#failure);
    const scenario = this.#saved();
    download(fileName(scenario.name), JSON.stringify(scenario, null, 2));
    announce('Saved.');
  }

  async #share() {
    clearFailure(this.#failure);
    const { pack } = await import('./share.mjs');
    const scenario = await pack(this.#saved());
    const address = new URL(writeAddress('play', [], { scenario }), location.href).href;
    this.#link.value = address;
    this.#link.hidden = false;
    const long = address.length > LONG_LINK ? ' Some programs cut links that long: a file is safer.' : '';
    setText(this.#linkHint, `${address.length} characters.${long}`);
    this.#linkButtons.replaceChildren(
      copyButton({ label: 'Copy the link', name: 'to this scenario', text: () => address }),
    );
    this.#link.setAttribute('aria-label', 'Link to this scenario');
    this.#link.focus();
    this.#link.select();
  }

  #forgetLink() {
    this.#link.hidden = true;
    this.#link.value = '';
    setText(this.#linkHint, '');
    this.#linkButtons.replaceChildren();
  }

  async #openFile() {
    const [file] = this.#file.files;
    if (!file) return;
    clearFailure(this.#failure);
    try {
      if (file.size > LARGEST * 4) throw new TypeError('The file is larger than a scenario may be.');
      const scenario = readScenario(await file.text());
      this.#clock.stop();
      await this.#world.open(scenario);
      this.#go('play');
    } catch (error) {
      showFailure(this.#failure, error);
    } finally {
      this.#file.value = '';
    }
  }
}

export function mount(place, page) {
  const room = new Scenarios(place, page);
  return { show: () => room.show(), hide: () => room.hide() };
}
