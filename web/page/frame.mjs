// The frame: five rooms, one of which is shown. A room is loaded when it is entered first, but for Play, where people
// arrive.
import { byId, element } from './dom.mjs';
import * as play from '../play/room.mjs';
import { readAddress, ROOMS, writeAddress } from './router.mjs';

const LOADERS = {
  play: async () => play,
  understand: () => import('../understand/room.mjs'),
  inspect: () => import('../inspect/room.mjs'),
  scenarios: () => import('../scenarios/room.mjs'),
  live: () => import('../live/room.mjs'),
};

// Begins to load a room before it is entered. What goes wrong shows when it is.
export function preload(room) {
  LOADERS[room]().catch(() => {});
}

export class Frame {
  #rooms = new Map(); // name -> a promise of what its mount() answered
  #current;
  #page;
  #loaders;

  // page: what every room is given. The frame adds go(). loaders: of rooms that are others than usual.
  constructor(page, loaders = {}) {
    this.#loaders = { ...LOADERS, ...loaders };
    this.#page = { ...page, go: (...address) => this.go(...address) };
    // A page that is left may be kept in memory and shown again.
    window.addEventListener('pagehide', () => this.#leave());
  }

  // Goes to a room as a link would: go('inspect', ['12'], { kind: 'event' }).
  go(room, path, search) {
    const address = writeAddress(room, path, search);
    if (address === location.hash) return this.enter(readAddress(address));
    location.hash = address;
    return undefined;
  }

  async enter({ room, path, search }) {
    const previous = this.#current;
    this.#current = room;
    if (previous !== room) await this.#leave(previous);
    if (previous !== undefined && previous !== room) window.scrollTo(0, 0);
    for (const name of ROOMS) {
      byId(`room-${name}`).hidden = name !== room;
      if (name === room) byId(`tab-${name}`).setAttribute('aria-current', 'page');
      else byId(`tab-${name}`).removeAttribute('aria-current');
    }
    document.documentElement.dataset.room = room;
    const view = await this.#room(room);
    if (this.#current !== room) return;
    await view?.show?.({ path, search });
    document.documentElement.dataset.ready = room;
  }

  async #leave(name = this.#current) {
    const view = await this.#rooms.get(name);
    view?.hide?.();
  }

  #room(name) {
    if (!this.#rooms.has(name)) {
      const place = byId(`room-${name}`);
      const mounted = this.#loaders[name]()
        .then(({ mount }) => mount(place, this.#page))
        .catch((error) => {
          this.#rooms.delete(name);
          const text = `This part of the page could not be loaded: ${error.message}`;
          place.replaceChildren(element('p', { class: 'notice bad', role: 'alert' }, text));
        });
      this.#rooms.set(name, mounted);
    }
    return this.#rooms.get(name);
  }
}
