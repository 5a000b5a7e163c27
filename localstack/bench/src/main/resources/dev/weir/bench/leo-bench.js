'use strict';
/*
 * leo-sdk's side of ./weir bench leo: node leo-bench.js load|objects QUEUE EVENTS WARM_QUEUE TIMES FILE_OF_PAYLOADS
 *
 * Warms up: writes into queues WARM_QUEUE1, WARM_QUEUE2 and so on, or reads WARM_QUEUE1 as often. Says so, waits for a line on stdin, does
 * the same with the queue and says how long that took.
 * What it says are lines that begin with "=> ", since the SDK writes to stdout too. Where the bus is comes from the environment alone.
 */
const fs = require('fs');
const readline = require('readline');
const { RStreamsSdk } = require('leo-sdk');
const sdk = new RStreamsSdk();

const [verb, queue, events, warmQueue, warmTimes, file] = process.argv.slice(2);
const say = value => process.stdout.write('=> ' + JSON.stringify(value) + '\n');

/* Objects, as programs have them: the SDK makes their JSON. */
const payloads = verb === 'load' ? fs.readFileSync(file, 'utf8').trimEnd().split('\n').map(line => JSON.parse(line)) : [];

function load(into, count) {
  return new Promise((resolve, reject) => {
    const stream = sdk.load('bench-leo', into, {});
    stream.on('error', reject);
    const next = index => {
      while (index < count) {
        if (!stream.write(payloads[index++])) {
          stream.once('drain', () => next(index));
          return;
        }
      }
      stream.end(error => (error ? reject(error) : resolve()));
    };
    next(0);
  });
}

/* To a sink that only looks whether the next one came; ready when the last one did. */
function read(from, count) {
  return new Promise((resolve, reject) => {
    let expected = 0;
    const sink = sdk.streams.write((event, done) => {
      if (event.payload.i !== expected++) {
        reject(new Error(`out of order: expected=${expected - 1} i=${event.payload.i}`));
      }
      if (expected === count) {
        resolve();
      }
      done();
    });
    sdk.streams.pipe(sdk.read('bench-leo', from, { start: 'z/', fast_s3_read: true, stream_query_limit: 1000 }), sink, error =>
      reject(error || new Error(`events are missing: read=${expected} of=${count}`)),
    );
  });
}

async function main() {
  const act = { load, objects: read }[verb];
  for (let times = 1; times <= Number(warmTimes); times++) {
    await act(warmQueue + (verb === 'load' ? times : 1), Number(events));
  }
  say({ warm: true });
  await new Promise(resolve => readline.createInterface({ input: process.stdin }).once('line', resolve));
  const startMillis = Date.now();
  const start = process.hrtime.bigint();
  await act(queue, Number(events));
  say({ seconds: Number(process.hrtime.bigint() - start) / 1e9, startMillis });
}

main().then(
  () => process.exit(0),
  error => {
    console.error(error);
    process.exit(1);
  },
);
