// Builds elements. Every piece of text becomes a text node: markup in a value is shown, never run.

function fill(node, properties, children) {
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (typeof value === 'boolean') node.toggleAttribute(key, value);
    else if (value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== undefined && child !== null));
  return node;
}

// element('p', { class: 'hint', hidden: true }, 'text', child)
export function element(name, properties = {}, ...children) {
  return fill(document.createElement(name), properties, children);
}

export function drawing(name, properties = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name), properties, children);
}

// A button that does something when it is pressed.
export function button(label, onclick, properties = {}) {
  return element('button', { type: 'button', onclick, ...properties }, label);
}

export function byId(id) {
  return document.getElementById(id);
}

// Changes the text only if it differs, so that screen readers hear each change once.
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// Changes an attribute only if it differs.
export function setAttribute(node, name, value) {
  if (value === undefined || value === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
}

// Makes the children of `parent` those of `items`, keeping the ones that are there already, with
// what is typed in them and with the focus.
// key(item): a text. make(item): an element. update(element, item): brings it up to date.
export function keep(parent, items, { key, make, update }) {
  const wanted = new Set(items.map(key));
  const old = new Map();
  for (const child of [...parent.children]) {
    if (wanted.has(child.dataset.key)) old.set(child.dataset.key, child);
    else child.remove();
  }
  let at = parent.firstElementChild;
  for (const item of items) {
    const name = key(item);
    let child = old.get(name);
    if (!child) {
      child = make(item);
      child.dataset.key = name;
    }
    update?.(child, item);
    if (child === at) at = at.nextElementSibling;
    else parent.insertBefore(child, at);
  }
}

// Says a sentence to screen readers. The sentence is visible elsewhere on the page.
export function announce(text) {
  byId('announcer').append(element('p', {}, text));
  while (byId('announcer').childElementCount > 3) byId('announcer').firstElementChild.remove();
}
