// What has been done, a sentence an action.
import { minutes } from '../play/shapes.mjs';

const SENTENCES = {
  task: ({ count = 1 }) => (count === 1 ? 'A task was created' : `${count} tasks were created`),
  answer: ({ reservation, status }) => `Reservation ${reservation} was ${status}`,
  'update-task': ({ task, status }) => `Task ${task} was ${status ? `set to ${status}` : 'changed'}`,
  worker: ({ worker, activity }) =>
    activity ? `${worker} went to ${activity}` : `The attributes of ${worker} were changed`,
  'add-worker': ({ worker }) => `${worker} was added`,
  workflow: () => 'The workflow was changed',
  call: ({ operation }) => `${operation} was sent`,
  advance: ({ ms }) => `${minutes(ms)} passed`,
};

export function sentenceOf(action) {
  return SENTENCES[action.do](action);
}
