// Targets with timeouts: a task that waits too long goes on to the next.
import { ACTIVITIES, BOUND } from './activities.mjs';

export const ESCALATION = {
  name: 'Escalation by timeout',
  about: 'A task that waits too long moves on, and matters more.',
  examples: [
    { label: 'Support', attributes: '{"type": "support"}' },
    { label: 'Support for a VIP', attributes: '{"type": "support", "vip": true}' },
  ],
  tries: [
    'Create a support task, and run the clock at 10×: after 30 seconds it moves to the second line.',
    'Make Sofia available before the 90 seconds are over, and she gets it.',
    'A VIP’s task skips the first line while nobody is available there.',
  ],
  setup: {
    multi_tasking: false,
    activities: ACTIVITIES,
    queues: [
      { name: 'First line', workers: 'line == 1', ...BOUND },
      { name: 'Second line', workers: 'line <= 2', ...BOUND },
      { name: 'Managers', workers: 'manager == true', ...BOUND },
    ],
    workflow: {
      name: 'Escalate',
      reservation_timeout: 20,
      configuration: {
        task_routing: {
          filters: [
            {
              filter_friendly_name: 'VIP',
              expression: 'vip == true',
              targets: [
                { queue: 'First line', timeout: 10, priority: 20, skip_if: 'workers.available == 0' },
                { queue: 'Managers', priority: 50 },
              ],
            },
            {
              filter_friendly_name: 'Support',
              expression: "type == 'support'",
              targets: [
                { queue: 'First line', timeout: 30, priority: 1 },
                { queue: 'Second line', timeout: 60, priority: 10 },
                { queue: 'Managers', timeout: 600, priority: 30 },
              ],
            },
          ],
          default_filter: { queue: 'Managers' },
        },
      },
    },
    workers: [
      { name: 'Noah', activity: 'Offline', attributes: { line: 1 } },
      { name: 'Sofia', activity: 'Offline', attributes: { line: 2 } },
      { name: 'Ines', activity: 'Offline', attributes: { line: 3, manager: true } },
    ],
  },
  actions: [],
};
