// Tells the lab of every sentence about delivery in the moment in which it stands in the page, by a request that nothing
// of the page outruns; and of those that say that words are kept here, whether the store has them.
const watch = (sentences, words) => {
  const root = document.querySelector('all-ears').shadowRoot;
  const Way = XMLHttpRequest;
  const later = setTimeout;
  const lookMsMax = 5000;
  // Firefox does other work while a page waits for an answer, and what its store was at is over by then: there the request is
  // made and not waited for.
  const waits = !navigator.userAgent.includes('Firefox');
  let stores;
  try { stores = indexedDB; } catch { /* The page has none, so nothing is kept here. */ }
  const tell = (what) => {
    const told = new Way();
    told.open('GET', '/shown/' + what + '?' + encodeURIComponent(words), !waits);
    // The page is being left, or may not read the answer: it is told all the same.
    try { told.send(); } catch { /* … */ }
  };
  const isHere = () => new Promise((resolve) => {
    later(resolve, lookMsMax, false);
    const request = stores.open('all-ears');
    request.onupgradeneeded = () => request.transaction.abort();
    request.onerror = () => resolve(false);
    request.onsuccess = () => {
      const db = request.result;
      db.onversionchange = () => db.close();
      const all = db.transaction('items').objectStore('items').getAll();
      all.onsuccess = () => {
        db.close();
        resolve(all.result.some(({ body }) => body.includes(JSON.stringify(words))));
      };
    };
  });
  const shown = () => Object.keys(sentences).filter((key) => root.textContent.includes(sentences[key]));
  let last = shown();
  const look = () => {
    const now = shown();
    const fresh = now.filter((key) => !last.includes(key));
    last = now;
    for (const key of fresh) {
      tell(key);
      if (!/^(saved|held)$/.test(key)) continue;
      isHere().catch(() => false).then((here) => tell(key + (here ? '-here' : '-absent')));
    }
  };
  new MutationObserver(look).observe(root, { subtree: true, childList: true, characterData: true });
};
