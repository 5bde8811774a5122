// Filters that look at the task, and queues that look at the workers.
import { ACTIVITIES, BOUND } from './activities.mjs';

const task = (value) => JSON.stringify(value);

export const LANGUAGES = {
  name: 'Languages and skills',
  about: 'The task says what it needs. The workflow finds who has it.',
  examples: [
    { label: 'Spanish', attributes: task({ language: 'es', topic: 'sales' }) },
    { label: 'French', attributes: task({ language: 'fr', topic: 'sales' }) },
    { label: 'Billing', attributes: task({ language: 'en', topic: 'billing', amount: 120 }) },
    { label: 'Billing, large', attributes: task({ language: 'en', topic: 'billing', amount: 9000 }) },
    { label: 'Anything', attributes: task({ language: 'en' }) },
  ],
  tries: [
    'Create two Spanish tasks: Alice is asked for one. Make Carlos available, and he gets the other.',
    'Create a large bill: the target wants a worker whose level is at least 3.',
    'Create a French task while Emma is offline, and ask why it waits.',
  ],
  setup: {
    multi_tasking: false,
    activities: ACTIVITIES,
    queues: [
      { name: 'Spanish', workers: "languages HAS 'es'", ...BOUND },
      { name: 'French', workers: "languages HAS 'fr'", ...BOUND },
      { name: 'Billing', workers: "skills HAS 'billing'", ...BOUND },
      { name: 'Everyone', workers: '1==1', ...BOUND },
    ],
    workflow: {
      name: 'By language and topic',
      reservation_timeout: 60,
      configuration: {
        task_routing: {
          filters: [
            {
              filter_friendly_name: 'Spanish',
              expression: "language == 'es'",
              targets: [{ queue: 'Spanish' }],
            },
            {
              filter_friendly_name: 'French',
              expression: "language == 'fr'",
              targets: [{ queue: 'French' }],
            },
            {
              filter_friendly_name: 'Large bills',
              expression: "topic == 'billing' AND amount > 1000",
              targets: [{ queue: 'Billing', expression: 'worker.level >= 3', priority: 10 }],
            },
            {
              filter_friendly_name: 'Billing',
              expression: "topic == 'billing'",
              targets: [{ queue: 'Billing', priority: 5 }],
            },
          ],
          default_filter: { queue: 'Everyone' },
        },
      },
    },
    workers: [
      { name: 'Alice', activity: 'Available', attributes: { languages: ['en', 'es'], skills: ['sales'], level: 2 } },
      { name: 'Bob', activity: 'Available', attributes: { languages: ['en'], skills: ['billing'], level: 1 } },
      { name: 'Carlos', activity: 'Offline', attributes: { languages: ['es'], skills: ['billing'], level: 4 } },
      { name: 'Emma', activity: 'Offline', attributes: { languages: ['fr', 'en'], skills: ['sales'], level: 3 } },
    ],
  },
  actions: [],
};
