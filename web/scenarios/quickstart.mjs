// The quickstart of Twilio TaskRouter: one task, one worker, one reservation.

export const QUICKSTART = {
  name: 'Quickstart',
  about: 'One task, one worker, one reservation.',
  setup: {
    multi_tasking: false,
    activities: [
      { name: 'Offline', available: false },
      { name: 'Available', available: true },
      { name: 'Reserved', available: false },
      { name: 'Busy', available: false },
    ],
    queues: [{ name: 'Everyone', workers: '1==1', reserved: 'Reserved', assigned: 'Busy' }],
    workflow: {
      name: 'First come, first served',
      reservation_timeout: 120,
      configuration: { task_routing: { filters: [], default_filter: { queue: 'Everyone' } } },
    },
    workers: [{ name: 'Alice', attributes: { languages: ['es'] }, activity: 'Offline' }],
  },
  actions: [],
};
