// The workflow as text: checked while it is typed, its problems marked at their characters.
import { announce, button, element, setAttribute, setText } from '../page/dom.mjs';
import { clearFailure, showFailure } from '../page/failure.mjs';
import { lineAndColumn } from './json_places.mjs';
import { problemsOf } from './problems.mjs';

const PAUSE = 150; // milliseconds without a key before the text is checked
const SHOWN = 30; // problems

// A configuration that names queues by their names, as people read it.
function withNames(configuration, queues) {
  const names = new Map([...queues].map(([name, sid]) => [sid, name]));
  return JSON.stringify(
    configuration,
    (key, value) => (key === 'queue' ? (names.get(value) ?? value) : value),
    2,
  );
}

export class Editor {
  root;

  #world;
  #workflows;
  #timer;
  #shown; // the configuration that the text was made of
  #marks = element('pre', { class: 'marks', 'aria-hidden': 'true' });
  #input = element('textarea', {
    id: 'workflow-text',
    rows: 24,
    spellcheck: 'false',
    autocapitalize: 'off',
    'aria-describedby': 'workflow-summary',
  });
  #summary = element('p', { id: 'workflow-summary', class: 'hint', role: 'status' });
  #list = element('ol', { class: 'problems', 'aria-label': 'Problems' });
  #failure = element('div', { id: 'workflow-failure', class: 'failure', role: 'alert', hidden: true });
  #apply = button('Use this workflow', () => this.#use(), { id: 'workflow-use' });

  constructor(world, workflows) {
    this.#world = world;
    this.#workflows = workflows;
    const revert = button('Take back', () => this.#reset(), { id: 'workflow-revert', class: 'second' });
    this.root = element(
      'section',
      { class: 'editor', 'aria-labelledby': 'editor-title' },
      element('h2', { id: 'editor-title' }, 'The workflow'),
      element(
        'p',
        { class: 'hint' },
        'Queues stand here by their names. Tasks that wait go through it again when you use it.',
      ),
      element('label', { for: 'workflow-text' }, 'Configuration (JSON)'),
      element('div', { class: 'editing' }, this.#marks, this.#input),
      this.#summary,
      this.#list,
      element('p', { class: 'buttons' }, this.#apply, revert),
      this.#failure,
    );
    this.#input.addEventListener('input', () => {
      this.#paint([]);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#check(), PAUSE);
    });
    this.#input.addEventListener('scroll', () => {
      this.#marks.scrollTop = this.#input.scrollTop;
      this.#marks.scrollLeft = this.#input.scrollLeft;
    });
  }

  // Shows the workflow again if it is another one now.
  draw() {
    if (this.#shown !== this.#world.model.workflow.configuration) this.#reset();
  }

  #reset() {
    this.#shown = this.#world.model.workflow.configuration;
    this.#input.value = withNames(this.#shown, this.#world.session.names.queues);
    clearFailure(this.#failure);
    this.#check();
  }

  #check() {
    const text = this.#input.value;
    const problems = problemsOf(text, this.#workflows, this.#world.session.names.queues);
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    const count = (number, word) => `${number} ${word}${number === 1 ? '' : 's'}`;
    setText(
      this.#summary,
      problems.length === 0
        ? 'Nothing is wrong with it.'
        : `${count(errors, 'error')}, ${count(problems.length - errors, 'warning')}.`,
    );
    setAttribute(this.#input, 'aria-invalid', errors > 0 ? 'true' : undefined);
    this.#apply.disabled = errors > 0;
    this.#list.replaceChildren(...problems.slice(0, SHOWN).map((one) => this.#problem(one, text)));
    this.#paint(problems);
    return errors === 0;
  }

  #problem({ severity, begin, end, place, message }, text) {
    const { line, column } = lineAndColumn(text, begin);
    const go = button(`Line ${line}, column ${column}`, () => {
      this.#input.focus();
      this.#input.setSelectionRange(begin, end);
    }, { class: 'quiet' });
    const about = place ? `${place}: ${message}` : message;
    return element(
      'li',
      { 'data-severity': severity },
      element('b', {}, severity),
      ' ',
      go,
      ' ',
      element('span', {}, about),
    );
  }

  // Marks the characters. The text itself is transparent here: it is read from the field above.
  #paint(problems) {
    const text = this.#input.value;
    const parts = [];
    let at = 0;
    for (const { begin, end, severity } of [...problems].sort((a, b) => a.begin - b.begin)) {
      if (begin < at) continue;
      const marked = text.slice(begin, end) || ' ';
      parts.push(text.slice(at, begin), element('mark', { 'data-severity': severity }, marked));
      at = Math.max(end, begin);
    }
    this.#marks.replaceChildren(...parts, `${text.slice(at)}\n`);
    this.#marks.scrollTop = this.#input.scrollTop;
  }

  async #use() {
    clearTimeout(this.#timer);
    clearFailure(this.#failure);
    if (!this.#check()) return;
    try {
      await this.#world.act({ do: 'workflow', configuration: this.#input.value });
      announce('The workflow is in use.');
    } catch (error) {
      showFailure(this.#failure, error);
    }
  }
}
