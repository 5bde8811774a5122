// What Chromium's main threads do, in milliseconds of the processor: what other programs take meanwhile is not counted.

// Records while work() runs, and answers each task that took more than a millisecond, the longest first.
export async function tracedTasks(page, work) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value.filter(isTask)));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline'] },
  });
  await work();
  const complete = new Promise((resolve) => {
    session.once('Tracing.tracingComplete', resolve);
  });
  await session.send('Tracing.end');
  await complete;
  return events.map(({ tdur }) => tdur / 1000).sort((a, b) => b - a);
}

function isTask({ ph, name, tdur, dur }) {
  return ph === 'X' && name === 'RunTask' && (tdur ?? dur) > 1000;
}
