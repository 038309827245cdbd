/** Where model and engine come from: bytes that the caller has, or an address. */
import { Fault, type LentigoFault } from './fault';
import type { FileSource, Progress } from './types';
import { compileFrom } from './wasm-module';

/** The same in a form that goes to a worker: an address is whole. */
export type Place = Uint8Array<ArrayBuffer> | Blob | string;

export type Tell = (progress: Progress) => void;

/** A copy: what the caller has stays the caller's. */
export function copyBytes(bytes: ArrayBuffer | ArrayBufferView): Uint8Array<ArrayBuffer> {
  const view = ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
  return view.slice() as Uint8Array<ArrayBuffer>;
}

export const isBytes = (value: unknown): value is ArrayBuffer | ArrayBufferView =>
  value instanceof ArrayBuffer || ArrayBuffer.isView(value);

/** `what` names the option in the error. */
export function placeOf(source: FileSource, what: string): Place {
  if (isBytes(source)) return copyBytes(source);
  if (typeof Blob === 'function' && source instanceof Blob) return source;
  try {
    return new URL(source as URL | string, globalThis.document?.baseURI ?? globalThis.location?.href).href;
  } catch {
    throw new Fault('LT_ARGUMENT', `${what}: neither bytes nor an address: ${String(source)}`);
  }
}

/** Node's own reader of files: its fetch refuses file: addresses. Undefined in browsers. */
function fileReader(): { readFile(url: URL): Promise<Uint8Array<ArrayBuffer>> } | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): never } };
  return process?.getBuiltinModule?.('node:fs/promises');
}

const isFile = (address: string) => address.startsWith('file:');

async function readFile(address: string): Promise<Uint8Array<ArrayBuffer>> {
  const reader = fileReader();
  return reader ? reader.readFile(new URL(address)) : new Uint8Array(await (await fetch(address)).arrayBuffer());
}

async function readResponse(response: Response, tell: Tell): Promise<Uint8Array<ArrayBuffer>> {
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  /* Of what is sent compressed the length is not that of the bytes that come out. */
  const total = response.headers.has('Content-Encoding') ? 0 : Number(response.headers.get('Content-Length') ?? 0);
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array(await response.arrayBuffer());
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    received += part.value.length;
    tell({ received, total });
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** The bytes at a place; where they cannot be had, `refusal` with the address. */
export async function readPlace(place: Place, refusal: LentigoFault, tell: Tell): Promise<Uint8Array<ArrayBuffer>> {
  if (place instanceof Uint8Array) return place;
  try {
    if (place instanceof Blob) return new Uint8Array(await place.arrayBuffer());
    return isFile(place) ? await readFile(place) : await readResponse(await fetch(place), tell);
  } catch (error) {
    throw new Fault(refusal, `${String(place)}: ${(error as Error).message}`);
  }
}

export async function compilePlace(place: Place): Promise<WebAssembly.Module> {
  if (typeof place === 'string' && !isFile(place)) return compileFrom(new URL(place));
  return WebAssembly.compile(await readPlace(place, 'engine-load', () => undefined));
}
