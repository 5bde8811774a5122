// The five steps of a task on its way to a worker. Each state has a word and a shape of its own.
import { byId, setText } from '../page/dom.mjs';

const ANSWERS = { accepted: 'Accepted', rejected: 'Rejected', timeout: 'Timeout' };

// The state of each step: done, now, later or ended.
export function lifecycleOf({ task, worker, reservation }) {
  const status = reservation?.status;
  const assigned = task?.assignment_status === 'assigned';
  const available = reservation !== undefined || worker?.available === true;
  const answer = ANSWERS[status];
  const steps = [
    ['Task created', Boolean(task ?? reservation), 'done'],
    ['Worker available', available, 'done'],
    ['Reserved', Boolean(answer), status === 'pending' ? 'pending' : 'done'],
    [answer ?? 'Answered', Boolean(answer), answer === 'Accepted' ? 'done' : 'not assigned'],
    ['Assigned', assigned, 'done'],
  ];
  let open = true;
  return steps.map(([name, done, word], index) => {
    if (done) {
      const ended = index === 3 && answer !== 'Accepted';
      if (ended) open = false;
      return { name, state: ended ? 'ended' : 'done', word };
    }
    const state = open ? 'now' : 'later';
    open = false;
    if (state === 'now')
      return { name, state, word: index === 2 && reservation ? 'pending' : 'next' };
    return { name, state, word: 'later' };
  });
}

export function showLifecycle(story) {
  const items = byId('lifecycle').children;
  lifecycleOf(story).forEach(({ name, state, word }, index) => {
    const item = items[index];
    item.dataset.state = state;
    if (state === 'now') item.setAttribute('aria-current', 'step');
    else item.removeAttribute('aria-current');
    setText(item.querySelector('.step-name'), name);
    setText(item.querySelector('.step-word'), word);
  });
}
