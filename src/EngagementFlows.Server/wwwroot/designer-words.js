// Lays Chinese over the words of the Studio's own frame, which knows English only. What comes from the server is in the reader's language already; what people
// wrote themselves (names, texts, scripts, what stands on the canvas) is never touched.
'use strict';

(() => {
  const studio = document.getElementById('studio');
  if (!studio.dataset.dictionary)
    return;
  const attributes = ['title', 'placeholder', 'aria-label'];
  // People's own texts, wherever they stand.
  const foreign = 'script, style, textarea, code, pre, .monaco-editor, .x6-graph, .mud-chip-content, .mud-timeline-item-content .mud-typography-body2, [contenteditable=true]';
  // Where the Studio offers choices beside names that people gave: only its own choices are known there.
  const choosing = 'div.mud-input-slot, .mud-list-item, .mud-list-item-extended';
  // What stands in such a slot and is no choice: labels of boxes to tick, heads and buttons of little tables.
  const noChoice = '.mud-checkbox, .mud-switch, .mud-radio, th, label, .mud-button-root';
  // Cells whose content is a state or a moment, by the Studio's own name of the column or the row.
  const states = /^((sub[- ]?)?status|state|readonly|incident strategy|has (incidents|retries)|published|(created|updated|finished|started|completed|timestamp|time|last executed)( ?at)?)$/i;
  // English as it stood before, by node.
  const originals = new WeakMap();
  // Knows no word, but how a moment is written.
  const moments = new Map();
  let texts;
  let choices;
  let outcomes;
  let patterns;
  // What the author of the flow that is shown called its ways out.
  let named = new Map();

  function translated(text, dictionary) {
    const found = lookUp(text, dictionary);
    return found === undefined ? text : text.replace(text.trim(), () => found);
  }

  // The canvas writes its spaces as ones that break no line.
  function lookUp(text, dictionary) {
    const words = text.trim().replaceAll('\u00a0', ' ');
    if (!/[A-Za-z]/.test(words))
      return undefined;
    return dictionary.get(words) ?? (dictionary === texts ? byPattern(words) ?? asDate(words) : asDate(words));
  }

  function byPattern(words) {
    for (const [pattern, replacement] of patterns)
      if (pattern.test(words))
        return words.replace(pattern, replacement).replace(/：(\w+)$/, (whole, choice) => choices.has(choice) ? `：${choices.get(choice)}` : whole);
    return undefined;
  }

  // The Studio writes moments as Americans do: 11/21/2026 8:36:25 PM.
  function asDate(words) {
    const parts = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d\d)(:\d\d)? ([AP])M)?$/.exec(words);
    if (!parts)
      return undefined;
    const [, month, day, year, hour, minute, second = '', half] = parts;
    const date = `${year}/${month}/${day}`;
    return hour === undefined ? date : `${date} ${String(hour % 12 + (half === 'P' ? 12 : 0)).padStart(2, '0')}:${minute}${second}`;
  }

  const englishOf = element => {
    const node = [...element?.childNodes ?? []].find(child => child.nodeType === Node.TEXT_NODE && child.nodeValue.trim());
    return node ? (originals.get(node) ?? node.nodeValue).trim() : '';
  };

  // Which words are known at a place: all, choices only, or none.
  function dictionaryAt(element) {
    const cell = element.closest('td');
    if (cell && states.test(cell.dataset.label ?? ''))
      return choices;
    if (element.closest(foreign))
      return null;
    if (cell)
      return inCell(cell, element);
    const tab = element.closest('.mud-tab');
    if (tab && isFlowsOwn(tab))
      return null;
    return isChoice(element) ? choices : texts;
  }

  const isChoice = element => element.closest(choosing) && !element.closest(noChoice);

  function inCell(cell, element) {
    // Menus and buttons of a row.
    if (element.closest('button, .mud-popover, .mud-menu-item'))
      return texts;
    const row = cell.parentElement;
    if (cell.dataset.label !== undefined)
      return cell.dataset.label ? null : moments;
    // A table of facts: the name of the fact, then the fact.
    if (row.classList.contains('hover-row')) {
      if (cell === row.cells[0])
        return cell.title ? null : texts;
      return states.test(englishOf(row.cells[0])) ? choices : null;
    }

    return choices;
  }

  // The first tab over the canvas bears the name that its author gave to the flow; the view of its code stands beside it.
  function isFlowsOwn(tab) {
    const tabs = [...tab.closest('[role=tablist]')?.querySelectorAll('.mud-tab') ?? []];
    return tabs[0] === tab && tabs.length > 1 && englishOf(tabs[1]) === 'Code View';
  }

  // The Studio names some ways out of an activity by itself; those that an author named are his, and Chinese only where he gave them Chinese names. A switch has no way of ours but one.
  function outcomesAt(element) {
    if (!element.closest('.x6-port-label'))
      return undefined;
    const labels = [...element.closest('.x6-node')?.querySelectorAll('.x6-port-label') ?? []];
    const isSwitch = labels.some(label => ['Default', outcomes.get('Default')].includes(label.textContent.trim()));
    return new Map([...isSwitch ? [['Default', outcomes.get('Default')]] : outcomes, ...named]);
  }

  function overlayText(node) {
    const dictionary = node.parentElement && (outcomesAt(node.parentElement) ?? dictionaryAt(node.parentElement));
    if (!dictionary)
      return;
    const text = translated(node.nodeValue, dictionary);
    if (text === node.nodeValue)
      return;
    originals.set(node, node.nodeValue);
    node.nodeValue = text;
  }

  function overlayAttributes(element) {
    if (element.closest(foreign) && !element.matches('textarea'))
      return;
    for (const name of attributes) {
      const value = element.getAttribute(name);
      if (!value)
        continue;
      // A choice's name is that of somebody's variable as well as the Studio's own word; "Select Running" is its own.
      const text = isChoice(element) && name !== 'placeholder' ? choices.get(value) ?? byPattern(value) ?? value : translated(value, texts);
      if (text !== value)
        element.setAttribute(name, text);
    }
  }

  function overlay(root) {
    if (root.nodeType === Node.TEXT_NODE) {
      overlayText(root);
      return;
    }

    if (root.nodeType !== Node.ELEMENT_NODE)
      return;
    if (root.closest(foreign) && !root.matches('textarea')) {
      overlayOutcomes(root);
      return;
    }

    overlayAttributes(root);
    for (const element of root.querySelectorAll('[title], [placeholder], [aria-label]'))
      overlayAttributes(element);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
      overlayText(walker.currentNode);
  }

  function overlayOutcomes(root) {
    const labels = root.closest('.x6-port-label') ? [root] : root.querySelectorAll('.x6-port-label');
    for (const label of labels) {
      const walker = document.createTreeWalker(label, NodeFilter.SHOW_TEXT);
      while (walker.nextNode())
        overlayText(walker.currentNode);
    }
  }

  function watch(change) {
    if (change.type === 'characterData')
      overlayText(change.target);
    else if (change.type === 'attributes')
      overlayAttributes(change.target);
    else
      change.addedNodes.forEach(overlay);
  }

  // The names come with the flow. They are learned before the Studio gets it: what is drawn once is not drawn anew for a name.
  const send = window.fetch;
  window.fetch = async (input, init) => {
    const answer = await send(input, init);
    if (answer.ok && /\/workflow-definitions\/by-(definition-)?id\/[^/]+$/.test(new URL(answer.url).pathname))
      await learn(answer.clone());
    return answer;
  };

  async function learn(answer) {
    const flow = await answer.json();
    named = new Map(Object.entries(flow.customProperties?.outcomes ?? {})
      .map(([name, words]) => [name, words?.displayName?.['zh-CN']])
      .filter(([, words]) => typeof words === 'string' && words.trim()));
  }

  async function begin() {
    const answer = await fetch(studio.dataset.dictionary);
    const words = await answer.json();
    choices = new Map(Object.entries(words.choices));
    outcomes = new Map(Object.entries(words.outcomes));
    texts = new Map([...choices, ...Object.entries(words.texts)]);
    patterns = words.patterns.map(([pattern, replacement]) => [new RegExp(pattern), replacement]);
    overlay(studio);
    studio.dispatchEvent(new Event('designer-translated'));
    // What it writes itself is Chinese already and changes nothing when it comes by here again.
    new MutationObserver(changes => changes.forEach(watch)).observe(studio, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: attributes });
  }

  begin();
})();
