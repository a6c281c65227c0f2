// The console without a client framework: pages come from the server. This file makes moving between them quick and gives the keyboard.
'use strict';

(() => {
  const words = () => document.getElementById('page-words')?.dataset ?? {};
  let loading = null;

  // Moving: the next page's body takes the place of this one's, so that styles and scripts are not read again.
  async function go(url, { push = true, keepScroll = false } = {}) {
    loading?.abort();
    loading = new AbortController();
    const busy = setTimeout(showBusy, 300);
    try {
      const response = await fetch(url, { headers: { Accept: 'text/html' }, signal: loading.signal, credentials: 'same-origin' });
      const type = response.headers.get('Content-Type') ?? '';
      if (!type.startsWith('text/html') || new URL(response.url).origin !== location.origin) {
        location.assign(url);
        return;
      }

      const next = new DOMParser().parseFromString(await response.text(), 'text/html');
      // A new version of the server has new styles: then the page is loaded as a whole.
      if (next.documentElement.dataset.pageAssets !== document.documentElement.dataset.pageAssets) {
        location.assign(url);
        return;
      }

      if (push)
        history.pushState({}, '', response.url);
      document.title = next.title;
      document.documentElement.lang = next.documentElement.lang;
      document.body.replaceWith(next.body);
      if (!keepScroll)
        scrollTo(0, 0);
      document.getElementById('content')?.focus({ preventScroll: true });
    } catch (fault) {
      if (fault.name !== 'AbortError')
        say(words().noConnection);
    } finally {
      clearTimeout(busy);
      document.querySelector('.busy')?.remove();
    }
  }

  function showBusy() {
    const bar = document.createElement('div');
    bar.className = 'busy';
    bar.setAttribute('role', 'progressbar');
    bar.setAttribute('aria-label', words().loading ?? '');
    document.body.append(bar);
  }

  function say(text) {
    const main = document.getElementById('content');
    if (!main || !text)
      return;
    const line = document.createElement('div');
    line.className = 'fault';
    line.setAttribute('role', 'alert');
    line.textContent = text;
    main.prepend(line);
  }

  // Behind a proxy all of it may stand in a folder of the host.
  const folder = document.documentElement.dataset.folder ?? '';
  const isOurs = url => url.origin === location.origin && url.pathname.startsWith(folder) && !/^\/(assets|api|elsa|designer|openapi|http|health|c)(\/|$)/.test(url.pathname.slice(folder.length));

  document.addEventListener('click', event => {
    const copied = event.target.closest('[data-copy]');
    if (copied && navigator.clipboard)
      navigator.clipboard.writeText(copied.dataset.copy);
    const openMenu = document.querySelector('details.account[open]');
    if (openMenu && !openMenu.contains(event.target))
      openMenu.open = false;

    const link = event.target.closest('a[href]');
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
      return;
    const url = new URL(link.href);
    if (link.target || link.hasAttribute('download') || link.dataset.whole !== undefined || link.dataset.enhanceNav === 'false' || !isOurs(url))
      return;
    if (url.hash && url.pathname === location.pathname && url.search === location.search)
      return;
    event.preventDefault();
    go(url);
  });

  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.method === 'get' && isOurs(new URL(form.action))) {
      event.preventDefault();
      const url = new URL(form.action);
      const filled = [...new FormData(form, event.submitter)].filter(([, value]) => value !== '');
      url.search = new URLSearchParams(filled).toString();
      go(url);
      return;
    }

    if (form.method === 'post') {
      // A second press of the same button while the first is under way would be a second act.
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }

      form.dataset.sent = '1';
      setTimeout(() => delete form.dataset.sent, 5000);
    }
  });

  document.addEventListener('change', event => {
    if (event.target.matches('[data-submit]'))
      event.target.form.requestSubmit();
  });

  addEventListener('popstate', () => go(location.href, { push: false, keepScroll: true }));

  // Keyboard
  let afterG = false;
  const isTyping = element => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  const rows = () => [...document.querySelectorAll('.row-link, .list tbody tr')];

  function moveRow(by) {
    const all = rows();
    if (all.length === 0)
      return;
    const at = all.findIndex(row => row.classList.contains('at'));
    const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by))];
    all[at]?.classList.remove('at');
    next.classList.add('at');
    next.scrollIntoView({ block: 'nearest' });
  }

  function openRow() {
    const row = document.querySelector('.row-link.at, .list tbody tr.at');
    (row?.matches('a') ? row : row?.querySelector('a'))?.click();
    return row !== null;
  }

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]'))
      return;
    if (event.key === 'Escape' && isTyping(event.target)) {
      event.target.blur();
      return;
    }

    if (isTyping(event.target))
      return;
    if (afterG) {
      afterG = false;
      const entry = document.querySelector(`.side a[data-key="${CSS.escape(event.key)}"]`);
      if (entry) {
        event.preventDefault();
        entry.click();
      }
      return;
    }

    const press = key => document.querySelector(`[data-press="${key}"]`);
    switch (event.key) {
      case '/':
        event.preventDefault();
        document.getElementById('search')?.focus();
        break;
      case 'g':
        afterG = true;
        setTimeout(() => { afterG = false; }, 1500);
        break;
      case 'j':
        moveRow(1);
        break;
      case 'k':
        moveRow(-1);
        break;
      case 'Enter':
        if (event.target === document.body || event.target.id === 'content')
          openRow();
        break;
      case 'a':
      case 'r':
        // The key shows the way to the button; the act itself stays a deliberate press.
        if (press(event.key)) {
          event.preventDefault();
          press(event.key).focus();
        }
        break;
      case '?':
        document.getElementById('keys')?.showModal();
        break;
    }
  });
})();
