// The activities that workers of the scenarios have.

export const ACTIVITIES = [
  { name: 'Offline', available: false },
  { name: 'Available', available: true },
  { name: 'Reserved', available: false },
  { name: 'Busy', available: false },
];

export const BOUND = { reserved: 'Reserved', assigned: 'Busy' }; // of a queue
