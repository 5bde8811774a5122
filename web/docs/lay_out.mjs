// Makes Doxygen's output a site: adds the JavaScript reference, the search and the looks, and takes away what
// is Doxygen's own.
//   node lay_out.mjs SITE TAGS NPM
import { copyFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderTypes } from './types.mjs';

const [site, tags, npm] = process.argv.slice(2);
const here = fileURLToPath(new URL('.', import.meta.url));
const read = (name) => readFileSync(join(here, name), 'utf8');
const pages = () => readdirSync(site).filter((name) => name.endsWith('.html'));
const plain = (html) => html.replace(/<[^>]*>/g, '').replace(/&#160;|&nbsp;/g, ' ').replace(/&lt;/g, '<').replace(/&gt;/g, '>')
  .replace(/&quot;/g, '"').replace(/&amp;/g, '&').replace(/\s+/g, ' ').trim();

// Scripts and pictures of Doxygen, and its lists of all members, which the search is better than.
for (const name of readdirSync(site)) {
  if (/\.(js|css|png|svg|md5|map)$|^(functions|namespacemembers|hierarchy|dir_|globals)/.test(name)) rmSync(join(site, name));
}

// A page has one heading of the first level: its title, which Doxygen makes a div.
function level(html) {
  return html
    .replace(/<(\/?)h([1-5])\b/g, (_, close, rank) => `<${close}h${Number(rank) + 1}`)
    .replace(/<div class="title">([^]*?)<\/div>/, '<h1 class="title">$1</h1>')
    .replace(/<h3( class="(?:groupheader|memtitle)">[^]*?)<\/h3>/g, '<h2$1</h2>')
    .replace(/<h2>([^<]*)<\/h2>/g, (_, text) => `<h2 id="${text.toLowerCase().replace(/\W+/g, '-')}">${text}</h2>`);
}

function tidy(name, html) {
  return html
    .replace(/<div class="ttc"[^]*?<\/div><\/div>\n/g, '')
    .replace(/ on\w+="[^"]*"/g, '')
    .replace(/<(div class="(?:fragment|memproto|scroll)"|pre)>/g, '<$1 tabindex="0">') // What scrolls can be reached.
    .replace(/<span style="width:\d+px;display:inline-block;">(&#160;)*<\/span>/g, '')
    .replace(/<span id="arr_[^>]*>[^<]*<\/span>/g, '')
    .replace(/ style="display:none;"/g, '')
    .replace(/\s*<a href="[^"]*#details">More\.\.\.<\/a>/g, '')
    .replace(/<a href="#([\w-]+)">[^<]*<\/a>\s*&#124;/g, (link, id) => (html.includes(`id="${id}"`) ? link : ''))
    .replace(/<img src="closed\.png"[^>]*>/g, '')
    .replace(/<div class="levels">.*?<\/div>/, '')
    .replace(/<div class="textblock">Here [^<]*<\/div>/, '')
    .replaceAll(' class="even"', '')
    .replace(/<tr id="row_((?:\d+_)+)"/g, (row, path) => `${row} class="depth${path.split('_').length - 2}"`)
    .replace(/ (?:Struct|Class|Concept|Namespace)(?: Template)? (?:Reference|List)(?=<)/g, '')
    .replace(/>Class List</g, '>Types<')
    .replace(/<a href="[^"]*-members\.html">List of all members<\/a>/, '')
    .replace(/&#124;\s*(?=<\/div>)/, '')
    .replace(/(<title>)(?:taskrouter: )?(.*?)(<\/title>)/, (_, open, title, close) =>
      `${open}${title === 'taskrouter' ? title : `${title} - taskrouter`}${close}`)
    .replace(new RegExp(`<li><a href="${name}"`), '$& aria-current="page"');
}
for (const name of pages()) {
  if (name.endsWith('-members.html')) rmSync(join(site, name));
  else writeFileSync(join(site, name), tidy(name, level(readFileSync(join(site, name), 'utf8'))));
}

const types = renderTypes(npm);
for (const [file, title, html] of types.pages) {
  const head = read('header.html').replace('$title', title);
  const body = `</div><div class="contents types">${html}</div>`;
  writeFileSync(join(site, file), tidy(file, head + body + read('footer.html')));
}

// What Doxygen knows: types, and their members.
function symbols() {
  const field = (xml, name) => plain(xml.match(new RegExp(`<${name}>([^]*?)</${name}>`))?.[1] ?? '');
  const entries = [];
  for (const [, kind, compound] of readFileSync(tags, 'utf8').matchAll(/<compound kind="(\w+)"[^>]*>([^]*?)<\/compound>/g)) {
    if (!['class', 'struct', 'namespace', 'concept'].includes(kind)) continue;
    const scope = field(compound, 'name').replace(/^taskrouter(::)?/, '');
    entries.push([scope || 'taskrouter', kind, field(compound, 'filename')]);
    for (const [, what, member] of compound.matchAll(/<member kind="(\w+)"[^>]*>([^]*?)<\/member>/g)) {
      const name = [scope, field(member, 'name')].filter(Boolean).join('::');
      entries.push([name, what, `${field(member, 'anchorfile')}#${field(member, 'anchor')}`]);
    }
  }
  return entries.filter(([name, , url]) => !/::(route|Output|plural)$/.test(name) && pages().includes(url.split('#')[0]));
}

// The guides' headings.
function headings() {
  const entries = [];
  const guides = readdirSync(here).filter((name) => name.endsWith('.md')).map((name) => read(name).match(/\{#(\w+)\}/)[1]);
  for (const guide of guides.filter((name) => name !== 'mainpage')) {
    const html = readFileSync(join(site, `${guide}.html`), 'utf8');
    const title = plain(html.match(/<h1 class="title">([^]*?)<\/h1>/)[1]);
    entries.push([title, 'guide', `${guide}.html`]);
    for (const [, id, text] of html.matchAll(/<h2 id="([\w-]+)">([^]*?)<\/h2>/g)) {
      entries.push([`${title}: ${plain(text)}`, 'guide', `${guide}.html#${id}`]);
    }
  }
  return entries;
}

const index = [...headings(), ...types.entries, ...symbols()];
const unique = [...new Map(index.map((entry) => [entry.join('\n'), entry])).values()];
writeFileSync(join(site, 'search_index.js'), `globalThis.searchIndex = ${JSON.stringify(unique)};\n`);
const files = ['../styles/tokens.css', 'docs.css', 'docs_text.css', 'docs_types.css', 'search.js'];
for (const name of files) copyFileSync(join(here, name), join(site, basename(name)));
