// Says where calls go.
import { element } from '../page/dom.mjs';

function hostOf(base) {
  try {
    return new URL(base).host || base;
  } catch {
    return base;
  }
}

function bold(text) {
  return element('b', { id: 'live-host' }, text);
}

export function bannerOf(mode, base, proxy) {
  if (mode === 'build') {
    return [
      element('strong', {}, 'Nothing is sent. '),
      'The request is built here and shown as code, for ',
      bold(hostOf(base) || 'nowhere yet'),
      '.',
    ];
  }
  if (mode === 'proxy') {
    return [
      element('strong', {}, 'Live. '),
      'This call goes through the proxy on your machine to ',
      bold(hostOf(proxy.address)),
      ` as ${proxy.account}. It changes what is there. The proxy holds the credentials; this page has none. ` +
        'The call stays in Inspect’s timeline until the page is closed.',
    ];
  }
  return [
    element('strong', {}, 'Live. '),
    'This call leaves the page and goes to ',
    bold(hostOf(base) || 'nowhere yet'),
    '. It changes what is there. Your credentials stay in this page’s memory and are forgotten when you leave. ' +
      'The call itself stays in Inspect’s timeline until the page is closed.',
  ];
}
