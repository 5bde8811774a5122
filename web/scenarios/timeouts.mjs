// Reservations that nobody answers.
import { ACTIVITIES, BOUND } from './activities.mjs';

export const TIMEOUTS = {
  name: 'Reservation timeouts',
  about: 'Nobody answers. The reservation ends, and the next worker is asked.',
  examples: [{ label: 'A call', attributes: '{"from": "+15550100"}' }],
  tries: [
    'Go to the next timeout: Ada is sent Offline, the timeout activity, and Ben is asked.',
    'Go on until nobody is left: the task waits, and its priority does not change.',
    'Make Ada available again. The task has been waiting for her.',
  ],
  setup: {
    multi_tasking: false,
    activities: ACTIVITIES,
    queues: [{ name: 'Everyone', workers: '1==1', ...BOUND }],
    workflow: {
      name: 'One after the other',
      reservation_timeout: 15,
      configuration: { task_routing: { filters: [], default_filter: { queue: 'Everyone' } } },
    },
    workers: ['Ada', 'Ben', 'Cleo'].map((name) => ({ name, activity: 'Available', attributes: {} })),
  },
  actions: [{ do: 'task', attributes: '{"from": "+15550100"}' }],
};
