// Runs before the page is drawn: without a choice of the reader the machine's colours hold.
if (matchMedia('(prefers-color-scheme: dark)').matches) {
  document.documentElement.dataset.bsTheme = 'dark';
}
