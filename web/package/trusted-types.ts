/** Trusted Types: the one policy that the content policy knows, made once in a page or worker that needs it. */

export interface ScriptPolicy {
  /** What it gives is passed on as it is to where the browser wants an address. */
  createScriptURL(text: string): string;
}

interface TrustedTypes {
  createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy;
}

/** `createScriptURL` says which address a script may have, or throws. Where browsers lack Trusted Types it is all there is. */
export function makePolicy(createScriptURL: ScriptPolicy['createScriptURL']): ScriptPolicy {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  return trustedTypes?.createPolicy('lentigo', { createScriptURL }) ?? { createScriptURL };
}
