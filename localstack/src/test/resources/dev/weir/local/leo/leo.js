'use strict';
/*
 * What the tests ask of leo-sdk: node leo.js VERB ARGUMENTS. Results are lines that begin with "=> ", since the SDK writes to stdout too.
 * Where the bus is comes from the environment alone.
 */
const { RStreamsSdk } = require('leo-sdk');
const sdk = new RStreamsSdk();

const say = value => process.stdout.write('=> ' + JSON.stringify(value) + '\n');

/* Text that gzip cannot make much smaller, the same for the same number. */
function noise(bytes, seed) {
  let state = seed + 1;
  let text = '';
  while (text.length < bytes) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    text += state.toString(36);
  }
  return text.substring(0, bytes);
}

function piped(...streams) {
  return new Promise((resolve, reject) => sdk.streams.pipe(...streams, error => (error ? reject(error) : resolve())));
}

function loading(bot, queue, payloads, options) {
  return new Promise((resolve, reject) => {
    const stream = sdk.load(bot, queue, options);
    stream.on('error', reject);
    const next = index => {
      while (index < payloads.length) {
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

const numbered = count => Array.from({ length: count }, (_, i) => ({ i, text: 'event number ' + i }));

const verbs = {

  /* put BOT QUEUE JSON: one event. */
  put: (bot, queue, payload) => sdk.putEvent(bot, queue, JSON.parse(payload)),

  /* load BOT QUEUE COUNT OPTIONS: payloads {i, text}. */
  load: (bot, queue, count, options) => loading(bot, queue, numbered(Number(count)), JSON.parse(options)),

  /* large BOT QUEUE BYTES: one event that does not fit into a record. */
  large: (bot, queue, bytes) => loading(bot, queue, [{ noise: noise(Number(bytes), 1978) }], {}),

  /* read BOT QUEUE OPTIONS: every event, whole. */
  read: (bot, queue, options) =>
    piped(
      sdk.read(bot, queue, JSON.parse(options)),
      sdk.streams.write((event, done) => {
        say(event);
        done();
      }),
    ),

  /* offload BOT QUEUE OPTIONS: the payloads that it is given, and a checkpoint behind them. */
  offload: (bot, queue, options) =>
    sdk.offloadEvents({
      ...JSON.parse(options),
      id: bot,
      inQueue: queue,
      transform: (payload, event, done) => {
        say(payload);
        done(null, true);
      },
    }),

  /* enrich BOT IN OUT: says what it takes, and writes it to OUT with one more field. */
  enrich: (bot, source, target) =>
    sdk.enrichEvents({
      id: bot,
      inQueue: source,
      outQueue: target,
      transform: (payload, event, done) => {
        say(payload);
        done(null, { ...payload, enriched: true });
      },
    }),
};

const [verb, ...rest] = process.argv.slice(2);
verbs[verb](...rest)
  .then(() => process.exit(0))
  .catch(error => {
    console.error(error);
    process.exit(1);
  });
