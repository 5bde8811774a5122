// Where the page is, as its fragment says: `#inspect/12?kind=event` is room, path and search.

export const ROOMS = ['play', 'understand', 'inspect', 'scenarios', 'live'];

const LONGEST = 100000; // A share link holds a scenario; nobody types more than that.

// A part of a URL, decoded if it can be.
export function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// Reads a fragment. What is not an address of this page leads to the first room.
export function readAddress(fragment) {
  const text = fragment.replace(/^#/, '').slice(0, LONGEST);
  const mark = text.indexOf('?');
  const [room, ...path] = (mark < 0 ? text : text.slice(0, mark)).split('/').map(decoded);
  const search = new URLSearchParams(mark < 0 ? '' : text.slice(mark + 1));
  return ROOMS.includes(room) ? { room, path, search } : { room: ROOMS[0], path: [], search };
}

// writeAddress('inspect', ['12'], { kind: 'event' }) is '#inspect/12?kind=event'.
export function writeAddress(room, path = [], search = {}) {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
  const query = new URLSearchParams(given).toString();
  return `#${[room, ...path].map(encodeURIComponent).join('/')}${query && `?${query}`}`;
}
