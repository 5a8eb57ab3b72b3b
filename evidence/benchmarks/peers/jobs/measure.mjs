// The peer of `muster bench jobs`: BullMQ on one Redis, measured in the same way.
//
// Rounds with the workers running, as Muster's bench has them (the last is the steady state); then both halves apart,
// which is kinder to Redis; then pickup, inside this process, from the begin of add() to the begin of the processor.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Queue, Worker } from 'bullmq';
import { connection, DRAINED } from './settings.mjs';

const JOBS = 100_000;
const ROUNDS = 3;
const BATCH = 1_000;
const SUBMITTERS = 4;
const WORKERS = 2;
const PICKUPS = 2_000;
const WARM_UP_PICKUPS = 500;
const LOOK_MILLIS = 2;

const batch = Array.from({ length: BATCH }, () => ({ name: 'noop', data: {} }));
const queue = new Queue(DRAINED, { connection });
queue.on('error', (problem) => console.error(`queue: ${problem.message}`));

async function submit() {
  const submitter = async () => {
    for (let sent = 0; sent < JOBS / SUBMITTERS; sent += BATCH) {
      await queue.addBulk(batch);
    }
  };
  await Promise.all(Array.from({ length: SUBMITTERS }, submitter));
}

async function drained() {
  for (;;) {
    const { wait, active, failed } = await queue.getJobCounts('wait', 'active', 'failed');
    if (failed > 0) {
      throw new Error(`${failed} jobs failed: not a measurement`);
    }
    if (wait + active === 0) {
      return;
    }
    await pause(LOOK_MILLIS);
  }
}

async function startWorkers() {
  const workers = Array.from({ length: WORKERS }, () => fork(new URL('worker.mjs', import.meta.url)));
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  return workers;
}

async function stopWorkers(workers) {
  const ends = workers.map((worker) => once(worker, 'exit'));
  workers.forEach((worker) => worker.disconnect());
  await Promise.all(ends);
}

/** Jobs a second since `begun`. */
function rate(begun) {
  return `${Math.round((JOBS * 1_000) / (performance.now() - begun)).toLocaleString('en-GB')}/s`;
}

async function measureTogether() {
  const workers = await startWorkers();
  for (let round = 1; round <= ROUNDS; round++) {
    const begun = performance.now();
    await submit();
    const submitted = rate(begun);
    await drained();
    const acknowledged = rate(begun);
    console.log(`round ${round}  ${JOBS} jobs: submitted ${submitted}; submitted, run and acknowledged ${acknowledged}`);
  }
  await stopWorkers(workers);
}

async function measureApart() {
  let begun = performance.now();
  await submit();
  const submitted = rate(begun);
  begun = performance.now();
  const workers = await startWorkers();
  await drained();
  console.log(`apart    ${JOBS} jobs: submitted with no worker running ${submitted}; then drained ${rate(begun)}`);
  await stopWorkers(workers);
}

async function measurePickup() {
  const pinged = new Queue('pinged', { connection });
  let started;
  const worker = new Worker('pinged', async () => started(performance.now()), { connection, concurrency: 4 });
  worker.on('error', (problem) => console.error(`worker: ${problem.message}`));
  await worker.waitUntilReady();
  const millis = [];
  for (let i = -WARM_UP_PICKUPS; i < PICKUPS; i++) {
    const start = new Promise((resolve) => (started = resolve));
    const begun = performance.now();
    const added = pinged.add('ping', {}, { removeOnComplete: true });
    const elapsed = (await start) - begun;
    if (i >= 0) {
      millis.push(elapsed);
    }
    await added;
    await pause(LOOK_MILLIS);
  }
  millis.sort((a, b) => a - b);
  const at = (percent) => millis[(PICKUPS * percent) / 100].toFixed(2);
  console.log(`pickup, ${PICKUPS} jobs one by one: p50 ${at(50)} ms, p90 ${at(90)} ms, p99 ${at(99)} ms`);
}

await measureTogether();
await measureApart();
await measurePickup();
process.exit(0);
