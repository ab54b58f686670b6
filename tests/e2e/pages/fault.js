// Starts the widget as the address says: `endpoint` (JSON of the config's endpoint), `before` (a patch that the page has
// made before anything of ours comes).
const asked = new URLSearchParams(location.search);
const patches = {
  'open-hangs': () => { IDBFactory.prototype.open = () => new EventTarget(); },
  'no-storage': () => {
    for (const name of ['indexedDB', 'localStorage']) {
      Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });
    }
  },
  'handles': () => {
    window.handles = [];
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...words) {
      const request = open.apply(this, words);
      request.addEventListener('success', () => window.handles.push(request.result));
      return request;
    };
  },
  // What the widget remembers becomes nonsense under a press in its menu; says whether its trap was kept from the console.
  'memory': () => {
    const { instantiate } = WebAssembly;
    let memory;
    WebAssembly.instantiate = async (...values) => {
      const made = await instantiate.apply(WebAssembly, values);
      memory ??= (made.instance ?? made).exports.memory;
      return made;
    };
    addEventListener('pointerdown', (event) => {
      if (!memory || !event.composedPath().some((node) => node.className == 'row')) return;
      new Uint8Array(memory.buffer).fill(255);
      for (const name of ['error', 'unhandledrejection']) {
        addEventListener(name, (trap) => { window.kept = trap.defaultPrevented; }, { once: true });
      }
    }, true);
  },
  'prototypes': () => {
    Object.prototype.mode = 'no-cors';
    Object.prototype.keepalive = 'yes';
    Array.prototype.toJSON = () => 'torn';
  },
};
patches[asked.get('before')]?.();
const endpoint = asked.get('endpoint') ?? '{}';
const config = { ...{ company: { name: 'Fernway Outfitters', contact: { email: 'hello@fernway.example' } } },
  endpoint: { url: '/v1/submissions', receipt: 'strict', timeout_seconds: 2, ...JSON.parse(endpoint) } };
const data = document.createElement('script');
data.type = 'application/json';
data.id = 'config';
data.textContent = JSON.stringify(config);
document.head.append(data);
const script = document.createElement('script');
script.src = '/all-ears/all-ears.js';
script.dataset.config = '#config';
document.head.append(script);
