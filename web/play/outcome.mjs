// What an answer, or the lack of one, did: a title and a few sentences.

export function outcomeText({ kind, activity, again }, timeout) {
  if (kind === 'accepted') {
    return [
      'Accepted',
      `The task is assigned. Alice is ${activity} and gets no other task meanwhile.`,
      'Press Accept again to see how TaskRouter refuses.',
    ];
  }
  if (kind === 'rejected' && again) {
    return [
      'Rejected, and reserved again',
      `Alice went to ${activity}. That is an available activity, so TaskRouter offered her the ` +
        'task at once.',
      'A new reservation is pending. Pick another activity to end this.',
    ];
  }
  if (kind === 'rejected') {
    return [
      'Rejected',
      `Alice is ${activity}. The task is pending again and waits for an available worker.`,
    ];
  }
  return [
    'Timeout',
    `Nobody answered within ${timeout} seconds. Alice went to the timeout activity, “${activity}”, ` +
      'and the task is pending again.',
    'Set Alice back to an available activity, or create another task.',
    'A longer Task Reservation Timeout in the workflow prevents this.',
  ];
}
