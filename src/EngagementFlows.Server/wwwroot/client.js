// The form works without this file. With it, a question appears at once when another's answer asks for it, and a button pressed twice sends once.
'use strict';

(() => {
  const form = document.getElementById('ask');

  // The server knows the conditions: it is asked for the page as the answers now make it.
  async function look(changed) {
    const fields = new FormData(form);
    fields.set('go', 'look');
    try {
      const response = await fetch(form.action, { method: 'POST', body: fields, headers: { 'X-EngagementFlows': '1' }, credentials: 'same-origin' });
      if (!response.ok)
        return;
      const next = new DOMParser().parseFromString(await response.text(), 'text/html').getElementById('questions');
      if (!next)
        return;
      document.getElementById('questions').replaceWith(next);
      const again = [...form.elements].find(field => field.name === changed.name && (field.type !== 'radio' && field.type !== 'checkbox' || field.value === changed.value));
      again?.focus({ preventScroll: true });
    } catch {
      // No connection: the next press of the button shows the questions, as it does without a script.
    }
  }

  form?.addEventListener('change', event => {
    if (event.target.dataset.decides)
      look(event.target);
  });

  document.addEventListener('submit', event => {
    if (event.target.dataset.sent)
      event.preventDefault();
    event.target.dataset.sent = '1';
    setTimeout(() => delete event.target.dataset.sent, 5000);
  });

  addEventListener('pageshow', () => {
    for (const sent of document.querySelectorAll('[data-sent]'))
      delete sent.dataset.sent;
  });

  document.getElementById('faults')?.focus();
})();
