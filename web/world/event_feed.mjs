// A workspace's events as they happen, oldest first, read from the Events resource.

export const PAGE = 150; // A page of them is read and parsed in a few milliseconds.

// The header of an account's requests.
export function basic({ accountSid, authToken }) {
  return `Basic ${btoa(`${accountSid}:${authToken}`)}`;
}

export class EventFeed {
  #fetch;
  #list;
  #headers;
  #last = 0; // the number of the last event that was read
  #since = '1970-01-01T00:00:00Z';

  constructor({ fetch, baseUrl, ...account }, workspace) {
    this.#fetch = fetch;
    this.#list = `${baseUrl}/v1/Workspaces/${workspace}/Events`;
    this.#headers = { Authorization: basic(account) };
  }

  // Passes over what there is. Answers the last of it, oldest first.
  async skip() {
    return this.#read({ PageSize: PAGE });
  }

  // The list has the newest first. The page before the last event that was read is the one after it
  // in time; the emulator's page tokens and events' SIDs hold an event's number.
  async read() {
    return this.#read({
      PageSize: PAGE,
      PageToken: `PB0_0_-${this.#last}`,
      StartDate: this.#since,
    });
  }

  async #read(fields) {
    const query = new URLSearchParams(fields);
    const response = await this.#fetch(`${this.#list}?${query}`, { headers: this.#headers });
    if (!response.ok) throw new Error(`The events could not be read: ${response.status}`);
    const { events } = await response.json();
    if (events.length > 0) {
      this.#last = Number(`0x${events[0].sid.slice(18)}`);
      this.#since = events[0].event_date;
    }
    return events.reverse();
  }
}
