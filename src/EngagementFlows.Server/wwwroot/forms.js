// Forms of questions work without this file: each button posts the page. With it, rows come and go in place, and a question appears at once when another's answer asks for it.
'use strict';

(() => {
  const isRowAct = button => button?.name === 'go' && /^(add|remove):/.test(button.value);

  const texts = form => new Map([...form.elements].filter(field => field.matches('input[type=text], input[type=email], input[type=date], textarea')).map(field => [field.name, field.value]));

  // The server knows titles, limits and conditions: it is asked for the form as the answers and the act now make it.
  async function redraw(form, go) {
    const old = form.querySelector('[data-questions]');
    const sent = texts(form);
    const fields = new FormData(form);
    fields.set('go', go);
    const response = await fetch(form.getAttribute('action') || location.href, { method: 'POST', body: fields, headers: { 'X-EngagementFlows': '1' }, credentials: 'same-origin' });
    if (!response.ok)
      return null;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const next = page.querySelector('[data-form] [data-questions]');
    if (!next || !old.isConnected)
      return null;
    // What was typed while the answer was on its way is newer than the answer. Where a row goes, others change their place.
    if (!go.startsWith('remove:')) {
      const now = texts(form);
      for (const field of next.querySelectorAll('input[name], textarea[name]')) {
        if (now.has(field.name) && now.get(field.name) !== sent.get(field.name))
          field.value = now.get(field.name);
      }
    }

    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const again = focused && (focused.id || [focused.name, focused.value]);
    old.replaceWith(next);
    if (again)
      find(form, again)?.focus({ preventScroll: true });
    const said = page.getElementById('form-status')?.textContent ?? '';
    if (said)
      document.getElementById('form-status').textContent = said;
    return next;
  }

  function find(form, again) {
    if (typeof again === 'string')
      return document.getElementById(again);
    return [...form.elements].find(field => field.name === again[0] && field.value === again[1]);
  }

  document.addEventListener('submit', async event => {
    const form = event.target;
    if (!form.matches('[data-form]') || !isRowAct(event.submitter) || form.dataset.plain)
      return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.dataset.drawing)
      return;
    form.dataset.drawing = '1';
    const button = event.submitter;
    try {
      const next = await redraw(form, button.value);
      if (next) {
        next.querySelector('[autofocus]')?.focus();
        return;
      }
    } catch {
      // No connection, or not our page: the press goes the way it goes without a script, and the browser says what is wrong.
    } finally {
      delete form.dataset.drawing;
    }

    form.dataset.plain = '1';
    form.requestSubmit(button);
  }, { capture: true });

  document.addEventListener('change', async event => {
    const form = event.target.form;
    if (!event.target.dataset.decides || !form?.matches('[data-form]'))
      return;
    try {
      await redraw(form, 'look');
    } catch {
      // No connection: the next press of a button shows the questions, as it does without a script.
    }
  });
})();
