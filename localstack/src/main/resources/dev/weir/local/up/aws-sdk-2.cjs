'use strict';
/*
 * Lets programs on aws-sdk 2, such as leo-sdk 6, read AWS_ENDPOINT_URL_<SERVICE> as the newer AWS SDKs do: node --require THIS_FILE program.js
 *
 * It sets what a program could set itself, AWS.config.<service>.endpoint, in each copy of aws-sdk that is loaded, and changes no file.
 * What a program gives to the constructor of a client still comes first.
 */
const Module = require('module');

const VARIABLES = {
  dynamodb: 'AWS_ENDPOINT_URL_DYNAMODB',
  dynamodbstreams: 'AWS_ENDPOINT_URL_DYNAMODB_STREAMS',
  kinesis: 'AWS_ENDPOINT_URL_KINESIS',
  s3: 'AWS_ENDPOINT_URL_S3',
};
const CORE = 'aws-sdk/global';
const seen = new WeakSet();
const load = Module._load;

Module._load = function (request, parent, ...rest) {
  const loaded = load.call(this, request, parent, ...rest);
  if (request === 'aws-sdk' || request.startsWith('aws-sdk/')) {
    point(load.call(this, CORE, parent, false));
  }
  return loaded;
};

function point(AWS) {
  if (seen.has(AWS)) {
    return;
  }
  seen.add(AWS);
  for (const [service, variable] of Object.entries(VARIABLES)) {
    const endpoint = process.env[variable];
    if (endpoint) {
      AWS.config[service] = { endpoint, ...(service === 's3' && { s3ForcePathStyle: true }), ...AWS.config[service] };
    }
  }
  takeAgentsThatFit(AWS.NodeHttpClient.prototype);
}

/* leo-sdk gives an agent for https to its clients, which node refuses at an address with http. */
function takeAgentsThatFit(client) {
  const send = client.handleRequest;
  client.handleRequest = function (request, options, ...callbacks) {
    const agent = options && options.agent;
    const fits = !agent || !agent.protocol || agent.protocol === request.endpoint.protocol;
    return send.call(this, request, fits ? options : { ...options, agent: undefined }, ...callbacks);
  };
}
