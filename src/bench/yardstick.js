// The least that a bridge can do, in one Node process without a framework: check the signature, ask the vendor over kept-alive
// connections, answer. No retry, no fallback, no log, no ledger. Figures of the bridge are told as a share of this one's.
// usage: node yardstick.js PORT VENDORS_PORT
'use strict';
const http = require('http'), crypto = require('crypto');
const [port, vendors] = process.argv.slice(2).map(Number);
const { AUTH_TOKEN, RETELL_API_KEY, PUBLIC_BASE_URL } = process.env;
const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });

function ask(method, path, payload, done) {
  const text = payload ? JSON.stringify(payload) : '';
  const headers = { 'content-type': 'application/json', authorization: 'Bearer x', 'content-length': Buffer.byteLength(text) };
  const request = http.request({ host: '127.0.0.1', port: vendors, method, path, agent, headers }, (response) => {
    let body = '';
    response.setEncoding('utf8');
    response.on('data', (part) => (body += part));
    response.on('end', () => { try { done(null, JSON.parse(body)); } catch (e) { done(e); } });
  });
  request.on('error', done);
  request.end(text);
}

function send(response, status, type, text) {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function start(request, response, raw) {
  const form = [...new URLSearchParams(raw.toString('utf8')).entries()].sort((a, b) => (a[0] < b[0] ? -1 : 1));
  const signed = PUBLIC_BASE_URL + request.url + form.map(([name, value]) => name + value).join('');
  if (crypto.createHmac('sha1', AUTH_TOKEN).update(signed).digest('base64') !== request.headers['x-twilio-signature']) {
    return send(response, 403, 'text/plain', 'signature');
  }
  const { From, To, CallSid } = Object.fromEntries(form);
  const context = { twilio_call_sid: CallSid, from_number: From, to_number: To };
  const call = { agent_id: 'agent_bench', direction: 'inbound', from_number: From, to_number: To, metadata: context, retell_llm_dynamic_variables: context };
  ask('POST', '/v2/register-phone-call', call, (error, body) => send(response, 200, 'text/xml', error
    ? '<Response><Say>Sorry</Say></Response>'
    : `<?xml version="1.0" encoding="UTF-8"?><Response><Dial answerOnBridge="true"><Sip>sip:${body.call_id}@sip.retellai.com</Sip></Dial></Response>`));
}

function lookup(request, response, raw) {
  const mark = /^v=(\d+),d=([0-9a-f]{64})$/.exec(request.headers['x-retell-signature'] || '');
  if (!mark || crypto.createHmac('sha256', RETELL_API_KEY).update(raw).update(mark[1]).digest('hex') !== mark[2]) {
    return send(response, 401, 'text/plain', 'signature');
  }
  const number = encodeURIComponent(JSON.parse(raw).call.metadata.from_number);
  ask('GET', `/v1/spaces/spa_bench/collections/users/profiles/phone:${number}/traits?limit=200`, null, (error, body) =>
    send(response, 200, 'application/json', JSON.stringify(error ? [] : body.traits)));
}

http.createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const raw = Buffer.concat(parts);
    if (request.url.startsWith('/start')) return start(request, response, raw);
    if (request.url.startsWith('/lookup')) return lookup(request, response, raw);
    send(response, 404, 'text/plain', 'not found');
  });
}).listen(port, '127.0.0.1', 8192);
