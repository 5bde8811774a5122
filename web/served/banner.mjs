// Says which server this page is connected to, and which of its workspaces is shown.
import { announce, button, element, setAttribute, setText } from '../page/dom.mjs';
import { writeAddress } from '../page/router.mjs';
import { TIMES } from '../play/clock_parts.mjs';
import { QUICKSTART } from '../scenarios/quickstart.mjs';
import { inPage } from './way.mjs';

// A choice, which is brought up to date without closing it if nothing in it has changed.
function chooser(id, label, choose) {
  const select = element('select', { id, class: 'small', onchange: () => choose(select.value) });
  const root = element('label', { class: 'choice', for: id }, element('span', {}, label), ' ', select);
  const show = (items, chosen) => {
    const text = JSON.stringify(items);
    if (select.dataset.items !== text) {
      select.dataset.items = text;
      select.replaceChildren(...items.map(([sid, name]) => element('option', { value: sid }, name)));
    }
    if (select.value !== (chosen ?? '')) select.value = chosen ?? '';
  };
  return { root, show };
}

export class Banner {
  root = element('section', { class: 'served', id: 'served', 'aria-label': 'The server' });

  #world;
  #act;
  #state = element('p', { class: 'served-state', role: 'status' });
  #news = element('p', { class: 'served-news', role: 'status' });
  #empty;
  #choices = element('div', { class: 'served-choices' });
  #workspace;
  #workflow;
  #shown = '';

  // act(work): does it, and shows what goes wrong.
  constructor(world, act) {
    this.#world = world;
    this.#act = act;
    this.#workspace = chooser('served-workspace', 'Workspace', (sid) => act(() => world.open(sid)));
    this.#workflow = chooser('served-workflow', 'Workflow', (sid) => world.useWorkflow(sid));
    this.#choices.append(this.#workspace.root, this.#workflow.root);
    this.#empty = element(
      'div',
      { class: 'served-empty', hidden: true },
      element('h1', {}, 'There is no workspace on this server.'),
      element(
        'p',
        {},
        'A program can make one by the API, and it appears here. Or begin with one of ours: a queue, a ' +
          'workflow and a worker.',
      ),
      element(
        'p',
        { class: 'buttons' },
        button('Set up the quickstart', () => this.#setUp(), { id: 'served-set-up' }),
        element('a', { href: writeAddress('scenarios') }, 'Other scenarios'),
      ),
    );
    const leave = element('a', { href: inPage(), id: 'served-leave' }, 'Play in the page instead');
    this.root.append(this.#state, this.#choices, leave, this.#news, this.#empty);
    world.listen(() => this.draw());
    this.draw();
  }

  draw() {
    const { server, workspaces, workspace, model, lost, news } = this.#world;
    this.#drawState(server, lost);
    const nameOf = ({ sid, friendly_name: name }) => [sid, `${name} (…${sid.slice(-4)})`];
    const same = new Set(workspaces.map(({ friendly_name: name }) => name)).size < workspaces.length;
    const items = workspaces.map((one) => (same ? nameOf(one) : [one.sid, one.friendly_name]));
    this.#workspace.show(items, workspace?.sid);
    const workflows = [...model.workflows.values()];
    this.#workflow.show(workflows.map(({ sid, name }) => [sid, name]), model.workflow.sid);
    this.#workflow.root.hidden = workflows.length < 2;
    this.#choices.hidden = !workspace;
    this.#empty.hidden = workspace !== undefined;
    setText(this.#news, news);
    setAttribute(document.documentElement, 'data-workspace', workspace ? undefined : 'none');
  }

  #drawState(server, lost) {
    const state = lost === undefined ? 'connected' : 'lost';
    if (state + server.account.accountSid === this.#shown) return;
    this.#shown = state + server.account.accountSid;
    this.root.dataset.state = state;
    const host = element('b', {}, server.host);
    const account = element('span', { class: 'sid' }, server.account.accountSid);
    const parts =
      state === 'connected'
        ? ['Connected to this emulator server, ', host, ', account ', account]
        : [
            'The server does not answer. Trying again: ',
            host,
            `. What you see is what it held at ${TIMES.format(lost)} UTC.`,
          ];
    this.#state.replaceChildren(...parts);
  }

  #setUp() {
    this.#act(async () => {
      await this.#world.setUp(QUICKSTART);
      announce('The workspace is set up.');
    });
  }
}
