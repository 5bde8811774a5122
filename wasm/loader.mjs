// Loads a WebAssembly module of this package and calls its functions, which take and give text.

const encoder = new TextEncoder();
const decoder = new TextDecoder();

async function compileResponse(response) {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  if (WebAssembly.compileStreaming) {
    try {
      return await WebAssembly.compileStreaming(response.clone());
    } catch (error) {
      // A server that does not know the type application/wasm is no reason to fail.
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return WebAssembly.compile(await response.arrayBuffer());
}

async function compileUrl(url) {
  if (url.protocol !== 'file:') return compileResponse(await fetch(url));
  const name = 'node:fs/promises'; // Not a literal: bundlers for browsers would look for it.
  const { readFile } = await import(/* webpackIgnore: true */ /* @vite-ignore */ name);
  return WebAssembly.compile(await readFile(url));
}

// source: a WebAssembly.Module, a Response, the bytes or a URL, or a promise of one.
export async function compile(source) {
  const given = await source;
  if (given instanceof WebAssembly.Module) return given;
  if (typeof given === 'string' || given instanceof URL) {
    return compileUrl(new URL(given, globalThis.location?.href));
  }
  if (typeof given?.arrayBuffer === 'function') return compileResponse(given);
  return WebAssembly.compile(given);
}

const compiled = new Map(); // The package's own modules, by URL: compiled once.

function compileOnce(url) {
  if (!compiled.has(url.href)) {
    const module = compileUrl(url);
    module.catch(() => compiled.delete(url.href));
    compiled.set(url.href, module);
  }
  return compiled.get(url.href);
}

// What a module imports depends on the compiler's version. None of it is needed.
const functions = new Proxy(
  {},
  {
    get: (_, name) => () => {
      if (name === 'proc_exit') throw new WebAssembly.RuntimeError('the module gave up');
      return 52; // ENOSYS
    },
  },
);
const imports = new Proxy({}, { get: () => functions });

export class TextModule {
  #module;
  #exports;

  // url: where the package has the module. source: where its user wants it from, if anywhere.
  static async load(url, source) {
    const module = await (source === undefined ? compileOnce(url) : compile(source));
    const instance = await WebAssembly.instantiate(module, imports);
    return new TextModule(module, instance);
  }

  constructor(module, instance) {
    this.#module = module;
    this.#start(instance);
  }

  #start(instance) {
    this.#exports = instance.exports;
    this.#exports._initialize?.();
  }

  // Calls an exported function with texts (strings or bytes) and numbers.
  call(name, texts, ...numbers) {
    if (!this.#exports) {
      this.#start(new WebAssembly.Instance(this.#module, imports));
    }
    const exports = this.#exports;
    try {
      const sizes = this.#write(texts);
      const ok = exports[name](...sizes, ...numbers) === 1;
      const bytes = new Uint8Array(exports.memory.buffer, exports.output(), exports.output_size());
      const text = decoder.decode(bytes);
      exports.clear();
      return { ok, text };
    } catch (error) {
      // Out of memory. The next call starts afresh, and nothing of this one is left behind.
      new Uint8Array(exports.memory.buffer).fill(0);
      this.#exports = undefined;
      throw error;
    }
  }

  // Calls an exported function that gives a number.
  number(name) {
    return this.#exports[name]();
  }

  #write(texts) {
    const parts = texts.map((text) => (typeof text === 'string' ? encoder.encode(text) : text));
    const sizes = parts.map((part) => part.length);
    let at = this.#exports.reserve(sizes.reduce((sum, size) => sum + size, 0));
    const memory = new Uint8Array(this.#exports.memory.buffer); // Not sooner: it may have grown.
    for (const part of parts) {
      memory.set(part, at);
      at += part.length;
    }
    return sizes;
  }
}

// Headers as the modules take them: a `name: value` line each. No value holds a line break.
export function headersText(headers) {
  let text = '';
  for (const [name, value] of headers instanceof Headers ? headers : new Headers(headers)) {
    text += `${name}: ${value}\n`;
  }
  return text;
}
