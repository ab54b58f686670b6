// Looks at the page as a customer does: through shadow roots, by role and accessible name, only at what is shown.
// Prepended to every script of customer.rs; leaves nothing in the page.
const squeeze = (text) => (text || '').replace(/\s+/g, ' ').trim();
const tight = (text) => (text || '').replace(/\s+/g, '');
const SILENT = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'NOSCRIPT', 'HEAD']);

// A text from the locale files, with its placeholders standing for anything.
function pattern(template, packed) {
  const strip = packed ? tight : squeeze;
  const parts = template.split(/\{[^{}]*\}/).map((part) => strip(part).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return parts.join(packed ? '.*?' : ' ?.*? ?');
}

function* everything(root) {
  for (const element of root.children) {
    yield element;
    if (element.shadowRoot) yield* everything(element.shadowRoot);
    yield* everything(element);
  }
}

const visible = (element) => getComputedStyle(element).display === 'contents' || element.checkVisibility({ checkVisibilityCSS: true, visibilityProperty: true });

function shownText(node) {
  if (node.nodeType === 3) return node.data;
  if (node.nodeType !== 1 && node.nodeType !== 11) return '';
  if (node.nodeType === 1 && (SILENT.has(node.tagName) || !visible(node))) return '';
  const inner = node.shadowRoot ? node.shadowRoot.childNodes
    : node.tagName === 'SLOT' && node.assignedNodes().length ? node.assignedNodes() : node.childNodes;
  return [...inner].map(shownText).join(node.nodeType === 1 && getComputedStyle(node).display === 'inline' ? '' : ' ');
}

function roleOf(element) {
  const explicit = element.getAttribute('role');
  if (explicit) return explicit;
  const type = (element.getAttribute('type') || 'text').toLowerCase();
  switch (element.tagName) {
    case 'BUTTON': case 'SUMMARY': return 'button';
    case 'A': return element.hasAttribute('href') ? 'link' : '';
    case 'TEXTAREA': return 'textbox';
    case 'SELECT': return 'combobox';
    case 'DIALOG': return 'dialog';
    case 'FIELDSET': return 'group';
    case 'OPTION': return 'option';
    case 'LI': return 'listitem';
    case 'H1': case 'H2': case 'H3': case 'H4': return 'heading';
    case 'INPUT':
      if (['button', 'submit', 'reset'].includes(type)) return 'button';
      if (['radio', 'checkbox'].includes(type)) return type;
      if (type === 'file') return 'button';
      if (type === 'search') return 'searchbox';
      return type === 'hidden' ? '' : 'textbox';
    default: return '';
  }
}

function nameOf(element) {
  const by = element.getAttribute('aria-labelledby');
  if (by) {
    const root = element.getRootNode();
    return squeeze(by.split(/\s+/).map((id) => root.getElementById(id)).map((it) => it && it.textContent).join(' '));
  }
  if (element.getAttribute('aria-label')) return squeeze(element.getAttribute('aria-label'));
  if (element.labels && element.labels.length) return squeeze([...element.labels].map(labelText).join(' '));
  if (element.tagName === 'FIELDSET') return squeeze(element.querySelector('legend')?.textContent);
  return squeeze(labelText(element)) || squeeze(element.getAttribute('alt') || element.title || element.placeholder || element.value);
}

function labelText(node) {
  if (node.nodeType === 3) return node.data;
  if (node.nodeType !== 1 || node.getAttribute('aria-hidden') === 'true' || SILENT.has(node.tagName)) return '';
  if (['TEXTAREA', 'SELECT'].includes(node.tagName)) return '';
  // As browsers name a control: what stands in a line is one word with what stands beside it.
  const apart = (child) => (child.nodeType === 1 && getComputedStyle(child).display !== 'inline' ? ' ' : '');
  return [...node.childNodes].map((child) => apart(child) + labelText(child) + apart(child)).join('');
}

// The dialog that shuts off everything else, if one does.
function modal() {
  let found = null;
  for (const element of everything(document)) if (element.matches('dialog:modal')) found = element;
  return found;
}

// All shown elements of a role whose name fits, the exact ones first; behind a modal dialog nothing is within reach.
function candidates(role, name) {
  const exact = new RegExp('^' + pattern(name, false) + '$', 'su');
  const within = new RegExp(pattern(name, false), 'su');
  const found = [];
  for (const element of everything(modal() || document)) {
    if (roleOf(element) !== role || !visible(element)) continue;
    const own = nameOf(element);
    if (exact.test(own)) found.push([0, element]);
    else if (within.test(own)) found.push([1, element]);
  }
  return found.sort((one, other) => one[0] - other[0]).map(([, element]) => element);
}

function deepest(x, y) {
  let hit = document.elementFromPoint(x, y);
  while (hit && hit.shadowRoot) {
    const inner = hit.shadowRoot.elementFromPoint(x, y);
    if (!inner || inner === hit) break;
    hit = inner;
  }
  return hit;
}

function contains(outer, node) {
  for (let at = node; at; at = at.parentNode || at.host) if (at === outer) return true;
  return false;
}

const describe = (element) => element
  ? `<${element.tagName.toLowerCase()}> ${roleOf(element)} "${nameOf(element).slice(0, 60)}"` : 'nothing';

// Where to press to reach a control: its middle, or its label's if the control itself is drawn by the label.
function place(element) {
  let target = element;
  const box = element.getBoundingClientRect();
  if (element.labels && element.labels.length
    && (box.width < 8 || box.height < 8 || getComputedStyle(element).opacity === '0')) target = element.labels[0];
  const inView = (at) => at.top >= 0 && at.left >= 0 && at.bottom <= innerHeight && at.right <= innerWidth;
  if (!inView(target.getBoundingClientRect())) target.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
  let at = target.getClientRects()[0] || target.getBoundingClientRect();
  let x = Math.floor(at.left + at.width / 2), y = Math.floor(at.top + at.height / 2);
  let hit = deepest(x, y);
  if (hit && !contains(target, hit)) {
    target.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    at = target.getClientRects()[0] || target.getBoundingClientRect();
    x = Math.floor(at.left + at.width / 2); y = Math.floor(at.top + at.height / 2);
    hit = deepest(x, y);
  }
  const label = hit && hit.closest && hit.closest('label');
  const free = !!hit && (contains(target, hit) || contains(element, hit) || (label && label.control === element));
  return { x, y, free, disabled: !!element.disabled, over: describe(hit), what: describe(element) };
}

function locate(role, name) {
  const found = candidates(role, name);
  return found.length ? place(found[0]) : null;
}

function active() {
  let at = document.activeElement;
  while (at && at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
  return at;
}

function widgets() {
  return [...everything(document)].filter((element) => element.tagName === 'ALL-EARS');
}

// What stands on the screen now, for a failure's report.
function overview() {
  const controls = [];
  for (const element of everything(document)) {
    const role = roleOf(element);
    if (['button', 'link', 'textbox', 'searchbox', 'radio', 'checkbox', 'combobox', 'heading'].includes(role) && visible(element)) {
      controls.push(`${role} "${nameOf(element).slice(0, 70)}"`);
    }
  }
  return controls.slice(-40).join('; ');
}
