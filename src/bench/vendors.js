// Stands in for Retell's and Segment's APIs under load: canned answers after a delay that can be changed while it runs.
// usage: node vendors.js PORT          POST /__delay?ms=300 sets the delay, GET /__stats tells what was asked since the last time
'use strict';
const http = require('http');
const port = Number(process.argv[2]);
let delay = 0, asked = 0, inFlight = 0, most = 0, calls = 0;

function answer(path) {
  if (path.startsWith('/v2/register-phone-call')) {
    return [201, { call_type: 'phone_call', call_id: 'call_' + (++calls).toString(16).padStart(24, '0'), call_status: 'registered' }];
  }
  if (path.includes('/traits')) {
    return [200, { traits: { name: 'Mia Example', order_count: 3, vip: true }, cursor: { has_more: false, next: '', limit: 200 } }];
  }
  if (path.includes('/events')) {
    return [200, { data: [{ type: 'track', event: 'place_order', properties: { summary: '1 margherita' } }], cursor: { has_more: false } }];
  }
  if (/^\/v1\/(identify|track|batch)/.test(path)) return [200, { success: true }];
  return [404, { error: { code: 'not_found' } }];
}

const server = http.createServer((request, response) => {
  if (request.url.startsWith('/__')) {
    const ms = /ms=(\d+)/.exec(request.url);
    if (ms) delay = Number(ms[1]);
    response.end(JSON.stringify({ asked, most, delay }));
    asked = most = 0;
    return;
  }
  asked++;
  most = Math.max(most, ++inFlight);
  request.resume();
  request.on('end', () => {
    const send = () => {
      inFlight--;
      const [status, body] = answer(request.url);
      const text = JSON.stringify(body);
      response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
      response.end(text);
    };
    if (delay > 0) setTimeout(send, delay);
    else send();
  });
});
server.keepAliveTimeout = 120000;
server.listen(port, '127.0.0.1', 8192);
