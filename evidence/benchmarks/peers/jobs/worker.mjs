// One worker process: runs what it is given until its parent lets go of it.
import { Worker } from 'bullmq';
import { connection, DRAINED, SLOTS } from './settings.mjs';

const worker = new Worker(DRAINED, async () => {}, {
  connection,
  concurrency: SLOTS,
  removeOnComplete: { count: 0 },
});
worker.on('error', (problem) => console.error(`worker: ${problem.message}`));
process.on('disconnect', () => process.exit(0));
await worker.waitUntilReady();
process.send('ready');
