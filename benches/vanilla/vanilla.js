// The floor: a launcher and a feedback form (rating, text, contact) as a careful web developer writes them by hand.
// One file, no dependency, and no more than that: no storage, no other language, no second attempt when sending fails.
(() => {
  const endpoint = document.currentScript.dataset.endpoint;
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    .launcher, dialog { position: fixed; inset: auto 16px 16px auto; font: 16px/1.5 system-ui, sans-serif; }
    .launcher, .send { min-height: 48px; padding: 0 20px; border: 0; border-radius: 24px; background: #23513c; color: #fff; font: inherit; }
    dialog { width: min(400px, 100vw - 32px); box-sizing: border-box; margin: 0; padding: 20px; border: 1px solid #8883; border-radius: 16px; }
    h2 { margin: 0 0 12px; font-size: 20px; }
    form, label, fieldset { display: grid; gap: 8px; }
    form { gap: 16px; }
    fieldset { grid-template-columns: repeat(5, 1fr); margin: 0; padding: 0; border: 0; }
    fieldset label { justify-items: center; }
    textarea, input[type=email] { padding: 10px; border: 1px solid #767676; border-radius: 8px; font: inherit; }
    .close { position: absolute; inset: 8px 8px auto auto; width: 44px; height: 44px; border: 0; background: none; font-size: 24px; }
    :focus-visible { outline: 3px solid #23513c; outline-offset: 2px; }`);
  root.adoptedStyleSheets = [sheet];
  const points = [1, 2, 3, 4, 5];
  root.innerHTML = `
    <button class="launcher">Give feedback</button>
    <dialog aria-labelledby="title">
      <h2 id="title">How are we doing?</h2>
      <form>
        <fieldset>
          <legend>Your rating, from 1 to 5</legend>
          ${points.map((point) => `<label><input type="radio" name="rating" value="${point}" required>${point}</label>`).join("")}
        </fieldset>
        <label>What would you like to tell us?<textarea name="text" rows="4" maxlength="5000"></textarea></label>
        <label>Your email, if you would like an answer<input name="email" type="email" autocomplete="email"></label>
        <button class="send">Send</button>
      </form>
      <p role="status"></p>
      <button class="close" aria-label="Close">×</button>
    </dialog>`;
  const [launcher, dialog, form, status, close] = [".launcher", "dialog", "form", "[role=status]", ".close"].map((it) => root.querySelector(it));
  launcher.onclick = () => dialog.showModal();
  close.onclick = () => dialog.close();
  form.onsubmit = async (event) => {
    event.preventDefault();
    status.textContent = "Sending…";
    try {
      const body = JSON.stringify(Object.fromEntries(new FormData(form)));
      const answer = await fetch(endpoint, { method: "POST", headers: { "Content-Type": "application/json" }, body });
      if (!answer.ok) throw answer.status;
      form.reset();
      status.textContent = "Thank you. We have it.";
    } catch {
      status.textContent = "It has not arrived yet. Please press Send again.";
    }
  };
  document.body.append(host);
  window.feedback = { destroy: () => host.remove() };
})();
