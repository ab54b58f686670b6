// Tools of the fault lab, run in the page. `sender` is the file that the widget itself uses: the same module, the same
// sender, the same store. `shelf` is what a customer does with what lies there.
const tools = (sender, shelf) => {
  const load = async (file) => import(new URL(file.split(' ')[0], new URL(sender, location)));
  const own = async () => (await import(sender)).createSender(load);
  const hands = async () => (await import(shelf)).createShelf(await own());
  const open = () => new Promise((resolve, reject) => {
    const request = indexedDB.open('all-ears');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onupgradeneeded = () => request.transaction.abort();
  });
  const ask = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const uuid = () => {
    const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, '0')).join('');
    return `0199${hex.slice(4, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  };
  return {
    submit: async (words, endpoint) => {
      const to = await own();
      return Promise.all(words.map((text) => {
        const id = uuid();
        const body = JSON.stringify({
          schema: 'all-ears/submission/1', id, kind: 'feedback', created_at: new Date().toISOString(), locale: 'en',
          site: location.origin, feedback: { text },
        });
        const where = { url: location.origin + '/v1/submissions', timeout_seconds: 2, ...endpoint };
        return to.submit({ id, kind: 'feedback', endpoint: where, body }).then((change) => change.state);
      }));
    },
    // How long each of so many takes from the press to the answer that it is durably stored, in milliseconds.
    durable: async (count) => {
      const to = await own();
      const spent = [];
      for (let at = 0; at < count; at++) {
        const id = uuid();
        const body = JSON.stringify({ id, text: 'x'.repeat(2000) });
        const start = performance.now();
        const { state } = await to.submit({ id, kind: 'feedback', body, endpoint: { url: location.origin + '/v1/submissions' } });
        spent.push(performance.now() - start);
        if (state !== 'stored') throw new Error(state);
        await (await hands()).remove(id);
      }
      return spent;
    },
    items: async () => {
      let db;
      try { db = await open(); } catch { return []; }
      const items = await ask(db.transaction('items').objectStore('items').getAll());
      db.close();
      return items.map((item) => {
        let words;
        try { words = JSON.parse(item.body).feedback.text; } catch { words = item.body; }
        return { id: item.id, state: item.state, attempts: item.attempts, status: item.last_status, words };
      });
    },
    // Changes every item, or a gate, as a body of a function of one argument.
    edit: async (items, gates) => {
      const db = await open();
      const transaction = db.transaction(['items', 'meta'], 'readwrite');
      const [store, meta] = [transaction.objectStore('items'), transaction.objectStore('meta')];
      for (const item of await ask(store.getAll())) {
        items(item);
        store.put(item, item.id);
      }
      const all = await ask(meta.get('gates'));
      for (const gate of Object.values(all ?? {})) if (gate) gates(gate);
      if (all) meta.put(all, 'gates');
      await new Promise((resolve) => (transaction.oncomplete = resolve));
      db.close();
    },
    year: async (ms) => tools(sender, shelf).edit(
      (item) => { item.created_ms += ms; item.last_try_ms += ms; },
      (gate) => { gate.until_ms += ms; gate.set_ms += ms; gate.floor_ms += ms; }),
    later: async (ms) => tools(sender, shelf).edit(
      (item) => { if (item.not_before_ms) item.not_before_ms -= ms; },
      (gate) => { gate.until_ms -= ms; gate.set_ms -= ms; gate.floor_ms -= ms; }),
    put: async (item) => {
      await (await hands()).list();
      const db = await open();
      const transaction = db.transaction('items', 'readwrite');
      transaction.objectStore('items').put(item, item.id);
      await new Promise((resolve) => (transaction.oncomplete = resolve));
      db.close();
    },
    clear: () => ask(indexedDB.deleteDatabase('all-ears')).then(() => true),
    // A connection of an older build, which makes way for nobody.
    hold: () => new Promise((resolve, reject) => {
      const request = indexedDB.open('all-ears', 1);
      request.onupgradeneeded = () => {
        for (const name of ['items', 'drafts', 'receipts', 'meta']) request.result.createObjectStore(name);
      };
      request.onerror = () => reject(request.error);
      request.onsuccess = () => { window.held = request.result; resolve(true); };
    }),
    upgrade: (version) => new Promise((resolve, reject) => {
      const request = indexedDB.open('all-ears', version);
      request.onupgradeneeded = () => {
        for (const name of ['items', 'drafts', 'receipts', 'meta', 'files', 'blobs', 'of a later build']) request.result.createObjectStore(name);
      };
      request.onerror = () => reject(request.error);
      request.onsuccess = () => resolve(request.result.close());
    }),
    // Bodies with these words, then bodies of these lengths.
    raw: async (words, sizes) => {
      const to = await own();
      const make = (text) => {
        const id = uuid();
        return { id, text: JSON.stringify({ schema: 'all-ears/submission/1', id, kind: 'feedback',
          created_at: new Date().toISOString(), locale: 'en', site: location.origin, feedback: { text } }) };
      };
      const all = [...words.map(make), ...sizes.map((size) => make('x'.repeat(size - make('').text.length)))];
      const states = await Promise.all(all.map(({ id, text }) => to.submit({ id, kind: 'feedback', body: text,
        endpoint: { url: location.origin + '/v1/submissions' } }).then((change) => change.state)));
      return { states, bodies: all.map(({ text }) => text) };
    },
    // What the loader looks at, to know whether the sender has something to do.
    isMarked: async () => {
      const mark = 'all-ears:pending';
      if (localStorage[mark]) return 'in localStorage';
      const all = await indexedDB.databases().catch((error) => String(error));
      return typeof all === 'string' ? all : all.some(({ name }) => name === mark) && 'as a database';
    },
    drain: async () => { (await own()).drain(); },
    sendNow: async () => { await (await hands()).sendNow(); },
  };
};
