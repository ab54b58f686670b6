// A button that asks, one that asks a moment after the press, and one that asks for what is not there.
const add = (tag, text, press) => {
  const node = document.createElement(tag);
  node.textContent = text;
  if (tag === 'input') node.setAttribute('aria-label', text);
  if (press) node.addEventListener('click', press);
  document.querySelector('main').append(node);
};
add('input', 'Search the shop');
add('button', 'Rate your pair', () => allEars('ask', 'post-purchase'));
add('button', 'Add to the bag', () => setTimeout(() => allEars('ask', 'post-purchase'), 300));
add('button', 'Rate nothing', () => allEars('ask', 'no-such'));
