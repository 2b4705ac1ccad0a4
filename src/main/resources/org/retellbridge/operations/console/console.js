'use strict';

const main = document.getElementById('main');
const said = document.getElementById('said');
const formToken = document.querySelector('meta[name=form-token]').content;

// ---------------------------------------------------------------- building blocks

/** An element. Texts become text nodes and nothing else, whatever is in them. */
function el(name, attributes, ...children) {
  const node = document.createElement(name);
  return filled(node, attributes, children);
}

function svg(name, attributes, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  return filled(node, attributes, children);
}

function filled(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key === 'on') {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else {
      node.setAttribute(key, value === true ? '' : value);
    }
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

const badge = (text, tone) => el('span', { class: 'badge ' + (tone || '') }, text);

class Problem extends Error {}

/**
 * Asks the bridge; a session that is over leads back to the login page, and one of a proxy before it to the proxy's:
 * that may be on another site, to which a page may go and no script may.
 */
async function ask(path, options) {
  const asked = options || { signal: AbortSignal.timeout(30000) };
  let answer;
  try {
    answer = await fetch('console/' + path, { credentials: 'same-origin', redirect: 'manual', ...asked });
  } catch (e) {
    throw new Problem('The bridge does not answer.');
  }
  if (answer.status === 403 || answer.type === 'opaqueredirect') {
    location.reload();
    throw new Problem('The session is over.');
  }
  if (!answer.ok) {
    if (answer.status === 503 && !options) throw new Problem('The ledger is down: calls go on, but cannot be shown.');
    const problem = await answer.json().catch(() => ({}));
    throw new Problem(problem.title || 'The bridge answered ' + answer.status + '.');
  }
  if (answer.status === 204) return null;
  return answer.json().catch(() => { throw new Problem('The bridge does not answer.'); });
}

const act = (path, headers, method) =>
  ask(path, { method: method || 'POST', headers: { 'X-Console-Form': formToken, ...headers } });

// ---------------------------------------------------------------- words

const STAGES = {
  arrived: ['Arrived', 'calm'],
  agent: ['With the agent', 'calm'],
  fallback: ['Fallback', 'warn'],
  person: ['Handed over', 'good'],
  left: ['Left to FALLBACK_URL', ''],
  over: ['Over', ''],
};
const OUTCOMES = { done: 'good', failed: 'bad', unknown: 'bad', repeated: '' };
const LIVE = ['arrived', 'agent', 'fallback', 'person'];
const LONGEST = 4 * 3600 * 1000;

const words = (text) => String(text).replace(/_/g, ' ');
const sentence = (text) => words(text).replace(/^./, (first) => first.toUpperCase());
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

function time(millis, precise) {
  const date = new Date(millis);
  const today = new Date().toDateString() === date.toDateString();
  const text = (today || precise ? '' : day.format(date) + ', ') + clock.format(date);
  return el('time', { datetime: date.toISOString(), title: date.toISOString() }, text);
}

/** Two clocks may differ: nothing has lasted less than no time. */
function length(lasted) {
  const millis = Math.max(0, lasted);
  if (millis < 1000) return Math.round(millis) + ' ms';
  if (millis < 60000) return (millis / 1000).toFixed(1) + ' s';
  const seconds = Math.floor(millis / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return (parts[0] ? parts[0] + ' h ' : '') + parts[1] + ' min ' + (parts[0] ? '' : parts[2] + ' s');
}

const live = (call) => LIVE.includes(call.stage) && Date.now() - call.started < LONGEST;

/** A live call's length goes on by itself. */
function lasting(call) {
  if (call.ended) return length(call.ended - call.started);
  if (!live(call)) return '–';
  return el('span', { 'data-since': call.started }, length(Date.now() - call.started));
}

const thisMinute = () => Math.floor(Date.now() / 60000);
let drawn = thisMinute();

setInterval(() => {
  for (const node of document.querySelectorAll('[data-since]')) {
    node.textContent = length(Date.now() - Number(node.dataset.since));
  }
  // A call that nobody ends and the date of what was today change without news.
  if (drawn === thisMinute() || document.hidden || current.tab !== 'calls') return;
  drawn = thisMinute();
  current.last = undefined;
  soon();
}, 1000);

function stage(call) {
  if (LIVE.includes(call.stage) && !live(call)) return badge('End unknown', '');
  const [text, tone] = STAGES[call.stage];
  return badge(text, tone);
}

const DIRECTIONS = { inbound: 'Incoming', outbound: 'Outgoing', web: 'Web call' };

/** A web call has no numbers, and of a call of Retell's own they may not have been told. */
function named(call) {
  if (call.from !== '-' || call.to !== '-') return 'Call ' + call.from + ' to ' + call.to;
  return call.direction === 'web' ? 'Web call' : 'Call without numbers';
}

// ---------------------------------------------------------------- views

/** What is on the screen now: a view draws itself, and again when what it shows has changed. */
let current = null;
let showing = 0;

/** Whether what is to be shown is being loaded, and whether it changed meanwhile. */
let loading = false;
let stale = false;

function put(title, ...content) {
  main.replaceChildren(...content.flat().filter((part) => part));
  document.title = title + ' – Retell bridge';
}

/** Draws and leaves people where they are: what a view keeps leaves the page, and with it the focus, while it draws. */
function inPlace(draw) {
  const active = document.activeElement;
  const focused = active !== main && main.contains(active) ? active : null;
  const caret = focused && typeof focused.selectionStart === 'number'
    ? [focused.selectionStart, focused.selectionEnd, focused.selectionDirection] : null;
  const open = [...main.querySelectorAll('details[open]')].map((node) => node.dataset.keep);
  const aside = new Map([...main.querySelectorAll('.scroll')].map((node) => [node.dataset.keep, node.scrollLeft]));
  draw();
  for (const node of main.querySelectorAll('details')) {
    if (open.includes(node.dataset.keep)) node.open = true;
  }
  for (const node of main.querySelectorAll('.scroll')) {
    if (aside.get(node.dataset.keep)) node.scrollLeft = aside.get(node.dataset.keep);
  }
  if (!focused) return;
  const same = [...main.querySelectorAll('[data-keep]')].find((node) => node.dataset.keep === focused.dataset.keep);
  const again = focused.isConnected ? focused : same || main.querySelector('h1');
  again.focus({ preventScroll: true });
  if (caret && again === focused) again.setSelectionRange(...caret);
}

/**
 * What a redraw takes away: the click between press and release, the word that an input method composes, the text that
 * is marked to be copied. For news they are left alone, though not for good: an end may never be told.
 */
const LONGEST_HOLD = 10000;
const held = { press: -Infinity, word: -Infinity, mark: -Infinity };

function holding() {
  const marked = getSelection();
  if (marked.isCollapsed || !main.contains(marked.anchorNode)) held.mark = -Infinity;
  return performance.now() - Math.max(held.press, held.word, held.mark) < LONGEST_HOLD;
}

for (const [event, what] of [['pointerdown', 'press'], ['compositionupdate', 'word'], ['selectionchange', 'mark']]) {
  document.addEventListener(event, () => { held[what] = performance.now(); }, true);
}
for (const [event, what] of [['pointerup', 'press'], ['pointercancel', 'press'], ['compositionend', 'word']]) {
  // The click comes after the release.
  document.addEventListener(event, () => setTimeout(() => { held[what] = -Infinity; }), true);
}

function heading(text, ...tools) {
  return el('div', { class: 'head' }, el('h1', { tabindex: '-1', 'data-keep': 'title' }, text), ...tools);
}

/** @param known whether it was said before: what is drawn anew would be read out anew */
const alarm = (text, known) => el('p', { class: 'card alarm', role: known ? null : 'alert' }, text);

/** @param forNews whether nobody here asked for it */
async function refresh(forNews) {
  const view = current;
  const turn = ++showing;
  loading = true;
  stale = false;
  try {
    const content = await view.load();
    if (turn !== showing || view !== current) return;
    const text = JSON.stringify(content);
    if (text === view.last) return;
    if (forNews && holding()) {
      stale = true;
      return;
    }
    view.last = text;
    view.problem = undefined;
    inPlace(() => view.draw(content));
  } catch (e) {
    if (turn !== showing || view !== current) return;
    if (!(e instanceof Problem)) throw e;
    view.last = undefined;
    if (view.problem === e.message) return;
    view.problem = e.message;
    inPlace(() => put(view.title, heading(view.title), alarm(e.message)));
  } finally {
    if (turn === showing) {
      loading = false;
      if (stale) soon();
    }
  }
}

async function go() {
  const hash = location.hash.slice(1);
  if (hash === 'main') return;
  const [name, key] = hash.split('=');
  current = (VIEWS[name] || VIEWS.calls)(key);
  for (const link of document.querySelectorAll('header nav a')) {
    const here = link.hash.slice(1) === current.tab;
    if (here) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const moved = go.before !== undefined;
  go.before = hash;
  await refresh();
  const title = main.querySelector('h1');
  if (moved && title) {
    title.focus();
    scrollTo(0, 0);
  }
}

// ---------------------------------------------------------------- calls

const list = { onlyLive: false, found: null, pages: 1 };

function callsView() {
  const tools = callTools();
  return {
    tab: 'calls',
    title: 'Calls',
    concerns: (names) => names.length && !list.found,
    async load() {
      if (list.found) return { ...list.found, searched: true };
      const calls = [];
      let more = true;
      for (let page = 0; page < list.pages && more; page++) {
        const last = calls[calls.length - 1];
        const after = last ? '&started=' + last.started + '&key=' + last.key : '';
        const next = await ask('calls?live=' + list.onlyLive + after);
        calls.push(...next.calls);
        more = next.more;
      }
      return { calls, more };
    },
    draw(content) {
      put('Calls', heading('Calls', tools), callTable(content), olderCalls(content));
    },
  };
}

function callTools() {
  const problem = el('p', { class: 'problem', role: 'alert' });
  const input = el('input', {
    id: 'search', type: 'search', 'data-keep': 'search', autocomplete: 'off', spellcheck: 'false',
    placeholder: 'CallSid, call_id or caller’s number', value: list.text,
  });
  const search = async (event) => {
    event.preventDefault();
    problem.textContent = '';
    const text = input.value.trim();
    list.text = text;
    if (!text) {
      list.found = null;
      refresh();
      return;
    }
    list.found = null;
    if (!/^\+?[0-9() .-]+$/.test(text)) {
      location.hash = 'call=' + encodeURIComponent(text);
      return;
    }
    try {
      list.found = await act('calls/search', { 'X-Console-Number': text.replace(/[() .-]/g, '') });
      const { calls, more } = list.found;
      said.textContent = more ? newest(list.found) : calls.length + (calls.length === 1 ? ' call found' : ' calls found');
      refresh();
    } catch (e) {
      if (!(e instanceof Problem)) throw e;
      // What was found before is no answer to this.
      await refresh();
      problem.textContent = e.message;
    }
  };
  const check = el('input', {
    type: 'checkbox', 'data-keep': 'live', on: {
      change: (event) => {
        Object.assign(list, { onlyLive: event.target.checked, found: null, pages: 1 });
        refresh();
      },
    },
  });
  check.checked = list.onlyLive;
  return el('div', { class: 'tools' },
    el('label', { class: 'check' }, check, ' Live calls only'),
    el('form', { class: 'field', role: 'search', on: { submit: search } },
      el('span', {}, el('label', { for: 'search' }, 'Find a call'), input),
      el('button', { type: 'submit', 'data-keep': 'find' }, 'Find'), problem));
}

const newest = (found) => 'The newest ' + found.calls.length + ' calls of this number. Older ones are not listed.';

function callTable({ calls, searched }) {
  if (!calls.length) {
    return el('p', { class: 'card empty' },
      searched ? 'No call of this number is known.' : list.onlyLive ? 'No call is live.' : 'No call has come yet.');
  }
  return el('div', { class: 'scroll', role: 'region', 'aria-label': 'Calls', tabindex: '0', 'data-keep': 'table' },
    el('table', {},
      el('caption', { class: 'unseen' }, 'Calls, newest first'),
      el('thead', {}, el('tr', {},
        el('th', { scope: 'col' }, 'Began'),
        el('th', { scope: 'col' }, 'From'),
        el('th', { scope: 'col', class: 'wide' }, 'To'),
        el('th', { scope: 'col' }, 'Where it is'),
        el('th', { scope: 'col', class: 'wide' }, 'Why'),
        el('th', { scope: 'col', class: 'wide' }, 'Agent'),
        el('th', { scope: 'col', class: 'number' }, 'Length'))),
      el('tbody', {}, calls.map(callRow))));
}

function callRow(call) {
  return el('tr', {},
    el('th', { scope: 'row' },
      el('a', { href: '#call=' + call.key, 'data-keep': call.key }, time(call.started),
        el('span', { class: 'unseen' }, ', call ' + call.key))),
    el('td', { class: 'masked' }, call.from),
    el('td', { class: 'masked wide' }, call.to),
    el('td', {}, stage(call)),
    el('td', { class: 'wide' }, words(call.reason) || '–'),
    el('td', { class: 'wide mono long' }, call.agent || '–'),
    el('td', { class: 'number' }, lasting(call)));
}

function olderCalls(content) {
  if (content.searched) {
    return [
      content.more ? el('p', { class: 'soft' }, newest(content)) : null,
      el('p', { class: 'more' }, el('button', {
        type: 'button', 'data-keep': 'all', on: { click: () => { list.found = null; list.text = ''; go(); } },
      }, 'Show all calls')),
    ];
  }
  return content.more ? el('p', { class: 'more' }, el('button', {
    type: 'button', 'data-keep': 'older', on: { click: () => { list.pages++; refresh(); } },
  }, 'Older calls')) : null;
}

// ---------------------------------------------------------------- one call

function callView(name) {
  const key = decodeURIComponent(name || '');
  let parts = [key];
  return {
    tab: 'calls',
    title: 'Call',
    concerns: (names) => names.some((changed) => parts.includes(changed)),
    async load() {
      if (!/^[A-Za-z0-9_-]+$/.test(key)) throw new Problem('There is no such call.');
      return ask('calls/' + key);
    },
    draw({ call, moments }) {
      parts = [key, call.key, call.call_id, ...moments.map((moment) => moment.facts.call_id)];
      put('Call ' + call.key,
        el('p', {}, el('a', { href: '#calls', 'data-keep': 'back' }, 'All calls')),
        heading(named(call), stage(call)),
        el('section', { class: 'card', 'aria-label': 'Summary' },
          el('dl', { class: 'summary' },
            fact('Began', el('time', { datetime: new Date(call.started).toISOString(), title: new Date(call.started).toISOString() }, day.format(call.started) + ', ' + clock.format(call.started))),
            fact('Length', lasting(call)),
            call.direction ? fact('Direction', DIRECTIONS[call.direction]) : null,
            call.reason ? fact('Why', words(call.reason)) : null,
            fact('Agent', el('span', { class: 'mono' }, call.agent || '–')),
            call.call_sid ? fact('CallSid', el('span', { class: 'mono' }, call.call_sid)) : null,
            call.call_id ? fact('call_id', el('span', { class: 'mono' }, call.call_id)) : null),
          overview(call, moments)),
        el('section', { class: 'card', 'aria-labelledby': 'course' },
          el('h2', { id: 'course' }, 'Course'),
          moments.length
            ? el('ol', { class: 'course' }, moments.map((moment, i) => course(moment, call, moments.slice(0, i))))
            : el('p', { class: 'empty' }, 'Nothing was written down of this call.')));
    },
  };
}

const fact = (name, value) => el('div', {}, el('dt', {}, name), el('dd', {}, value));

function course(moment, call, before) {
  const shown = TELL[moment.kind](moment, call, before);
  const offset = moment.at - call.started;
  return el('li', { class: shown.tone },
    el('div', { class: 'when' }, time(moment.at, true),
      el('small', {}, offset < 0 ? '' : '+' + length(offset))),
    el('div', { class: 'mark', 'aria-hidden': 'true' }),
    el('div', { class: 'what' },
      el('div', { class: 'title' }, shown.title, ...(shown.badges || []),
        moment.took === undefined ? null : el('span', { class: 'soft' }, length(moment.took))),
      shown.detail ? el('p', { class: 'detail' }, shown.detail) : null,
      shown.shapes || null));
}

const handedOver = (before) => before.some((moment) => moment.name === 'handed_over');

// A flow stands on a leg of its own, which ends after all that followed when the flow sent the call back.
const flowFailed = (before, rung) => before.some((moment) =>
  moment.name === 'leg_ended' && moment.facts.result === 'flow_failed' && moment.facts.rung === rung);

// After a hand-over the leg in place of the agent's is the person's.
const RUNG = (rung, person) => (rung === '0' ? (person ? 'The person’s leg' : 'The agent’s leg') : rung === '?' ? 'A leg' : 'Rung ' + rung);

const onward = (rung) => (rung === 'sentence' ? 'The caller heard the sentence, and the call ended.'
  : rung === 'transfer' ? 'The bridge answered with the agent’s transfer, so that nobody is cut off.'
  : rung === 'elsewhere' ? 'The call was left to FALLBACK_URL, and nothing more is heard of it.' : 'Next: ' + words(rung));

const STEPS = {
  webhook: (facts, call) => ({ title: 'Twilio asked what to do', tone: 'calm', detail: DIRECTIONS[call.direction] + ' call from ' + call.from + ' to ' + call.to }),
  webhook_repeated: () => ({ title: 'Twilio asked again', tone: '', detail: 'It got the first answer; nothing was registered anew.' }),
  agent: (facts) => ({ title: 'Registered with Retell, on its way to the agent', tone: 'calm', detail: facts.agent + ' · ' + facts.call_id }),
  fallback: (facts) => ({
    title: 'The agent could not have it', tone: 'warn', badges: [badge(words(facts.reason), 'warn')],
    detail: (facts.agent ? 'Asked for ' + facts.agent + '. ' : '') + onward(facts.rung),
  }),
  handed_over: () => ({ title: 'Handed over to a person', tone: 'good', detail: 'The call went to where the agent’s function said.' }),
  leg_ended(facts, call, before) {
    const title = RUNG(facts.rung, handedOver(before)) + ' ended: ' + words(facts.result);
    if (facts.next !== 'hangup') return { title, tone: facts.next === 'transfer' ? '' : 'warn', detail: onward(facts.next) };
    return flowFailed(before, facts.rung)
      ? { title: 'The leg of the flow that failed is over', tone: '', detail: 'The caller was with what followed it.' }
      : { title, tone: '', detail: 'The bridge hung up.' };
  },
};

const TELL = {
  step: (moment, call, before) => (STEPS[moment.name] || (() => ({ title: sentence(moment.name), tone: '', detail: others(moment.facts) })))(moment.facts, call, before),
  function: (moment) => {
    const [path, name] = moment.name.split(' ');
    const facts = moment.facts;
    return {
      title: path + (name && name !== '-' && '/' + name !== path ? ' – ' + name : ''),
      tone: OUTCOMES[facts.outcome] || '',
      badges: [badge(words(facts.outcome), OUTCOMES[facts.outcome]),
        facts.repeats ? badge(facts.repeats + (facts.repeats === '1' ? ' repeat' : ' repeats') + ' absorbed', 'calm') : null],
      shapes: el('div', { class: 'shapes' },
        shape('Arguments', facts.arguments, 'none'),
        shape('Answer, ' + facts.answer_size + ' characters', facts.answer, '–')),
    };
  },
  effect: (moment) => moment.facts.state === 'running'
    ? { title: moment.name + ' is under way', tone: 'calm' }
    : { title: moment.name + ': nobody knows whether it happened', tone: 'bad', badges: [badge('unknown', 'bad')], detail: 'The bridge does not try it again by itself. Look the call up at the vendor.' },
  vendor_event: (moment) => ({ title: 'Retell: ' + words(moment.name), tone: '', detail: others(moment.facts) }),
};

function shape(title, text, none) {
  return el('div', {}, el('h3', {}, title),
    el('ul', {}, text ? text.split('\n').map((line) => el('li', {}, line)) : el('li', {}, none)));
}

function others(facts) {
  return Object.entries(facts)
    .filter(([name]) => name !== 'call_id')
    .map(([name, value]) => (name === 'duration_ms' ? 'duration ' + length(Number(value)) : words(name) + ' ' + words(value)))
    .join(' · ');
}

/** The call at a glance. The list below says the same in words, so screen readers skip it. */
function overview(call, moments) {
  if (!moments.length) return null;
  const begin = Math.min(call.started, moments[0].at);
  const end = Math.max(call.ended || 0, ...moments.map((moment) => moment.at + (moment.took || 0)), live(call) ? Date.now() : 0, begin + 1000);
  const left = 90;
  const width = 900;
  const x = (at) => left + ((at - begin) / (end - begin)) * width;
  const bar = (from, to, y, kind) => svg('rect', {
    class: kind, x: x(from).toFixed(1), y, width: Math.max(3, x(to) - x(from)).toFixed(1), height: 16, rx: 3,
  });
  const parts = [];
  const turns = moments.filter((moment) => moment.kind === 'step' && moment.name !== 'webhook_repeated');
  turns.forEach((moment, i) => {
    const kind = { webhook: 'arrived', agent: 'agent', fallback: 'fallback', handed_over: 'person' }[moment.name]
      || { hangup: 'over', transfer: 'person' }[moment.facts.next] || 'fallback';
    const next = turns[i + 1];
    const to = kind === 'over' ? moment.at : next ? next.at : call.ended || end;
    parts.push(bar(moment.at, Math.max(moment.at, to), 4, kind));
  });
  for (const moment of moments) {
    if (moment.kind === 'function') {
      const bad = ['failed', 'unknown'].includes(moment.facts.outcome);
      parts.push(bar(moment.at, moment.at + (moment.took || 0), 32, bad ? 'failed' : 'function'));
    } else if (moment.kind === 'vendor_event') {
      parts.push(svg('circle', { class: 'event', cx: x(moment.at).toFixed(1), cy: 68, r: 5 }));
    }
  }
  const rails = [['Call', 12], ['Functions', 40], ['Retell', 68]].flatMap(([name, y]) => [
    svg('text', { x: 0, y: y + 4 }, name),
    svg('line', { class: 'rail', x1: left, x2: left + width, y1: y, y2: y }),
  ]);
  return svg('svg', { class: 'overview wide', viewBox: '0 0 1000 100', 'aria-hidden': 'true', focusable: 'false' },
    ...rails, ...parts,
    svg('text', { x: left, y: 96 }, '0'),
    svg('text', { x: left + width, y: 96, 'text-anchor': 'end' }, length(end - begin)));
}

// ---------------------------------------------------------------- outbox

function outboxView() {
  const problem = el('p', { class: 'problem', role: 'alert' });
  let asked = null;
  const discard = {
    asked: (id) => id === asked,
    consider: (id) => {
      asked = id;
      said.textContent = id ? DISCARDED : 'Nothing was thrown away';
      current.last = undefined;
      refresh();
    },
    go: async (id) => {
      problem.textContent = '';
      try {
        await act('dead_letters?message_id=' + encodeURIComponent(id), {}, 'DELETE');
        asked = null;
        said.textContent = 'The letter was thrown away';
        current.last = undefined;
        await refresh();
      } catch (e) {
        problem.textContent = e.message;
      }
    },
  };
  return {
    tab: 'outbox',
    title: 'Outbox',
    concerns: () => true,
    async load() {
      const [outbox, state] = await Promise.all([ask('dead_letters'), ask('state')]);
      return { outbox, letters: outbox.dead_letters, ledger: state.ledger };
    },
    draw({ outbox, letters, ledger }) {
      count('count-dead', outbox.dead, 'dead letters');
      put('Outbox', heading('Outbox', letters.length > 1 ? resend('Send all again', null, problem) : null), problem,
        el('section', { class: 'card', 'aria-label': 'Figures' },
          el('dl', { class: 'summary' },
            fact('To be delivered', String(outbox.to_be_delivered)),
            fact('Oldest has waited', outbox.to_be_delivered ? length(outbox.oldest_seconds * 1000) : '–'),
            fact('Dead letters', String(outbox.dead)),
            fact('Unknown effects', String(ledger.unknown_effects)),
            fact('Went on without the ledger', String(ledger.went_on_without_it)))),
        letters.length ? letterTable(letters, problem, discard) : el('p', { class: 'card empty' }, 'There are no dead letters: everything was delivered or will be.'));
    },
  };
}

const DISCARDED = 'It and what it holds are gone then, and nobody gets it any more. Throw it away?';

function letterTable(letters, problem, discard) {
  return el('div', { class: 'scroll', role: 'region', 'aria-label': 'Dead letters', tabindex: '0', 'data-keep': 'letters' },
    el('table', {},
      el('caption', { class: 'unseen' }, 'Dead letters, oldest first'),
      el('thead', {}, el('tr', {},
        ['Accepted', 'For', 'Call', 'Message', 'Attempts', 'Why', ''].map((title) =>
          el(title ? 'th' : 'td', { scope: title ? 'col' : null, class: title === 'Attempts' ? 'number wide' : title === 'Message' ? 'wide' : null }, title)))),
      el('tbody', {}, letters.map((letter) => el('tr', {},
        el('th', { scope: 'row' }, time(letter.accepted)),
        el('td', {}, letter.kind),
        el('td', { class: 'mono long' }, letter.call
          ? el('a', { href: '#call=' + encodeURIComponent(letter.call), 'data-keep': 'call ' + letter.message_id }, letter.call) : '–'),
        el('td', { class: 'mono long wide' }, letter.message_id),
        el('td', { class: 'number wide' }, String(letter.attempts)),
        el('td', { class: 'long' }, letter.reason),
        el('td', {}, discard.asked(letter.message_id) ? sure(letter.message_id, discard) : el('div', { class: 'actions' },
          resend('Send again', letter.message_id, problem),
          el('button', {
            type: 'button', 'data-keep': 'discard ' + letter.message_id, 'aria-label': 'Throw away: message ' + letter.message_id,
            on: { click: () => discard.consider(letter.message_id) },
          }, 'Throw away'))))))));
}

/** The focus goes to the button that keeps all as it is. */
function sure(id, discard) {
  return el('div', { class: 'confirm', role: 'group', 'aria-labelledby': 'discard' },
    el('p', { id: 'discard' }, DISCARDED),
    el('div', { class: 'actions' },
      el('button', { type: 'button', 'data-keep': 'discard now', on: { click: () => discard.go(id) } }, 'Yes, throw it away'),
      el('button', { type: 'button', 'data-keep': 'discard ' + id, on: { click: () => discard.consider(null) } }, 'No, keep it')));
}

function resend(text, messageId, problem) {
  const button = el('button', {
    type: 'button', 'data-keep': 'again ' + messageId,
    'aria-label': messageId ? text + ': message ' + messageId : null,
    on: {
      click: async () => {
        if (button.hasAttribute('aria-disabled')) return;
        // Not disabled: the focus would be lost.
        button.setAttribute('aria-disabled', 'true');
        problem.textContent = '';
        try {
          const done = await act('dead_letters/replay' + (messageId ? '?message_id=' + encodeURIComponent(messageId) : ''));
          said.textContent = done.replayed + (done.replayed === 1 ? ' letter is' : ' letters are') + ' sent again';
          current.last = undefined;
          await refresh();
        } catch (e) {
          button.removeAttribute('aria-disabled');
          problem.textContent = e.message;
        }
      },
    },
  }, text);
  return button;
}

// ---------------------------------------------------------------- functions

function functionsView() {
  return {
    tab: 'functions',
    title: 'Functions',
    concerns: () => false,
    load: () => ask('functions'),
    draw(tools) {
      put('Functions', heading('Functions'),
        el('p', { class: 'soft lead' }, 'What the agent can call, as it is entered in Retell.'),
        el('div', { class: 'card' }, tools.map(tool)));
    },
  };
}

function tool(definition) {
  const parameters = definition.parameters || {};
  const required = parameters.required || [];
  const path = new URL(definition.url).pathname;
  return el('details', { 'data-keep': definition.name },
    el('summary', {}, el('strong', {}, definition.name), el('span', { class: 'path mono' }, path)),
    el('p', {}, definition.description),
    el('h2', { class: 'unseen' }, 'Arguments of ' + definition.name),
    el('ul', {}, Object.entries(parameters.properties || {}).map(([name, schema]) =>
      el('li', {}, el('code', {}, name), ' ' + (schema.type || '') + (required.includes(name) ? ', required' : '') + (schema.description ? ': ' + schema.description : '')))),
    el('pre', { tabindex: '0', role: 'region', 'aria-label': 'Definition of ' + definition.name }, JSON.stringify(definition, null, 2)));
}

// ---------------------------------------------------------------- state

function stateView() {
  const panel = switchPanel();
  let known = '';
  return {
    tab: 'state',
    title: 'State',
    concerns: () => true,
    load: () => ask('state'),
    draw(state) {
      put('State', heading('State', el('p', { class: 'soft' }, 'Node ', el('span', { class: 'mono', id: 'node' }, state.node))),
        state.ledger.up ? null : alarm('The ledger is down: ' + state.ledger.reason + '. Calls go on without it.', known === state.ledger.reason),
        doctor(),
        el('div', { class: 'grid' },
          el('section', { class: 'card' }, el('h2', {}, 'Vendors'), Object.entries(state.vendors).map(([name, vendor]) =>
            el('div', { class: 'vendor' }, el('h3', {}, sentence(name)), facts(vendor)))),
          state.switches ? el('section', { class: 'card' }, el('h2', {}, 'Switches'), panel(state)) : null,
          el('section', { class: 'card' }, el('h2', {}, 'Features'),
            el('ul', { class: 'plain' }, Object.entries(state.features).map(([name, feature]) => el('li', {},
              badge(feature.on ? 'on' : 'off', feature.on ? 'good' : 'warn'), ' ', el('strong', {}, sentence(name)), ': ' + feature.meaning,
              feature.on ? null : el('div', { class: 'soft' }, 'Missing: ', feature.missing.join(', ')),
              feature.limit ? el('div', { class: 'soft' }, 'But ', feature.limit) : null)))),
          el('section', { class: 'card' }, el('h2', {}, 'Settings to look at'), state.settings.length
            ? el('ul', { class: 'plain' }, state.settings.map((finding) => el('li', {}, badge('look', 'warn'), ' ' + finding)))
            : el('p', {}, badge('good', 'good'), ' Nothing is wrong with the settings.')),
          el('section', { class: 'card' }, el('h2', {}, 'Ledger'), facts(state.ledger))));
      known = state.ledger.up ? '' : state.ledger.reason;
    },
  };
}

/** Asks the doctor. What it found stays, whatever is drawn anew or looked at meanwhile. */
function doctorPanel() {
  let since = 0;
  const problem = el('p', { class: 'problem', role: 'alert' });
  const waiting = el('p', { class: 'waiting', hidden: true },
    el('progress', { 'aria-label': 'Examination' }),
    ' Examining for ', el('span', { 'data-since': '0' }), ', at most half a minute.');
  const found = el('div', {});
  const examine = async () => {
    if (since) return;
    since = Date.now();
    problem.textContent = '';
    found.replaceChildren();
    waiting.querySelector('span').dataset.since = since;
    waiting.querySelector('span').textContent = length(0);
    waiting.hidden = false;
    // Not disabled: the focus would be lost.
    button.setAttribute('aria-disabled', 'true');
    said.textContent = 'The settings are being examined';
    try {
      const report = await act('doctor');
      found.replaceChildren(...findings(report));
      said.textContent = verdict(report);
    } catch (e) {
      if (!(e instanceof Problem)) throw e;
      problem.textContent = e.message;
    } finally {
      since = 0;
      waiting.hidden = true;
      button.removeAttribute('aria-disabled');
    }
    if (current.tab === 'state') {
      await refresh();
      const title = found.querySelector('h3');
      // Who went on meanwhile is not called back.
      if (title && document.activeElement === button) title.focus();
    }
  };
  const button = el('button', { type: 'button', 'data-keep': 'examine', on: { click: examine } }, 'Examine the settings');
  const panel = el('section', { class: 'card', 'aria-labelledby': 'doctor' },
    el('h2', { id: 'doctor' }, 'Doctor'),
    el('p', { class: 'soft lead' }, 'Asks Retell, Twilio and Segment about each setting and sends the bridge a signed request through its public address. It changes nothing there.'),
    el('p', {}, button), waiting, problem, found);
  return () => panel;
}

const VERDICTS = {
  wrong: ['wrong', 'bad'], unknown: ['not known', 'warn'], ok: ['good', 'good'],
  not_examined: ['not examined', ''], not_set: ['not set', ''],
};

function verdict(report) {
  const good = report.settings.filter((one) => one.result === 'ok').length;
  return report.wrong + ' wrong, ' + report.unknown + ' not known, ' + good + ' good';
}

/** What is wrong first. */
function findings(report) {
  const order = Object.keys(VERDICTS);
  const sorted = [...report.settings].sort((one, other) => order.indexOf(one.result) - order.indexOf(other.result));
  const rest = (one) => one.result.startsWith('not_');
  const items = (some) => el('ul', { class: 'plain' }, some.map((one) => el('li', {},
    badge(...VERDICTS[one.result]), ' ', el('strong', { class: 'mono' }, one.setting), ': ' + one.sentence,
    one.advice ? el('div', { class: 'soft' }, one.advice) : null)));
  return [
    el('h3', { class: 'verdict', tabindex: '-1', 'data-keep': 'verdict' }, verdict(report)),
    items(sorted.filter((one) => !rest(one))),
    el('details', { 'data-keep': 'rest' },
      el('summary', {}, report.not_examined + ' not examined, ' + report.not_set + ' not set'),
      items(sorted.filter(rest))),
  ];
}

const doctor = doctorPanel();

/** What follows from draining: a node that is not ready is left alone by the balancer, with all that it serves. */
const warning = (order, node) => order === 'all'
  ? 'Draining all nodes sends every new call down the fallback ladder instead of to the agent, until somebody ends it. '
    + 'A balancer that heeds readiness has no node left then, for calls or for this page: it is ended on a node’s own address.'
  : 'Draining sends the new calls of node ' + node + ' down the fallback ladder instead of to the agent, until somebody ends it. '
    + 'A balancer that heeds readiness sends that node nothing more, nor shows its page: it is ended on the node’s own address.';

/** What operators turn. What somebody has typed stays, whatever is drawn anew meanwhile. */
function switchPanel() {
  const edited = new Set();
  let asked = null;
  let node = '';
  const share = el('input', { id: 'share', type: 'number', min: '0', max: '100', 'data-keep': 'share', 'aria-describedby': 'share-from' });
  const hours = el('input', { id: 'hours', type: 'text', 'data-keep': 'hours', 'aria-describedby': 'hours-from', spellcheck: 'false' });
  const problem = el('p', { class: 'problem', role: 'alert' });
  const turn = async (order) => {
    problem.textContent = '';
    try {
      await act('switches?order=' + encodeURIComponent(JSON.stringify(order)));
      if ('ai_share' in order) edited.delete(share);
      if ('ai_hours' in order) edited.delete(hours);
      asked = null;
      said.textContent = 'Switched';
      current.last = undefined;
      await refresh();
    } catch (e) {
      problem.textContent = e.message;
    }
  };
  /** Only what was typed and is something else than what holds now: a switch outlasts its setting. */
  const turnEdited = async () => {
    problem.textContent = '';
    if (edited.has(share) && share.value.trim() === '') {
      problem.textContent = 'Of 100 calls a whole number from 0 to 100 can go to the agent.';
      return;
    }
    try {
      const { switches } = await ask('state');
      const order = {};
      for (const [name, input, typed] of [['ai_share', share, Number(share.value)], ['ai_hours', hours, hours.value.trim()]]) {
        if (edited.has(input) && typed !== switches[name]) order[name] = typed;
        else edited.delete(input);
      }
      if (Object.keys(order).length) await turn(order);
      else problem.textContent = 'Nothing was changed, so nothing was switched.';
    } catch (e) {
      if (!(e instanceof Problem)) throw e;
      problem.textContent = e.message;
    }
  };
  const button = (text, order) => el('button', { type: 'button', 'data-keep': text, on: { click: () => turn(order) } }, text);
  // The focus goes to the button that keeps all as it is: a second Enter must not drain.
  const consider = (order) => {
    asked = order;
    said.textContent = order ? warning(order, node) : 'Nothing was drained';
    current.last = undefined;
    refresh();
  };
  const sure = (text, order) => el('button', { type: 'button', 'data-keep': 'sure ' + order, on: { click: () => consider(order) } }, text);
  const confirmation = () => el('div', { class: 'confirm', role: 'group', 'aria-labelledby': 'confirm' },
    el('p', { id: 'confirm' }, warning(asked, node)),
    el('div', { class: 'actions' },
      el('button', { type: 'button', class: 'primary', 'data-keep': 'End draining', on: { click: () => turn({ drain: asked }) } }, asked === 'all' ? 'Yes, drain all nodes' : 'Yes, drain this node'),
      el('button', { type: 'button', 'data-keep': 'sure ' + asked, on: { click: () => consider(null) } }, 'No, keep taking calls')));
  for (const input of [share, hours]) input.addEventListener('input', () => edited.add(input));
  const field = (title, input, value, from) => {
    const holds = String(value);
    if (!edited.has(input) && input.value !== holds) input.value = holds;
    const where = from === 'switch' ? 'Set here'
      : from === 'setting' ? 'As in the settings'
        : 'As in the settings; what was set here is not known before the ledger was read';
    return el('div', {}, el('label', { for: input.id }, title), input,
      el('p', { id: input.id + '-from', class: 'hint' }, where + (edited.has(input) ? ': ' + holds : '') + '.'));
  };
  return ({ switches, node: name }) => {
    node = name;
    if (switches.draining) asked = null;
    return el('form', {
      class: 'switches', novalidate: true, on: {
        submit: (event) => {
          event.preventDefault();
          turnEdited();
        },
      },
    },
    field('Calls of 100 that go to the agent', share, switches.ai_share, switches.ai_share_from),
    field('When calls go to the agent', hours, switches.ai_hours, switches.ai_hours_from),
    el('div', { class: 'actions' },
      el('button', { type: 'submit', class: 'primary', 'data-keep': 'turn' }, 'Switch'),
      button('Back to the settings', { ai_share: null, ai_hours: null })),
    problem,
    el('p', {}, badge(switches.draining ? 'draining' : 'taking calls', switches.draining ? 'warn' : 'good'),
      ' ' + switches.under_way + ' under way on this node'),
    !switches.draining && asked ? confirmation() : el('div', { class: 'actions' }, switches.draining
      ? button('End draining', { drain: false })
      : [sure('Drain this node', true), sure('Drain all nodes', 'all')]));
  };
}

const LABELS = { p50_ms: 'Half took at most, ms', p95_ms: '95 of 100 took, ms' };
const TONES = { closed: 'good', open: 'bad', half_open: 'warn', 'half-open': 'warn', forced_open: 'bad', up: 'good', down: 'bad' };

function facts(object) {
  return el('dl', { class: 'facts' }, Object.entries(object)
    .filter(([, value]) => value !== '')
    .flatMap(([name, value]) => [el('dt', {}, LABELS[name] || sentence(name)), el('dd', {}, shown(value))]));
}

function shown(value) {
  if (value === null) return '–';
  if (value === true) return badge('yes', 'good');
  if (value === false) return badge('no', 'bad');
  if (Array.isArray(value)) return value.length ? value.join(', ') : '–';
  if (typeof value === 'object') return facts(value);
  const text = String(value);
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return time(Date.parse(text));
  const tone = TONES[text.toLowerCase()];
  return tone ? badge(words(text.toLowerCase()), tone) : text;
}

// ---------------------------------------------------------------- what is new

const VIEWS = { calls: callsView, call: callView, outbox: outboxView, functions: functionsView, state: stateView };

function count(id, number, text) {
  const node = document.getElementById(id);
  node.hidden = !number;
  node.replaceChildren(String(number), el('span', { class: 'unseen' }, ' ' + text));
}

function heard(news) {
  count('count-live', news.live, 'live');
  count('count-dead', news.dead, 'dead letters');
  document.querySelector('#draining a').hidden = !news.state?.switches.draining;
  count('count-state', news.ledger ? 0 : '!', 'the ledger is down');
  if (touched(news.calls)) soon();
}

/** What could not be shown is tried again, whatever is new. */
const touched = (names) => current.problem || current.concerns(names);

/**
 * Many calls at once must not draw the page many times a second, and news that comes faster than the page loads must not
 * keep it from being drawn at all.
 */
let due = null;

function soon() {
  if (due === null) {
    due = setTimeout(() => {
      due = null;
      if (loading) stale = true;
      else refresh(true);
    }, 400);
  }
}

const connection = document.getElementById('connection');

function connected(state, text) {
  const node = connection.querySelector('.text');
  connection.className = 'connection ' + state;
  if (node.textContent !== text) node.textContent = text;
}

let stream = null;

/** The bridge says something every 15 s. A process that hangs, or a proxy, may keep the connection open all the same. */
const LONGEST_SILENCE = 40000;
let lastHeard = 0;

setInterval(() => {
  if (document.hidden || performance.now() - lastHeard < LONGEST_SILENCE) return;
  if (stream.readyState === EventSource.CLOSED) return;
  connected('off', 'Not connected');
  stream.close();
  listen();
}, 1000);

function listen() {
  stream = new EventSource('console/live');
  lastHeard = performance.now();
  const take = (event) => {
    lastHeard = performance.now();
    connected('on', 'Live');
    requestAnimationFrame(() => connection.classList.add('heard'));
    if (event.type !== 'beat') heard(JSON.parse(event.data));
    // Times since something happened go on while nothing happens.
    else if (touched([])) soon();
  };
  for (const name of ['hello', 'news', 'beat']) stream.addEventListener(name, take);
  stream.addEventListener('open', () => {
    // What happened while nobody listened.
    if (listen.before) soon();
    listen.before = true;
  });
  stream.addEventListener('error', () => {
    connected('off', 'Not connected');
    if (stream.readyState === EventSource.CLOSED) {
      // Or the page became visible, and listens, before this.
      const anew = () => { if (!document.hidden && stream.readyState === EventSource.CLOSED) listen(); };
      ask('state').catch(() => {}).finally(() => setTimeout(anew, 5000));
    }
  });
}

/** A browser opens only a few connections to one server, so pages that nobody sees give theirs up. */
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    stream.close();
    connected('', 'Paused');
  } else if (stream.readyState === EventSource.CLOSED) {
    listen();
  }
});

document.getElementById('logout').addEventListener('click', async () => {
  stream.close();
  await act('logout').catch(() => {});
  location.reload();
});

document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});

addEventListener('hashchange', go);
go();
listen();
