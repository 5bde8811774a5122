// What TaskRouter calls a program with, and how it is answered.
import { call, jsonText } from './call.mjs';
import { handle, jsonResponse } from './handle.mjs';
import { TextModule } from './loader.mjs';
import { Verifier } from './signature.mjs';

const WASM = new URL('./webhooks.wasm', import.meta.url);
const encoder = new TextEncoder();

function bytesOf(body = '') {
  if (body instanceof Uint8Array) return body;
  return body instanceof ArrayBuffer ? new Uint8Array(body) : encoder.encode(String(body));
}

export class Webhooks {
  #module;
  #verifier;

  static async create({ authToken, wasm } = {}) {
    const loaded = [TextModule.load(WASM, wasm), Verifier.create(authToken)];
    return new Webhooks(...(await Promise.all(loaded)));
  }

  constructor(module, verifier) {
    this.#module = module;
    this.#verifier = verifier;
  }

  async verify({ url, signature, body }) {
    const bytes = bytesOf(body);
    const texts = this.#read('signed_texts', String(url), bytes);
    await this.#verifier.verify(texts, bytes, signature);
  }

  readAssignment(body) {
    return this.#read('read_assignment', bytesOf(body));
  }

  readEvent(body) {
    return this.#read('read_event', bytesOf(body));
  }

  readListedEvent(event) {
    return this.#read('read_listed_event', jsonText('the event', event));
  }

  writeInstruction(instruction) {
    return this.#instruct('write_instruction', instruction);
  }

  updateFields({ workspace_sid, task_sid, reservation_sid }, instruction) {
    const sids = [workspace_sid, task_sid, reservation_sid].map((sid) => String(sid ?? ''));
    return JSON.parse(this.#instruct('update_fields', instruction, ...sids));
  }

  handleAssignment(request, onAssignment, options) {
    const answer = async (callback) => {
      const instruction = await onAssignment(callback);
      return jsonResponse(200, instruction ? this.writeInstruction(instruction) : '');
    };
    return this.#handle(request, (body) => this.readAssignment(body), answer, options);
  }

  handleEvent(request, onEvent, options) {
    const answer = async (event) => {
      await onEvent(event);
      return new Response(null, { status: 204 });
    };
    return this.#handle(request, (body) => this.readEvent(body), answer, options);
  }

  #handle(request, read, answer, options) {
    const verify = (signed) => this.verify(signed);
    return handle(request, { verify, read, answer }, options);
  }

  #instruct(name, { instruction, ...fields }, ...sids) {
    const json = jsonText('the instruction', fields);
    return call(this.#module, 'argument', name, [String(instruction), json, ...sids]);
  }

  #read(name, ...texts) {
    return JSON.parse(call(this.#module, 'body', name, texts));
  }
}
