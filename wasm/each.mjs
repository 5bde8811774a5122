// Walks over a list, page by page.
import { TaskRouterError } from './error.mjs';

const PAGES = 10000; // At most: a list that goes on after them is no list.
const PAGE_SIZE = 1000; // The most that TaskRouter gives at once.

const problem = (message) => new TaskRouterError('body', message, { field: 'meta.next_page_url' });

// Where a list goes on. Nothing else is taken from the URL, so that it can lead no call to another host.
function placeIn(url) {
  try {
    const query = new URL(url).searchParams;
    const page = query.get('Page');
    return { page: page === null ? page : Number(page), page_token: query.get('PageToken') };
  } catch {
    throw problem('the URL of the next page is none');
  }
}

export async function* each(client, operation, fields, { limit = Infinity, signal } = {}) {
  if (!/^List/.test(operation)) throw new TaskRouterError('argument', `${operation} does not answer with a list`);
  const places = new Set();
  let asked = { page_size: limit === Infinity ? undefined : Math.min(limit, PAGE_SIZE), ...fields };
  for (let left = limit; left > 0; ) {
    const page = await client.send(operation, asked, { signal });
    const items = Object.values(page).find(Array.isArray).slice(0, left);
    yield* items;
    left -= items.length;
    const next = page.meta.next_page_url;
    if (!next) return;
    if (places.has(next)) throw problem('a page comes twice: the list would not end');
    places.add(next);
    if (places.size === PAGES) throw problem(`the list has more than ${PAGES} pages`);
    asked = { ...asked, ...placeIn(next) };
  }
}
