// The shop's own script: the gallery, the bag, and the buttons that call All Ears.
// Calls made before all-ears.js has arrived wait in the queue and are replayed in order.
window.allEars = window.allEars || function allEars() {
  (window.allEars.q = window.allEars.q || []).push(arguments);
};

function callAllEars(button) {
  const { earsOpen, earsAsk, earsContext } = button.dataset;
  if (earsOpen) window.allEars("open", earsOpen);
  if (earsAsk) window.allEars("ask", earsAsk, JSON.parse(earsContext || "{}"));
}

function showPicture(button) {
  for (const other of document.querySelectorAll("[data-picture]")) {
    const chosen = other === button;
    other.setAttribute("aria-pressed", String(chosen));
    document.getElementById(other.dataset.picture).hidden = !chosen;
  }
}

function addToBag(form) {
  const picked = new FormData(form);
  const count = document.querySelector("[data-bag-count]");
  const said = form.querySelector("[data-bag-said]");
  count.textContent = String(Number(count.textContent) + 1);
  said.textContent = said.dataset.template
    .replace("{colour}", picked.get("colour"))
    .replace("{size}", picked.get("size"));
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (!button) return;
  if (button.dataset.picture) showPicture(button);
  callAllEars(button);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-bag]")) return;
  event.preventDefault();
  addToBag(event.target);
});
