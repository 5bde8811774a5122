// The quickstart of Twilio TaskRouter: one task, one worker, one reservation.
import { ACTIVITIES, BOUND } from './activities.mjs';

export const QUICKSTART = {
  name: 'Quickstart',
  about: 'One task, one worker, one reservation.',
  guide: 'quickstart',
  examples: [{ label: 'Spanish', attributes: '{"selected_language": "es"}' }],
  setup: {
    multi_tasking: false,
    activities: ACTIVITIES,
    queues: [{ name: 'Everyone', workers: '1==1', ...BOUND }],
    workflow: {
      name: 'First come, first served',
      reservation_timeout: 120,
      configuration: { task_routing: { filters: [], default_filter: { queue: 'Everyone' } } },
    },
    workers: [{ name: 'Alice', attributes: { selected_language: 'es' }, activity: 'Offline' }],
  },
  actions: [],
};
