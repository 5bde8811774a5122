// The package's declarations as HTML: a section for each, with its comment, and a table of its fields.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export const PAGES = [
  { file: 'js_taskrouter.html', title: 'Client', module: 'taskrouter', sources: ['taskrouter', 'retry'] },
  { file: 'js_operations.html', title: 'Operations', module: 'taskrouter', sources: ['operations'] },
  { file: 'js_webhooks.html', title: 'Webhooks', module: 'taskrouter/webhooks', sources: ['webhooks', 'callbacks'] },
  { file: 'js_workflow.html', title: 'Workflows', module: 'taskrouter/workflow', sources: ['workflow'] },
  { file: 'js_emulator.html', title: 'Emulator', module: 'taskrouter/emulator', sources: ['emulator'] },
];

export const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

// Code in backticks, links, paragraphs.
function prose(text) {
  const link = (url) => `<a href="${url}">${new URL(url).pathname.split('/').pop().replace(/-/g, ' ')} at Twilio</a>`;
  const inline = (part) => part.split(/`([^`]+)`/)
    .map((piece, at) => (at % 2 ? `<code>${escape(piece)}</code>` : escape(piece).replace(/https:\/\/[^\s)]+/g, link)))
    .join('');
  return text.split(/\n\s*\n/).map((part) => `<p>${inline(part.trim())}</p>`).join('');
}

function comment(node) {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = docs.map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '').join('\n\n');
  const thrown = ts.getJSDocTags(node).filter(({ tagName }) => tagName.text === 'throws');
  const throws = thrown.map((tag) => {
    const all = tag.getText().replace(/\n\s*\*/g, '').replace(/^@throws\s*/, '');
    return `<p class="throws">Throws ${prose(all.replace(/\{(\w+)\}/g, '`$1`')).slice(3)}`;
  });
  return (text ? prose(text) : '') + throws.join('');
}

class Renderer {
  constructor(folder) {
    this.places = new Map(); // Of each exported declaration, by its name.
    this.entries = []; // For the search.
    this.sources = new Map(PAGES.map((page) => [page, page.sources.map((name) =>
      ts.createSourceFile(name, readFileSync(join(folder, `${name}.d.ts`), 'utf8'), ts.ScriptTarget.Latest, true))]));
    for (const [page, sources] of this.sources) {
      for (const node of sources.flatMap(({ statements }) => statements)) {
        if (node.name) this.places.set(node.name.text, `${page.file}#${node.name.text}`);
      }
    }
  }

  // A type or a signature, with links to what is declared here.
  code(text) {
    const short = text.replace(/\/\*\*[^]*?\*\//g, '').replace(/\s+/g, ' ')
      .replace(/([(<]) | (?=[>)])|, ?(?=[>)])/g, '$1').trim();
    return escape(short).replace(/\b[A-Z]\w+\b/g, (name) => {
      const place = this.places.get(name);
      return place ? `<a href="${place}">${name}</a>` : name;
    });
  }

  row(member) {
    const optional = member.questionToken ? '' : ' class="required"';
    return `<tr><th scope="row"><code${optional}>${member.name.getText()}</code></th>` +
      `<td class="type"><code>${this.code(member.type.getText())}</code></td><td>${comment(member)}</td></tr>`;
  }

  table(members) {
    const rows = members.map((member) => this.row(member)).join('');
    return `<div class="scroll"><table class="fields"><tbody>${rows}</tbody></table></div>`;
  }

  member(page, owner, node) {
    const name = node.name.getText();
    const anchor = `${owner}.${name}`;
    this.entries.push([anchor, 'JavaScript', `${page.file}#${anchor}`]);
    const doc = comment(node);
    const signature = node.getText().replace(/^(\s*\/\*\*[^]*?\*\/)/, '');
    return `<h3 id="${anchor}">${name}</h3><pre><code>${this.code(signature)}</code></pre>${doc}`;
  }

  operation(page, node) {
    const name = node.name.getText();
    const [fields, output] = node.type.members;
    this.entries.push([name, 'operation', `${page.file}#${name}`]);
    return `<section><h2 id="${name}">${name}</h2>${comment(node)}${this.table(fields.type.members)}` +
      `<p>Answers <code>${this.code(output.type.getText())}</code></p></section>`;
  }

  declaration(page, node) {
    const name = node.name.text;
    if (name === 'Operations') return node.members.map((member) => this.operation(page, member)).join('');
    this.entries.push([name, 'JavaScript', `${page.file}#${name}`]);
    const head = `<section><h2 id="${name}">${name}</h2>${comment(node)}`;
    if (ts.isInterfaceDeclaration(node)) return `${head}${this.table(node.members)}</section>`;
    if (ts.isClassDeclaration(node)) {
      const members = node.members.filter((member) => member.name);
      return `${head}${members.map((member) => this.member(page, name, member)).join('')}</section>`;
    }
    const text = node.getText().replace(/^(\s*\/\*\*[^]*?\*\/\s*)?export (declare )?/, '');
    return `${head}<pre><code>${this.code(text)}</code></pre></section>`;
  }

  // Operations first: they are what the page is about.
  page(page) {
    const nodes = this.sources.get(page).flatMap(({ statements }) => statements.filter((node) => node.name));
    const isFirst = (node) => node.name.text === 'Operations' || ts.isClassDeclaration(node);
    const sorted = [...nodes.filter(isFirst), ...nodes.filter((node) => !isFirst(node))];
    const namesOf = (node) => (node.name.text === 'Operations' ? node.members.map(({ name }) => name.text) : [node.name.text]);
    const names = sorted.flatMap(namesOf);
    const list = names.map((name) => `<li><a href="#${name}">${name}</a></li>`).join('');
    const id = names.includes(page.title) ? '' : ` id="${page.title}"`;
    return `<h1${id}>${page.title}</h1><p>Of the npm package: <code>${page.module}</code></p><ul class="names">${list}</ul>` +
      sorted.map((node) => this.declaration(page, node)).join('');
  }
}

// Answers the pages as [file, title, html], and what can be searched for as [name, kind, url].
export function renderTypes(folder) {
  const renderer = new Renderer(folder);
  const pages = PAGES.map((page) => [page.file, page.title, renderer.page(page)]);
  return { pages, entries: renderer.entries };
}
