// The page works without this file. With it, a button pressed twice sends once, and what is to be mended is read first.
'use strict';

(() => {
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
