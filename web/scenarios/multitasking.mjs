// Workers with capacity: several chats at a time, one call at a time.

export const MULTITASKING = {
  name: 'Multi-tasking',
  about: 'Three chats at a time, but only one call.',
  examples: [{ label: 'Anything', attributes: '{"from": "web"}' }],
  tries: [
    'Create five tasks of the channel chat at once: each worker is offered as many as fit.',
    'Create two calls (channel voice): one waits, though the workers have room for chats.',
    'Complete a chat, and the next one comes at once. Nobody’s activity changes.',
  ],
  setup: {
    multi_tasking: true,
    queues: [{ name: 'Everyone', workers: '1==1' }],
    workflow: {
      name: 'To everyone',
      reservation_timeout: 120,
      configuration: { task_routing: { filters: [], default_filter: { queue: 'Everyone' } } },
    },
    workers: [
      { name: 'Mei', activity: 'Available', attributes: { team: 'web' }, capacity: { chat: 3, voice: 1 } },
      { name: 'Jonas', activity: 'Offline', attributes: { team: 'phone' }, capacity: { chat: 2, voice: 1 } },
    ],
  },
  actions: [],
};
