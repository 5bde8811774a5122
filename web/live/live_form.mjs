// The form of live mode: its fields, their places for errors, and the banner that says where calls
// go.
import { element, setText } from '../page/dom.mjs';

const DEFAULT_BASE = 'https://taskrouter.twilio.com';

export const FIELDS = [
  { id: 'base', label: 'Base URL', value: DEFAULT_BASE },
  { id: 'account', label: 'Account SID or API key SID', hint: 'AC… or SK…' },
  { id: 'token', label: 'Auth token or API key secret', type: 'password' },
  { id: 'workspace', label: 'WorkspaceSid', hint: 'WS…' },
  { id: 'task', label: 'TaskSid', hint: 'WT…' },
  { id: 'reservation', label: 'ReservationSid', hint: 'WR…' },
  { id: 'activity', label: 'WorkerActivitySid, if you like', hint: 'WA…, only for Reject' },
];

export const REQUIRED = FIELDS.filter(({ id }) => id !== 'activity');

// The name that the client gives to an argument -> the field of the form.
export const FIELD_OF_ARGUMENT = {
  baseUrl: 'base',
  base_url: 'base',
  accountSid: 'account',
  account_sid: 'account',
  username: 'account',
  authToken: 'token',
  auth_token: 'token',
  password: 'token',
  workspace_sid: 'workspace',
  task_sid: 'task',
  sid: 'reservation',
  worker_activity_sid: 'activity',
};

function fieldView({ id, label, hint, type = 'text', value = '' }) {
  const name = `live-${id}`;
  const input = element('input', {
    id: name,
    name: id,
    type,
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    class: 'sid',
    value: value || undefined,
    'aria-describedby': hint ? `${name}-hint ${name}-failure` : `${name}-failure`,
  });
  const failure = element('div', {
    id: `${name}-failure`,
    class: 'failure',
    role: 'alert',
    hidden: true,
  });
  const head = element('div', { class: 'label-line' }, element('label', { for: name }, label));
  if (hint) head.append(element('span', { class: 'hint', id: `${name}-hint` }, hint));
  return {
    row: element('div', { class: 'field', id: `${name}-row` }, head, input, failure),
    input,
    failure,
  };
}

function choice(value, text, checked) {
  const input = element('input', { type: 'radio', name: 'live-answer', value, checked });
  return element('label', {}, input, element('span', {}, text));
}

function hostOf(base) {
  try {
    return new URL(base).host || base;
  } catch {
    return base;
  }
}

export function liveForm() {
  const views = Object.fromEntries(FIELDS.map((field) => [field.id, fieldView(field)]));
  const rows = (...ids) => ids.map((id) => views[id].row);
  const host = element('b', { id: 'live-host' });
  const send = element('button', { type: 'submit', id: 'live-send' }, 'Accept the reservation');
  const failure = element('div', {
    id: 'live-failure',
    class: 'failure',
    role: 'alert',
    hidden: true,
  });
  const offer = element('div', { id: 'live-offer', class: 'offer', hidden: true });
  const choices = element(
    'fieldset',
    {},
    element('legend', {}, 'Answer'),
    element(
      'div',
      { class: 'choices' },
      choice('accepted', 'Accept', true),
      choice('rejected', 'Reject', false),
    ),
  );
  const form = element(
    'form',
    { id: 'live-form', autocomplete: 'off', novalidate: true },
    ...rows('base', 'account', 'token', 'workspace', 'task', 'reservation'),
    choices,
    ...rows('activity'),
    send,
    failure,
    offer,
  );
  const empty = () => element('p', { class: 'empty' }, 'The request and its response appear here.');
  const calls = element('div', { id: 'live-calls' }, empty());
  const root = element(
    'div',
    {},
    element(
      'div',
      { class: 'intro' },
      element('h1', {}, 'Answer a real reservation.'),
      element(
        'p',
        { class: 'banner' },
        element('strong', {}, 'Live. '),
        'This call leaves the page and goes to ',
        host,
        '. It changes what is there. Your credentials stay in this page’s memory and are ' +
          'forgotten when you leave.',
      ),
    ),
    element(
      'div',
      { class: 'columns' },
      element('div', { class: 'acts' }, form),
      element(
        'aside',
        { class: 'inspector', 'aria-label': 'Live inspector' },
        element('h2', { class: 'inspector-title' }, 'Your call'),
        calls,
      ),
    ),
  );

  const update = () => {
    const rejects = form.elements['live-answer'].value === 'rejected';
    views.activity.row.hidden = !rejects;
    setText(send, rejects ? 'Reject the reservation' : 'Accept the reservation');
    setText(host, hostOf(views.base.input.value) || 'nowhere yet');
  };
  form.addEventListener('input', update);
  update();

  return {
    root,
    form,
    calls,
    empty,
    failure,
    offer,
    update,
    field: (id) => [views[id].input, views[id].failure],
    busy: (busy) => form.setAttribute('aria-busy', String(busy)),
    isBusy: () => form.getAttribute('aria-busy') === 'true',
  };
}
