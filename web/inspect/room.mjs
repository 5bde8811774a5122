// The room that shows everything that passed: requests, callbacks, events and the clock.
import { liveCallsOf } from '../live/calls.mjs';
import { announce, element, setText } from '../page/dom.mjs';
import { download } from '../page/download.mjs';
import { clearFailure, showFailure } from '../page/failure.mjs';
import { writeAddress } from '../page/router.mjs';
import { loadStyle } from '../page/style.mjs';
import { detailView } from './detail.mjs';
import { FilterView } from './filter_view.mjs';
import { filterOf, isEmpty, wanted } from './filter.mjs';
import { harOf } from './har.mjs';
import { loadOperations } from './operations.mjs';
import { rowOf } from './row.mjs';
import { Search } from './search.mjs';
import { VirtualList } from './virtual_list.mjs';

const FIRST_FOUND = 100; // entries
const LONGEST_STEP = 30; // entries of the same step that are listed

class Inspect {
  #page;
  #calls; // what live mode has sent
  #operations;
  #filters = new FilterView((filter) => this.#filtered(filter));
  #filter = filterOf(new URLSearchParams());
  #list = new VirtualList({
    name: 'Timeline, newest first',
    draw: rowOf,
    choose: (...chosen) => this.#choose(...chosen),
  });
  #search = new Search();
  #found = []; // newest first
  #chosen;
  #shown = false;
  #scheduled = false;
  #stale = false; // There is something that was not looked at.
  #count = element('p', { class: 'hint', id: 'inspect-count', role: 'status' });
  #nothing = element('div', { class: 'empty', hidden: true });
  #export = element(
    'button',
    { type: 'button', class: 'quiet', id: 'export-har' },
    'Export as HAR',
  );
  #failure = element('div', { class: 'failure', role: 'alert', hidden: true });
  #detail = element('article', {
    class: 'entry',
    id: 'inspect-detail',
    'aria-label': 'The chosen entry',
  });
  #root;

  constructor(page, operations) {
    this.#page = page;
    this.#operations = operations;
    this.#calls = liveCallsOf(page.world);
    page.world.listen(({ reset, entries, changed }) => {
      this.#changed(reset, entries.length + changed.length > 0);
      if (changed.includes(this.#chosen?.id)) this.#open(this.#entries.find(({ id }) => id === this.#chosen.id));
    });
    this.#calls.listen(() => this.#changed(false, true));
    this.#export.addEventListener('click', () => this.#exportAll());
  }

  get #entries() {
    return this.#calls.among(this.#page.world.entries);
  }

  mount(place) {
    const clear = element('button', { type: 'button', class: 'quiet' }, 'Show everything');
    clear.addEventListener('click', () => this.#filtered(filterOf(new URLSearchParams())));
    this.#nothing.append(element('p', {}, 'Nothing like that has happened.'), clear);
    const back = element('button', { type: 'button', class: 'quiet back' }, 'Back to the timeline');
    back.addEventListener('click', () => this.#close());
    this.#root = element(
      'div',
      { class: 'inspect' },
      element(
        'section',
        { class: 'browse', 'aria-label': 'Timeline' },
        this.#filters.root,
        element('div', { class: 'count-line' }, this.#count, this.#export),
        this.#list.root,
        this.#nothing,
      ),
      element('div', { class: 'opened' }, back, this.#failure, this.#detail),
    );
    place.replaceChildren(element('h1', {}, 'Everything that passed.'), this.#root);
  }

  show({ path, search }) {
    this.#shown = true;
    this.#filter = filterOf(search);
    this.#filters.filter = this.#filter;
    this.#open(this.#entries.find(({ id }) => String(id) === path[0]));
    this.#look();
  }

  hide() {
    this.#shown = false;
  }

  #changed(reset, isMore) {
    // What is live outlasts the scenario, unless the page is left.
    const { live, id } = this.#chosen ?? {};
    if (live ? !this.#calls.find(id) : reset) this.#open(undefined);
    this.#stale ||= reset || isMore;
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => {
      this.#scheduled = false;
      if (!this.#shown) return;
      if (this.#stale) this.#look();
      else if (this.#page.world.entries.at(-1)?.kind === 'clock')
        this.#list.refresh(this.#page.world.entries.at(-1));
    });
  }

  // Looks through all entries anew. What was found stays until there is something else to show.
  #look() {
    this.#stale = false;
    const entries = this.#entries;
    const accepts = (entry) => wanted(this.#filter, entry);
    let drawn = false;
    this.#search.run(entries, accepts, (found, isDone) => {
      // Once before the end, as soon as there is something to fill the list with.
      if (!isDone && (drawn || found.length < FIRST_FOUND)) return;
      drawn = true;
      this.#found = isDone ? found : [...found];
      this.#list.show(this.#found, this.#chosen);
      this.#nothing.hidden = found.length > 0 || !isDone;
      this.#list.root.hidden = found.length === 0 && isDone;
      this.#export.disabled = !found.some(({ request }) => request);
      if (isDone) this.#tellCount(found.length, entries.length);
    });
  }

  #tellCount(found, all) {
    const { dropped } = this.#page.world.session;
    const older =
      dropped > 0 ? `, ${dropped.toLocaleString('en')} older ones are no longer kept` : '';
    const some = isEmpty(this.#filter) ? '' : `${found.toLocaleString('en')} of `;
    setText(
      this.#count,
      `${some}${all.toLocaleString('en')} ${all === 1 ? 'entry' : 'entries'}${older}`,
    );
  }

  #filtered(filter) {
    this.#filter = filter;
    this.#filters.filter = filter;
    this.#address();
    this.#look();
  }

  // The address follows without a step in the history for every letter that is typed.
  #address() {
    const path = this.#chosen ? [String(this.#chosen.id)] : [];
    history.replaceState(null, '', writeAddress('inspect', path, this.#filter));
  }

  #choose(entry, { byKey = false } = {}) {
    this.#open(entry);
    this.#address();
    this.#list.show(this.#found, entry);
    if (!byKey) this.#detail.querySelector('h2').focus({ preventScroll: true });
  }

  #close() {
    this.#open(undefined);
    this.#address();
    this.#list.show(this.#found, undefined);
    this.#list.root.focus();
  }

  #open(entry) {
    clearFailure(this.#failure);
    this.#chosen = entry;
    this.#root.classList.toggle('has-opened', entry !== undefined);
    if (!entry) {
      this.#detail.replaceChildren(
        element('p', { class: 'empty' }, 'Choose an entry to see all of it.'),
      );
      return;
    }
    const step =
      entry.action === 0 || entry.live
        ? []
        : this.#page.world.entries.filter(({ action }) => action === entry.action);
    const settings = {
      operations: this.#operations,
      replay: (chosen) => this.#replay(chosen),
      open: (other) => this.#choose(other),
    };
    this.#detail.replaceChildren(...detailView(entry, step.slice(0, LONGEST_STEP), settings));
    this.#detail.scrollTop = 0;
  }

  // What another program sent is no operation of this page's. A live call is sent again by a person, who sees
  // where it goes.
  async #replay({ operation, fields, request, live, id }) {
    const { world } = this.#page;
    if (live) {
      this.#page.go('live', [operation], { again: id });
      return;
    }
    const last = world.entries.at(-1)?.id ?? 0;
    let failure;
    try {
      if (operation === undefined) await world.resend(request);
      else await world.send(operation, fields);
    } catch (error) {
      failure = error;
    }
    const again = world.entries.find((entry) => entry.id > last && entry.kind === 'exchange');
    if (again) {
      this.#choose(again);
      announce(`Sent again: ${again.response?.status ?? 'no answer'}.`);
      this.#look();
    } else if (failure) {
      showFailure(this.#failure, failure);
    }
  }

  #exportAll() {
    const entries = [...this.#found].reverse();
    download('taskrouter.har', JSON.stringify(harOf(entries), null, 2));
    announce('Exported.');
  }
}

export async function mount(place, page) {
  const [operations] = await Promise.all([
    loadOperations(),
    loadStyle('styles/inspect.css'),
    loadStyle('styles/entry.css'),
  ]);
  const inspect = new Inspect(page, operations);
  inspect.mount(place);
  return inspect;
}
