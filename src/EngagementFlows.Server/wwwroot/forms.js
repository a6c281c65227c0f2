// Forms of questions work without this file: each button posts the page. With it, rows come and go in place, and a question appears at once when another's answer asks for it.
'use strict';

(() => {
  const isRowAct = button => button?.name === 'go' && /^(add|remove):/.test(button.value);

  const ANSWERED = 'input[name]:not([type=hidden], [type=file]), select[name], textarea[name]';
  const isTicked = field => field.matches('[type=radio], [type=checkbox]');
  const keyOf = field => isTicked(field) ? `${field.name}\n${field.value}` : field.name;
  const answers = form => new Map([...form.elements].filter(field => field.matches(ANSWERED)).map(field => [keyOf(field), isTicked(field) ? field.checked : field.value]));

  const drawings = new WeakMap();
  const looks = new WeakSet();

  // One after the other: each asks with what the one before has brought, so that no answer comes into a form that another has drawn anew.
  function redraw(form, go) {
    const drawn = (drawings.get(form) ?? Promise.resolve()).catch(() => null).then(() => ask(form, go));
    drawings.set(form, drawn);
    return drawn;
  }

  // The server knows titles, limits and conditions: it is asked for the form as the answers and the act now make it.
  async function ask(form, go) {
    looks.delete(form);
    const old = form.querySelector('[data-questions]');
    const sent = answers(form);
    const fields = new FormData(form);
    fields.set('go', go);
    const response = await fetch(form.getAttribute('action') || location.href, { method: 'POST', body: fields, headers: { 'X-EngagementFlows': '1' }, credentials: 'same-origin' });
    if (!response.ok)
      return null;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const next = page.querySelector('[data-form] [data-questions]');
    if (!next || !old.isConnected)
      return null;
    // What was typed or ticked while the answer was on its way is newer than the answer. Where a row goes, others change their place.
    if (!go.startsWith('remove:')) {
      const now = answers(form);
      for (const field of next.querySelectorAll(ANSWERED)) {
        const key = keyOf(field);
        if (!now.has(key) || now.get(key) === sent.get(key))
          continue;
        if (isTicked(field))
          field.checked = now.get(key);
        else
          field.value = now.get(key);
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
    // One that has not begun yet will ask for this change too.
    if (!event.target.dataset.decides || !form?.matches('[data-form]') || looks.has(form))
      return;
    looks.add(form);
    try {
      await redraw(form, 'look');
    } catch {
      // No connection: the next press of a button shows the questions, as it does without a script.
    }
  });
})();
