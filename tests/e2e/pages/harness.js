// A stand-in for the widget: enough of a shadow root to prove the harness by.
const root = document.getElementById('host').attachShadow({ mode: 'open' });
const add = (parent, name, words, attributes = {}) => {
  const element = document.createElement(name);
  element.textContent = words;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return parent.appendChild(element);
};
const opener = add(root, 'button', 'Open the box');
const box = add(root, 'dialog', '');
add(box, 'h2', 'A box');
const label = add(box, 'label', 'Your words');
const field = add(label, 'textarea', '');
const group = add(box, 'fieldset', '');
add(group, 'legend', 'How was it?');
for (const [value, words] of [[1, 'Poor'], [2, 'Good']]) {
  const choice = add(group, 'label', words);
  add(choice, 'input', '', { type: 'radio', name: 'how', value });
}
const echo = add(box, 'p', '');
add(box, 'button', 'Keep', { 'aria-label': 'Keep these words' }).addEventListener('click', () => {
  echo.textContent = `Kept: ${field.value}`;
});
opener.addEventListener('click', () => box.showModal());
