// Builds elements. Every piece of text becomes a text node: markup in a value is shown, never run.

// element('p', { class: 'hint', hidden: true }, 'text', child)
export function element(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (typeof value === 'boolean') node.toggleAttribute(key, value);
    else if (value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== undefined && child !== null));
  return node;
}

export function byId(id) {
  return document.getElementById(id);
}

// Changes the text only if it differs, so that screen readers hear each change once.
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// Says a sentence to screen readers. The sentence is visible elsewhere on the page.
export function announce(text) {
  byId('announcer').append(element('p', {}, text));
  while (byId('announcer').childElementCount > 3) byId('announcer').firstElementChild.remove();
}
