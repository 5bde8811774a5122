// Style sheets of rooms that are not entered first.
import { element } from './dom.mjs';

const loaded = new Map();

// Resolves when the sheet styles the page, or can't be had.
export function loadStyle(path) {
  if (!loaded.has(path)) {
    const link = element('link', { rel: 'stylesheet', href: path });
    loaded.set(
      path,
      new Promise((resolve) => {
        link.addEventListener('load', resolve);
        link.addEventListener('error', resolve);
      }),
    );
    document.head.append(link);
  }
  return loaded.get(path);
}
