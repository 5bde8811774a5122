// Whether the page plays on the server that it came from, and the addresses of either way.

const NAME = 'in-page';

// Whether that server is an emulator's: then it marks the document.
export function isServed() {
  return document.documentElement.dataset.served === 'yes';
}

// Whether a person wants to play there.
export function wantsServer() {
  return !new URLSearchParams(location.search).has(NAME);
}

export function inPage(hash = '') {
  return `?${NAME}${hash}`;
}

export function onServer() {
  return location.pathname;
}
