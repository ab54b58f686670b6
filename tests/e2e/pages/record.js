// Keeps everything that a console would show, for the journey to read. Included first in every page.
window.__console = [];
window.__events = [];
for (const level of ['error', 'warn']) {
  const spoken = console[level].bind(console);
  console[level] = (...words) => {
    window.__console.push(`${level}: ${words.map(String).join(' ')}`);
    spoken(...words);
  };
}
addEventListener('error', (event) => {
  window.__console.push(`thrown: ${event.message || `${event.target && event.target.tagName} did not load`}`);
}, true);
addEventListener('unhandledrejection', (event) => window.__console.push(`rejected: ${event.reason}`));
addEventListener('securitypolicyviolation', (event) => {
  if (event.blockedURI.endsWith('/favicon.ico')) return; // the browser's own wish, not the page's
  window.__console.push(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile || ''}:${event.lineNumber} ${event.sample}`);
});
for (const name of ['ready', 'open', 'close', 'view', 'answer', 'submit', 'stored', 'delivered', 'refused', 'config-issue', 'error']) {
  document.addEventListener(`all-ears:${name}`, (event) => window.__events.push({ name, detail: event.detail ?? null }));
}
