// Writes distinct, correctly signed requests, one a line: signature, tab, body. All callers and CallSids differ, so nothing is
// answered from memory.   usage: node requests.js start|lookup|add_event COUNT > FILE          Retell's signatures hold for five minutes
'use strict';
const crypto = require('crypto');
const { AUTH_TOKEN, RETELL_API_KEY, PUBLIC_BASE_URL } = process.env;
const [kind, count] = [process.argv[2], Number(process.argv[3])];
const run = crypto.randomBytes(8).toString('hex');
const to = '+61255500000';

function start(index) {
  const form = {
    AccountSid: 'AC' + '0'.repeat(31) + '1', ApiVersion: '2010-04-01', CallSid: 'CA' + run + index.toString(16).padStart(16, '0'),
    CallStatus: 'ringing', Called: to, Caller: from(index), Direction: 'inbound', From: from(index), To: to,
  };
  const signed = PUBLIC_BASE_URL + '/start' + Object.keys(form).sort().map((name) => name + form[name]).join('');
  return [crypto.createHmac('sha1', AUTH_TOKEN).update(signed).digest('base64'), new URLSearchParams(form).toString()];
}

const asked = {
  lookup: { name: 'lookup', args: {} },
  add_event: { name: 'place_order', args: { summary: '1 margherita, 1 lemonade', total: '18.50' } },
};

function call(index) {
  const context = { twilio_call_sid: 'CA' + run + index.toString(16).padStart(16, '0'), from_number: from(index), to_number: to };
  const body = JSON.stringify({
    ...asked[kind],
    call: {
      call_type: 'phone_call', call_id: 'call_' + run + index, agent_id: 'agent_bench', call_status: 'ongoing', direction: 'inbound',
      from_number: from(index), to_number: to, metadata: context, retell_llm_dynamic_variables: context,
    },
  });
  const now = String(Date.now());
  const digest = crypto.createHmac('sha256', RETELL_API_KEY).update(body).update(now).digest('hex');
  return [`v=${now},d=${digest}`, body];
}

const from = (index) => '+614' + String(10000000 + index);
const lines = [];
for (let i = 0; i < count; i++) lines.push((kind === 'start' ? start : call)(i).join('\t') + '\n');
process.stdout.write(lines.join(''));
