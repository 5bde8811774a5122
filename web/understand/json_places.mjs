// Reads JSON, remembers where everything stands, and names the character at which it stops being JSON.

const DEEPEST = 64;
const ESCAPES = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', '/': '/' };
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORDS = { true: true, false: false, null: null };

class Failure extends Error {
  constructor(message, at) {
    super(message);
    this.at = at;
  }
}

class Reader {
  places = new Map(); // path such as `filters/0/expression` -> { begin, end, inside }

  #text;
  #at = 0;

  constructor(text) {
    this.#text = text;
  }

  read() {
    const value = this.#value('', 0);
    this.#skip();
    if (this.#at < this.#text.length) this.#fail('the end was expected here');
    return value;
  }

  #fail(message) {
    throw new Failure(message, Math.min(this.#at, this.#text.length));
  }

  #skip() {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? 'x')) this.#at += 1;
  }

  #take(letter) {
    this.#skip();
    if (this.#text[this.#at] !== letter) return false;
    this.#at += 1;
    return true;
  }

  #value(path, depth) {
    if (depth > DEEPEST) this.#fail('it is nested too deep');
    this.#skip();
    const place = { begin: this.#at };
    let value;
    const letter = this.#text[this.#at];
    if (letter === '{') value = this.#object(path, depth);
    else if (letter === '[') value = this.#array(path, depth);
    else if (letter === '"') [value, place.inside] = this.#string();
    else value = this.#plain();
    this.places.set(path, Object.assign(place, { end: this.#at }));
    return value;
  }

  #plain() {
    for (const [word, value] of Object.entries(WORDS)) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    NUMBER.lastIndex = this.#at;
    const [number] = NUMBER.exec(this.#text) ?? [];
    if (number === undefined) this.#fail('a value was expected here: {, [, a text in double quotes, a number');
    this.#at += number.length;
    return Number(number);
  }

  #object(path, depth) {
    const entries = [];
    this.#at += 1;
    if (this.#take('}')) return {};
    do {
      this.#skip();
      if (this.#text[this.#at] !== '"') this.#fail('a key in double quotes was expected here');
      const [key] = this.#string();
      if (!this.#take(':')) this.#fail('a colon was expected here');
      entries.push([key, this.#value(path ? `${path}/${key}` : key, depth + 1)]);
    } while (this.#take(','));
    if (!this.#take('}')) this.#fail('a comma or } was expected here');
    return Object.fromEntries(entries);
  }

  #array(path, depth) {
    const items = [];
    this.#at += 1;
    if (this.#take(']')) return items;
    do items.push(this.#value(path ? `${path}/${items.length}` : `${items.length}`, depth + 1));
    while (this.#take(','));
    if (!this.#take(']')) this.#fail('a comma or ] was expected here');
    return items;
  }

  // Answers the text, and for each of its characters and its end where it stands.
  #string() {
    const inside = [];
    let value = '';
    this.#at += 1;
    for (;;) {
      const letter = this.#text[this.#at];
      if (letter === undefined || letter < ' ') this.#fail('the quotation mark at the end is missing');
      inside.push(this.#at);
      this.#at += 1;
      if (letter === '"') return [value, inside];
      value += letter === '\\' ? this.#escape() : letter;
    }
  }

  #escape() {
    const letter = this.#text[this.#at];
    const code = this.#text.slice(this.#at + 1, this.#at + 5);
    if (letter === 'u' && /^[0-9a-fA-F]{4}$/.test(code)) {
      this.#at += 5;
      return String.fromCharCode(parseInt(code, 16));
    }
    if (!Object.hasOwn(ESCAPES, letter ?? '')) this.#fail('this is no escape');
    this.#at += 1;
    return ESCAPES[letter];
  }
}

// Answers { value, places } or { failure: { message, at } }.
export function readJson(text) {
  const reader = new Reader(text);
  try {
    return { value: reader.read(), places: reader.places };
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return { failure: { message: failure.message, at: failure.at } };
  }
}

// 1 for the first line and the first character.
export function lineAndColumn(text, at) {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: before.at(-1).length + 1 };
}
