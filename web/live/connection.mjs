// The three ways to make a request: straight to a server, through the proxy that serves the page, or
// built and not sent.
import { recordingFetch } from '../world/exchange.mjs';
import { forgetProxySecret, proxySecret } from './proxy_link.mjs';

export const TWILIO = 'https://taskrouter.twilio.com';
const PATIENCE = 5000; // milliseconds to find out why there was no answer

function throughProxy(secret) {
  return (url, init) => {
    const { pathname, search } = new URL(url);
    const headers = init.headers.filter(([name]) => name.toLowerCase() !== 'authorization');
    headers.push(['X-Proxy-Secret', secret]);
    return window.fetch(`${pathname}${search}`, { ...init, headers });
  };
}

// What the proxy says of itself: { address, account }; undefined where there is none, or not any more.
export async function findProxy() {
  const secret = proxySecret();
  if (!secret) return undefined;
  const response = await window.fetch('/proxy.json', {
    headers: { 'X-Proxy-Secret': secret },
    cache: 'no-store',
  });
  if (response.ok) return response.json();
  forgetProxySecret();
  return undefined;
}

// mode: 'direct', 'proxy' or 'build'. typed: { base, account, token }. Answers what TaskRouter.create takes.
export function clientOptions(mode, typed, proxy, onExchange) {
  if (mode === 'proxy') {
    const fetch = recordingFetch(throughProxy(proxySecret()), onExchange);
    // The proxy puts its own credentials in their place.
    return {
      baseUrl: proxy.address,
      accountSid: proxy.account,
      authToken: 'held-by-the-proxy',
      fetch,
    };
  }
  if (mode === 'build')
    return { baseUrl: typed.base, accountSid: `AC${'0'.repeat(32)}`, authToken: 'none' };
  const fetch = recordingFetch((url, init) => window.fetch(url, init), onExchange);
  return { baseUrl: typed.base, accountSid: typed.account, authToken: typed.token, fetch };
}

// Whether a server answers at all. A browser does not tell a page what it answered, nor why a call failed.
export async function isReachable(base) {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    await window.fetch(base, { mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal });
    return true;
  } catch {
    return false;
  }
}
