declare const self: ServiceWorkerGlobalScope;

/** The folder the app lies in. */
export const scope = new URL(self.registration.scope);
