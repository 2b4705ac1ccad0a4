'use strict';

// The token travels in a header, never in an address or a form, and is kept nowhere.
const form = document.getElementById('login');
const field = document.getElementById('token');
const problem = document.getElementById('problem');
const button = form.querySelector('button');

/** What is not the token's fault. */
function say(sentence) {
  problem.textContent = sentence;
  field.focus();
}

function complain(sentence) {
  field.setAttribute('aria-invalid', 'true');
  field.select();
  say(sentence);
}

async function logIn() {
  const token = field.value.trim();
  if (!token) {
    complain('Enter the token.');
    return;
  }
  let answer;
  try {
    answer = await fetch('console/login', {
      method: 'POST',
      headers: { Authorization: 'Bearer ' + token },
      credentials: 'same-origin',
      // A proxy before the bridge may want its own login anew, on a site to which a page may go and no script may.
      redirect: 'manual',
    });
  } catch (e) {
    if (e instanceof TypeError && /[^\x20-\x7e]/.test(token)) complain('A token has plain letters, digits and signs only.');
    else say('The bridge does not answer.');
    return;
  }
  if (answer.status === 204 || answer.type === 'opaqueredirect') {
    location.reload();
  } else if (answer.status === 429) {
    complain('Too many attempts. Try again in ' + answer.headers.get('Retry-After') + ' s.');
  } else if (answer.status === 403) {
    complain('That is not the operations token.');
  } else {
    say('The bridge answered ' + answer.status + '.');
  }
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  problem.textContent = '';
  field.removeAttribute('aria-invalid');
  button.disabled = true;
  await logIn();
  button.disabled = false;
});
field.focus();
