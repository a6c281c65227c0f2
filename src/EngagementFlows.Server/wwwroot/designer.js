// The page around the Studio. It shows the Studio's part that belongs to the address, one at a time; it stands between the Studio and the network, and knows
// what the Studio does not: whose session ends, whose roles are not enough, that a save must not overtake another.
'use strict';

(() => {
  const studio = document.getElementById('studio');
  const words = JSON.parse(studio.dataset.words);
  const base = new URL(document.baseURI).pathname;
  const root = base.slice(0, -'designer/'.length);
  const api = `${location.origin}${root}elsa/api`;

  // ---- What the address shows

  const views = [
    { name: 'definitions', path: /^(?:workflows\/definitions)?$/, tag: 'elsa-workflow-definition-list', open: 'editWorkflowDefinition', to: id => `workflows/definitions/${id}/edit` },
    { name: 'definitions', path: /^workflows\/definitions\/([^/]+)\/edit$/, tag: 'elsa-workflow-definition-editor', id: 'definition-id', draws: true },
    { name: 'instances', path: /^workflows\/instances$/, tag: 'elsa-workflow-instance-list', open: 'viewWorkflowInstance', to: id => `workflows/instances/${id}/view` },
    { name: 'instances', path: /^workflows\/instances\/([^/]+)\/view$/, tag: 'elsa-workflow-instance-viewer', id: 'instance-id', draws: true, open: 'editWorkflowDefinition', to: id => `workflows/definitions/${id}/edit` },
  ];

  const loading = document.getElementById('designer-loading');
  const total = document.getElementById('designer-total');
  const flowOf = place => /^workflows\/definitions\/([^/]+)\/edit$/.exec(place ?? '')?.[1] ?? null;
  const placeOf = path => path.startsWith(base) ? path.slice(base.length).replace(/\/+$/, '') : '';
  let shown = null;
  let change = Promise.resolve();

  function show() {
    const place = placeOf(location.pathname);
    // Paging and filters change the query only.
    if (place === shown)
      return;
    shown = place;
    const view = views.find(candidate => candidate.path.test(place));
    for (const link of document.querySelectorAll('[data-view]')) {
      link.classList.toggle('here', link.dataset.view === view?.name);
      link.toggleAttribute('aria-current', link.dataset.view === view?.name);
    }

    rehearsal.offer(view?.tag === 'elsa-workflow-definition-editor' ? decodeURIComponent(view.path.exec(place)[1]) : null);
    total.hidden = true;

    change = change.then(() => replace(place, view));
  }

  async function replace(place, view) {
    if (place !== shown)
      return;
    const old = studio.querySelector(views.map(candidate => candidate.tag).join(','));
    if (old) {
      await settled();
      if (place !== shown)
        return;
      // What can be drawn and chosen the Studio learns once for a page, and another flow has other forms and mails.
      if (known !== null && view?.tag === 'elsa-workflow-definition-editor' && known.flow !== flowOf(place)) {
        location.reload();
        return;
      }

      old.remove();
      studio.append(loading);
      // The Studio takes a removed part down one second later; two at a time would break each other.
      await pause(1300);
      if (place !== shown)
        return;
    }

    if (!view) {
      loading.remove();
      notify(words['nothing-here'], { isFault: true, stays: true });
      return;
    }

    if (view.draws)
      await editorScripts();
    if (place !== shown)
      return;
    studio.append(partOf(view, place));
  }

  function partOf(view, place) {
    const part = document.createElement(view.tag);
    part.setAttribute('remote-endpoint', api);
    if (view.id)
      part.setAttribute(view.id, decodeURIComponent(view.path.exec(place)[1]));
    // What is set before the Studio has taken the element over is not heard by it.
    customElements.whenDefined(view.tag).then(() => {
      if (view.open)
        part[view.open] = id => go(view.to(id));
    });
    const filled = new MutationObserver(() => {
      if (part.firstElementChild === null)
        return;
      filled.disconnect();
      loading.remove();
    });
    filled.observe(part, { childList: true });
    return part;
  }

  const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));

  let scripts = null;
  const editorScripts = () => scripts ??= JSON.parse(studio.dataset.editorScripts).reduce(
    (before, address) => before.then(() => new Promise((done, failed) => {
      const script = document.createElement('script');
      script.src = address;
      script.onload = () => {
        // The code editor brings its own words; its loader must know which before they are asked for.
        if (studio.dataset.dictionary)
          window.require?.config?.({ 'vs/nls': { availableLanguages: { '*': 'zh-cn' } } });
        done();
      };
      script.onerror = () => failed(new Error(`${address} was not served.`));
      document.head.append(script);
    })),
    // Its last script names parts that its loader fetches by itself; a field of code that is drawn before they are here breaks the page.
    Promise.resolve()).then(() => new Promise((done, failed) => window.require(['vs/editor/editor.main'], done, failed))).then(inkOfCode);

  // The code editor is made with its light theme by name; in dark pages that name means its dark one.
  function inkOfCode() {
    if (document.documentElement.dataset.bsTheme === 'dark')
      window.monaco.editor.defineTheme('vs', { base: 'vs-dark', inherit: true, rules: [], colors: { 'editor.background': '#171d26' } });
  }

  // The Studio keeps an idea of the address of its own, and its lists write it back: so it is told, once it runs.
  function go(place) {
    if (window.Blazor?.navigateTo)
      window.Blazor.navigateTo(base + place);
    else
      history.pushState(null, '', base + place);
  }

  // With the Studio's own saving switched off a change may stay unsaved: the browser asks then, as before any page.
  async function leave(place) {
    await settled();
    if (isUnsaved())
      location.assign(base + place);
    else
      go(place);
  }

  for (const name of ['pushState', 'replaceState']) {
    const original = history[name];
    history[name] = function (...values) {
      original.apply(this, values);
      queueMicrotask(show);
    };
  }

  addEventListener('popstate', show);

  // In the capturing phase: the Studio's own handlers would follow its links to the site's root.
  document.addEventListener('click', event => {
    if (event.target.closest?.('[data-reload]')) {
      event.preventDefault();
      settled().then(() => location.reload());
      return;
    }

    const link = event.target.closest?.('a[href]');
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
      return;
    const href = link.getAttribute('href');
    const place = link.dataset.view ? href : href.startsWith('/workflows/') ? href.slice(1) : null;
    if (place === null && !link.target && !link.download && isUnsettled()) {
      event.preventDefault();
      settled().then(() => location.assign(link.href));
      return;
    }

    if (place !== null || link.classList.contains('skip')) {
      event.preventDefault();
      event.stopPropagation();
      if (place === null)
        document.getElementById('content').focus();
      else
        leave(place);
    }
  }, true);

  document.addEventListener('click', event => {
    const menu = document.querySelector('details.account[open]');
    if (menu && !menu.contains(event.target))
      menu.open = false;
  });

  // Language and colours come back to where one is now, not to where the page was loaded.
  document.addEventListener('submit', event => {
    const returnTo = event.target.elements?.namedItem('returnTo');
    if (returnTo)
      returnTo.value = location.pathname + location.search;
  }, true);

  // ---- What is said about it

  const notices = document.getElementById('designer-notices');

  function notify(text, { isFault = false, stays = isFault, name = '', reloads = false } = {}) {
    if (name)
      notices.querySelector(`[data-name="${name}"]`)?.remove();
    const line = document.createElement('div');
    line.className = isFault ? 'fault' : 'notice';
    line.dataset.name = name;
    line.append(Object.assign(document.createElement('span'), { textContent: text }));
    if (reloads) {
      const again = Object.assign(document.createElement('button'), { type: 'button', textContent: words.reload });
      again.dataset.reload = '';
      line.append(again);
    }

    const close = Object.assign(document.createElement('button'), { type: 'button', className: 'designer-close', textContent: '×' });
    close.setAttribute('aria-label', words.close);
    close.onclick = () => line.remove();
    line.append(close);
    notices.append(line);
    if (!stays)
      setTimeout(() => line.remove(), 10_000);
  }

  // What the Studio shows whether or not there is anything to choose: a burst is one commit here, and the journal keeps everything.
  const idle = [
    ['.mud-tab', /^(Commit Strategy|Log|提交策略|日志)$/, tab => tab],
    ['.mud-typography-overline', /^(Commit Strategy|提交策略)$/, head => head.parentElement],
    ['legend', /^(Log Persistence Strategy|日志保存策略)$/, legend => legend.closest('.mud-input-control')?.closest('.d-flex')],
  ];
  let looking = 0;

  function look() {
    looking = 0;
    hideIdle();
    nameCells();
  }

  function hideIdle() {
    for (const [at, text, hidden] of idle)
      for (const found of studio.querySelectorAll(at))
        if (text.test(found.textContent.trim()))
          hidden(found)?.classList.add('designer-idle');
  }

  // On a phone each cell bears the word that stands over its column, in the reader's language; the Studio names few of them, and by its program's names.
  function nameCells() {
    for (const row of studio.querySelectorAll('.mud-xs-table tbody > tr')) {
      const heads = row.closest('table').tHead?.rows[0]?.cells ?? [];
      for (const cell of row.cells) {
        const name = heads[cell.cellIndex]?.textContent.trim();
        if (name && cell.dataset.words !== name)
          cell.dataset.words = name;
      }
    }
  }

  const lookSoon = () => { looking ||= setTimeout(look, 50); };
  new MutationObserver(() => {
    // At once: rows that the Studio draws anew each second would lose their names for a moment.
    nameCells();
    lookSoon();
  }).observe(studio, { childList: true, subtree: true });
  studio.addEventListener('designer-translated', lookSoon);

  const faults = ['refused', 'conflict', 'cannot-start'];

  // What the server says about an act counts; the Studio would say "published" of what was only submitted.
  let quietUntil = 0;
  const contradicts = new RegExp('^(' + [
    'Workflow (was already )?(published|retracted|unpublished|saved)', '(One workflow is|\\d+ workflows are) (already )?(un)?published', 'Successfully started workflow',
    '流程(此前)?已(取消)?发布', '(已(取消)?发布 )?\\d+ 个流程(此前已(取消)?发布)?$', '流程已(保存|启动)',
  ].join('|') + ')');

  function hear(answer, request) {
    for (const code of (answer.headers.get('X-EngagementFlows-Notice') ?? '').split(',').map(code => code.trim()).filter(Boolean)) {
      // Nobody need speak of a save that changed nothing. Why one was refused the Studio shows for some seconds; here it stays to be worked through.
      if (request.isSave && code === 'unchanged')
        continue;
      if (code !== 'published' && code !== 'saved' && code !== 'unchanged')
        quietUntil = performance.now() + 4000;
      const text = decodeURIComponent(answer.headers.get('X-EngagementFlows-Notice-Text') ?? '') || words[`notice-${code}`];
      if (text)
        notify(text, { isFault: faults.includes(code), name: 'act' });
    }
  }

  // A line that is none.
  const silence = '\u2060';

  new MutationObserver(changes => {
    // Only where some were: to look through the whole page after each change takes a second of an editor's loading.
    if (performance.now() > quietUntil && !changes.some(change => change.target.closest('#mud-snackbar-container')))
      return;
    for (const bar of document.querySelectorAll('.mud-snackbar:not([hidden])')) {
      const text = bar.textContent.trim();
      if (text === silence || performance.now() <= quietUntil && contradicts.test(text))
        bar.hidden = true;
      // It would hold the place of another.
      if (text === silence)
        bar.querySelector('button')?.click();
    }
  }).observe(document.body, { childList: true, subtree: true });

  // ---- Between the Studio and the network

  const send = window.fetch.bind(window);
  // Not randomUUID: browsers have it behind TLS only.
  const editor = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
  let saves = 0;
  let lastSave = Promise.resolve();
  // Saves that met a failure and are repeated by the Studio: a repetition is the same save, however many came after it.
  const repeated = new Map();

  window.fetch = (input, init) => {
    const url = new URL(typeof input === 'string' || input instanceof URL ? input : input.url, document.baseURI);
    if (url.origin !== location.origin || !url.pathname.startsWith(`${root}elsa/`))
      return send(input, init);
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    headers.set('X-EngagementFlows', '1');
    const flow = flowOf(shown);
    if (flow)
      headers.set('X-EngagementFlows-Flow', flow);
    const request = { input, init: { ...init, headers }, isSave: isPost(url, init, 'workflow-definitions'), isInstanceList: isPost(url, init, 'workflow-instances') };
    if (url.pathname === descriptors)
      return described(request);
    if (!request.isSave)
      return call(request);
    // One after the other: the one that was made last must arrive last.
    const answer = lastSave.then(() => save(request));
    lastSave = answer.catch(() => {});
    return answer;
  };

  const isPost = (url, init, resource) => init?.method === 'POST' && url.pathname === `${root}elsa/api/${resource}`;

  let underWay = 0;

  async function save(request) {
    const body = textOf(request.init.body);
    const { model, publish } = JSON.parse(body);
    const makesVersion = publish || model.isPublished || !model.id || model.definitionId !== decodeURIComponent(flowOf(shown) ?? '');
    underWay++;
    holds += makesVersion;
    try {
      const answer = await numbered(request, body);
      return !answer.ok || makesVersion || await isAnother(answer, model) ? takenOver(answer) : keptToItself();
    } finally {
      underWay--;
      holds -= makesVersion;
    }
  }

  async function numbered(request, body) {
    const number = repeated.get(body) ?? ++saves;
    request.init.headers.set('X-Editor', editor);
    request.init.headers.set('X-Editor-Save', String(number));
    try {
      const answer = await call(request);
      if (answer.status < 500)
        repeated.clear();
      else
        repeated.set(body, number);
      if (answer.ok)
        rehearsal.redrawn();
      return answer;
    } catch (fault) {
      repeated.set(body, number);
      throw fault;
    }
  }

  // The Studio takes the copy of the flow that an answer brings for its own, and what was changed since that was sent would be missing from its fields, and from what they
  // write next. Its own copy is never older. So it is given an answer only where that names another version: the draft of what was published, or what is published now;
  // until it has taken that over, it hears nothing.
  function takenOver(answer) {
    if (!answer.ok)
      return answer;
    blockedUntil = clock + toDescribe;
    replaced = chosen();
    return answer;
  }

  // Somebody may have published the draft meanwhile, and this is the next.
  async function isAnother(answer, model) {
    const stored = (await answer.clone().json()).workflowDefinition;
    return ['id', 'version', 'isPublished'].some(name => stored[name] !== model[name]);
  }

  // Else it is told of a fault, the one answer after which it leaves its copy alone; the line that it shows of it is closed before anybody sees it.
  function keptToItself() {
    if (clock - saveAsked < 5000)
      notify(words['notice-saved'], { name: 'act' });
    saveAsked = -Infinity;
    return new Response(silence, { status: 400 });
  }

  const textOf = body => typeof body === 'string' ? body : ArrayBuffer.isView(body) || body instanceof ArrayBuffer ? new TextDecoder().decode(body) : '';

  async function call(request) {
    for (;;) {
      let answer;
      try {
        answer = await send(request.input, request.init);
      } catch (fault) {
        if (fault.name !== 'AbortError')
          notify(words.unreachable, { isFault: true, name: 'unreachable' });
        throw fault;
      }

      notices.querySelector('[data-name="unreachable"]')?.remove();
      if (answer.status === 401) {
        await signedIn(request);
        // While somebody looked for his password the Studio gave the save up: it is sent all the same, and the page begins anew with what is stored.
        if (request.isSave && request.init.signal?.aborted) {
          await send(request.input, { ...request.init, signal: undefined });
          underWay = 0;
          location.reload();
        }

        continue;
      }

      hear(answer, request);
      if (request.isInstanceList)
        total.hidden = answer.headers.get('X-EngagementFlows-Total') !== 'estimated' || placeOf(location.pathname) !== 'workflows/instances';
      return explained(answer, request);
    }
  }

  // Statuses that the Studio takes for a broken program. To a save it listens when it is told with 400.
  async function explained(answer, request) {
    const text = answer.status === 403 ? words.forbidden : answer.status >= 500 ? words.failed : null;
    if (answer.status === 404 && isWhatThePageIsAbout(request.input))
      notify(words.missing, { isFault: true, name: 'missing' });
    if (text === null)
      return answer;
    if (answer.status === 403 && request.isSave)
      return new Response(JSON.stringify({ message: text }), { status: 400, headers: { 'Content-Type': 'application/json' } });
    notify(text, { isFault: true, name: 'failed' });
    return answer;
  }

  const isWhatThePageIsAbout = input => /\/(workflow-definitions\/by-definition-id|workflow-instances)\/[^/?]+(\?|$)/.test(typeof input === 'string' ? input : input.url ?? String(input));

  // ---- What is on its way from the fields

  // A change is saved half a second after it was made, and a script is a change half a second after its last letter. Counted is the time in which the page was free
  // for them: while a slow machine draws, none of it passes.
  const tick = 50;
  let clock = 0;
  setInterval(() => { clock += tick; }, tick);
  const toSave = 800;
  const toChange = 700;
  // Taking an answer over, the Studio asks for the descriptions anew, reads them, and only then looks for the activity whose fields it shows.
  const toDescribe = 1000;
  const toTakeOver = 400;
  let unsettledUntil = 0;
  // Until then a script may be in its field alone: it is lost when the field goes before that.
  let codeUntil = 0;
  // So many saves are under way that make another version, and until then the Studio takes the answer over. What is changed meanwhile would be missing from its copy.
  let holds = 0;
  let blockedUntil = 0;
  // The activity that was chosen then: the tab that is open writes into the activity as it was before, and the next tab would not see what.
  let replaced = null;
  let saveAsked = -Infinity;

  const isEditing = () => studio.querySelector('elsa-workflow-definition-editor') !== null;
  const isOfStudio = target => target.closest?.('#studio, .mud-popover, .mud-dialog-container') != null;
  const isCode = target => target.closest?.('.monaco-editor') != null;
  const isBlocked = () => holds > 0 || clock < blockedUntil;
  const isUnsaved = () => isEditing() && studio.querySelector('.elsa-toolbar-icon .mud-theme-warning') !== null;
  const isUnsettled = () => isEditing() && (underWay > 0 || clock < unsettledUntil);

  async function until(condition) {
    while (!condition())
      await pause(tick);
  }

  const passed = time => {
    const end = clock + time;
    return until(() => clock >= end);
  };

  // Where the server does not answer, leaving asks instead.
  const settled = () => Promise.race([until(() => !isUnsettled()), passed(10_000)]);

  for (const name of ['input', 'change', 'click', 'mouseup', 'keydown', 'drop'])
    document.addEventListener(name, event => {
      if (name === 'click' && event.target.closest?.('.elsa-toolbar-icon') || name === 'keydown' && (event.ctrlKey || event.metaKey) && event.key === 's')
        saveAsked = clock;
      if (!isOfStudio(event.target) || !isEditing())
        return;
      const ofCode = isCode(event.target) && name !== 'click' && name !== 'mouseup';
      if (ofCode)
        codeUntil = clock + toChange;
      unsettledUntil = Math.max(unsettledUntil, clock + toSave + (ofCode ? toChange : 0));
    }, true);

  // A click that comes too early is kept, and made a moment later.
  let kept = false;
  for (const name of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
    document.addEventListener(name, event => {
      if (name === 'pointerdown') {
        const isOurs = event.isTrusted && isEditing() && isOfStudio(event.target);
        kept = isOurs && event.isPrimary && event.button === 0 && (isTooEarly(event.target) || isStale(event.target));
        if (isOurs && !kept && isBlocked() && isOfDrawing(event.target))
          handOver();
      }

      if (!kept || !event.isTrusted)
        return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (name === 'click')
        again(event);
    }, true);

  const isTooEarly = target => (isBlocked() && !isOfDrawing(target) || clock < codeUntil) && !isText(target);
  // Writing goes on: a field hands over when it is left.
  const isText = target => isCode(target) || target.matches('textarea, input:not([readonly], [type=checkbox], [type=radio])');
  // The drawing itself, and the box that it takes activities from, are never taken from an answer.
  const isOfDrawing = target => target.closest('.x6-graph, [draggable=true], .mud-expand-panel-header') !== null;

  async function again({ clientX, clientY, target }) {
    kept = false;
    studio.classList.add('designer-waits');
    await until(() => !isTooEarly(target));
    // As a click of the hand would, it hands over first what was written in a field.
    if (!document.activeElement?.contains(document.elementFromPoint(clientX, clientY)))
      document.activeElement?.blur();
    if (isStale(target))
      await chooseAgain();
    studio.classList.remove('designer-waits');
    press(document.elementFromPoint(clientX, clientY), clientX, clientY);
  }

  function press(target, clientX, clientY) {
    const how = { bubbles: true, cancelable: true, composed: true, view: window, clientX, clientY, isPrimary: true };
    for (const name of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
      target?.dispatchEvent(new (name.startsWith('pointer') ? PointerEvent : MouseEvent)(name, { ...how, buttons: name.endsWith('down') ? 1 : 0 }));
      if (name === 'mousedown')
        target?.closest('input, textarea, button, [tabindex]')?.focus();
    }
  }

  // Nor is a field heard then that was left by the keyboard.
  const unheard = new Set();
  let isHandingOver = false;
  document.addEventListener('change', async event => {
    const field = event.target;
    if (!event.isTrusted || isHandingOver || !isBlocked() || !isEditing() || !isOfStudio(field))
      return;
    event.stopImmediatePropagation();
    unheard.add(field);
    await until(() => !isBlocked());
    say(field);
  }, true);

  const say = field => {
    if (unheard.delete(field))
      field.dispatchEvent(new Event('change', { bubbles: true }));
  };

  // Another activity is about to take the place of the fields. Into the drawing, what was written in them comes at any time.
  function handOver() {
    isHandingOver = true;
    document.activeElement?.blur();
    isHandingOver = false;
    unheard.forEach(say);
  }

  const chosen = () => studio.querySelector('.x6-node-selected')?.dataset.cellId ?? null;
  const isStale = target => replaced !== null && replaced === chosen() && target.closest('.mud-tab') !== null;

  // The canvas is chosen and then the activity, which comes from the drawing then, as it is there.
  async function chooseAgain() {
    const node = studio.querySelector('.x6-node-selected');
    const { left, top, width, height } = node.getBoundingClientRect();
    // Near its corner: in the middle it may have a button, or another drawing to open.
    const [x, y] = [left + width / 30, top + height / 10];
    replaced = null;
    await passed(toChange);
    press(studio.querySelector('.x6-graph-svg'), left - 20, top - 20);
    await passed(tick);
    press(node.querySelector('foreignObject *') ?? node, x, y);
    await passed(toTakeOver);
  }

  // Leaving asks first while something is on its way; what stands in a field is handed over at once.
  addEventListener('beforeunload', event => {
    if (isEditing() && isOfStudio(document.activeElement))
      document.activeElement.blur();
    if (underWay > 0 || isUnsettled() || isUnsaved())
      event.preventDefault();
  });

  // ---- What can be chosen

  const descriptors = `${root}elsa/api/descriptors/activities`;
  let known = null;

  async function described(request) {
    const isTakingOver = isBlocked();
    holds += isTakingOver;
    try {
      const answer = await call(request);
      known = { flow: flowOf(shown), tag: answer.headers.get('ETag'), request };
      return answer;
    } finally {
      holds -= isTakingOver;
      if (isTakingOver)
        blockedUntil = clock + toTakeOver;
    }
  }

  // Whoever comes back from another page may have made a form or a mail there.
  document.addEventListener('visibilitychange', async () => {
    if (document.visibilityState !== 'visible' || known === null || !isEditing())
      return;
    const answer = await send(known.request.input, { headers: known.request.init.headers }).catch(() => null);
    if (answer?.ok && answer.headers.get('ETag') !== known.tag)
      notify(words['choices-changed'], { stays: true, name: 'choices', reloads: true });
  });

  // ---- Archives

  // The Studio unpacks a ZIP itself and sends each JSON of it as a flow: forms would be failures, and mails lost. So an archive goes to the server as it is.
  const isArchive = file => /zip/.test(file.type) || /\.zip$/i.test(file.name);

  let isPassedOn = false;

  document.addEventListener('change', event => {
    const input = event.target;
    if (isPassedOn || !input.files || !input.closest('#workflow-file-upload-button-wrapper'))
      return;
    event.stopImmediatePropagation();
    sort(input, [...input.files]);
  }, true);

  // An object of JSON is the Studio's. Of anything else it says no more than where its reader gave up.
  async function sort(input, files) {
    const rest = new DataTransfer();
    for (const file of files.filter(file => !isArchive(file)))
      if (await isObject(file))
        rest.items.add(file);
      else
        notify(`${file.name}: ${words['no-flow']}`, { isFault: true });
    input.files = rest.files;
    if (rest.items.length > 0) {
      isPassedOn = true;
      input.dispatchEvent(new Event('change', { bubbles: true }));
      isPassedOn = false;
    }

    await importAll(files.filter(isArchive));
  }

  async function isObject(file) {
    try {
      const content = JSON.parse(await file.text());
      return content !== null && typeof content === 'object' && !Array.isArray(content);
    } catch {
      return false;
    }
  }

  async function importAll(archives) {
    const flow = flowOf(shown);
    const place = shown;
    await settled();
    let isStored = false;
    for (const file of archives)
      isStored = await importArchive(file, flow ? `?definitionId=${flow}` : '') || isStored;
    // The list, or the drawing, begins anew with what is stored.
    if (isStored && shown === place) {
      shown = null;
      show();
    }
  }

  async function importArchive(file, query) {
    const answer = await window.fetch(`${api}/workflow-definitions/import-archive${query}`, { method: 'POST', body: file, headers: { 'Content-Type': 'application/zip' } }).catch(() => null);
    if (answer?.status !== 200 && answer?.status !== 400)
      return false;
    const body = await answer.json();
    const text = answer.ok ? body.message : body.errors.map(error => error.message).join(' ');
    notify(`${file.name}: ${text}`, { isFault: !answer.ok, stays: true });
    return answer.ok;
  }

  // ---- A session that ends

  const dialog = document.getElementById('designer-session');
  let signingIn = null;
  let leaving = false;

  // Where nothing can be lost one is led to sign in and comes back; in the editor the tab stays as it is, and what it asks for waits.
  function signedIn(request) {
    const view = views.find(candidate => candidate.path.test(shown ?? ''));
    if (!request.isSave && view?.tag !== 'elsa-workflow-definition-editor') {
      // Once, however many answers say so: each further call would break the first one off.
      if (!leaving)
        location.assign(`${root}sign-in?ended=1&returnTo=${encodeURIComponent(location.pathname + location.search)}`);
      leaving = true;
      return new Promise(() => {});
    }

    return signingIn ??= new Promise(done => {
      dialog.showModal();
      const again = dialog.querySelector('[data-again]');
      const stillOut = dialog.querySelector('[role=alert]');
      const look = async byHand => {
        const answer = await send(`${api}/features/installed`, { headers: { 'X-EngagementFlows': '1' } }).catch(() => null);
        if (answer === null || answer.status === 401) {
          stillOut.hidden = !byHand;
          return;
        }

        again.onclick = null;
        removeEventListener('focus', cameBack);
        stillOut.hidden = true;
        dialog.close();
        signingIn = null;
        done();
      };
      const cameBack = () => look(false);
      again.onclick = () => look(true);
      addEventListener('focus', cameBack);
    });
  }

  // Only the ends that it names close it.
  dialog.addEventListener('cancel', event => event.preventDefault());

  // ---- The rehearsal beside the editor

  const rehearsal = (() => {
    const panel = document.getElementById('designer-rehearsal');
    const title = panel.querySelector('h2');
    const button = document.getElementById('designer-rehearse');
    const redrawn = panel.querySelector('[role=status]');
    let flow = null;
    let frame = null;

    function open(isOpen) {
      panel.hidden = !isOpen;
      button.setAttribute('aria-expanded', String(isOpen));
      // The drawing measures itself when the window does.
      dispatchEvent(new Event('resize'));
      (isOpen ? title : button).focus();
      if (isOpen && frame === null)
        fetchPage();
    }

    function fetchPage() {
      const fresh = frame = Object.assign(document.createElement('iframe'), { title: title.textContent });
      fresh.addEventListener('load', () => loaded(fresh));
      // What is on its way to be saved is played as well.
      settled().then(() => {
        fresh.src = `${base}rehearsals/${encodeURIComponent(flow)}`;
        if (fresh === frame)
          panel.append(fresh);
      });
    }

    async function loaded(loadedFrame) {
      redrawn.hidden = true;
      if (loadedFrame.contentDocument) {
        loadedFrame.contentWindow.addEventListener('keydown', closeByKey);
        return;
      }

      // Only a page that may stand in no frame: the sign-in, when the session has ended.
      const answer = await send(`${api}/features/installed`, { headers: { 'X-EngagementFlows': '1' } }).catch(() => null);
      if (answer?.status !== 401 || loadedFrame !== frame)
        return;
      await signedIn({ isSave: false });
      loadedFrame.remove();
      fetchPage();
    }

    function closeByKey(event) {
      if (event.key === 'Escape' && !event.defaultPrevented)
        open(false);
    }

    button.onclick = () => open(panel.hidden);
    panel.querySelector('.designer-close').onclick = () => open(false);
    panel.addEventListener('keydown', closeByKey);

    return {
      // The button shows where a flow is drawn; with another flow the panel begins anew.
      offer(id) {
        button.hidden = id === null;
        if (id === flow)
          return;
        flow = id;
        panel.hidden = true;
        button.setAttribute('aria-expanded', 'false');
        frame?.remove();
        frame = null;
        redrawn.hidden = true;
      },

      redrawn() {
        redrawn.hidden = frame === null;
      },
    };
  })();

  // ---- The way there

  const progress = loading.querySelector('progress');
  const slow = setTimeout(() => { loading.querySelector('[data-slow]').hidden = false; }, 4000);
  // The Studio's program tells on the page's root element how much of it has come.
  const watch = setInterval(() => {
    const percent = parseFloat(document.documentElement.style.getPropertyValue('--blazor-load-percentage'));
    if (!Number.isNaN(percent))
      progress.value = percent;
    if (loading.isConnected)
      return;
    clearInterval(watch);
    clearTimeout(slow);
  }, 200);

  show();
})();
