// The secret that the link of `sh web/demo.sh --live` brings. It is kept for this tab, so that the page
// can be loaded again, and it leaves the address, so that nobody shares it by mistake.

const NAME = 'taskrouter.proxy';

// Takes the secret out of the address, which then leads to live mode. Called before anyone reads it.
export function takeProxySecret() {
  const [, secret] = location.hash.match(/^#proxy=([\w-]{1,100})$/) ?? [];
  if (!secret) return;
  sessionStorage.setItem(NAME, secret);
  history.replaceState(null, '', '#live');
}

export function proxySecret() {
  return sessionStorage.getItem(NAME) ?? undefined;
}

export function forgetProxySecret() {
  sessionStorage.removeItem(NAME);
}
