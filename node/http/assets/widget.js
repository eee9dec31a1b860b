/*
 * Related items on the page of an item, from a node of the NGR network: see docs/widget.md there.
 * No cookies, no storage, no other site than the node; what is shown are texts, never markup.
 */
(() => {
  'use strict';

  /**
   * What the node answers (node/http/widget-document.ts).
   * @typedef {{ key: string, url: string, title: string, language?: string, facts: string[], why: string,
   *   notRelevant: string, noted: string }} Item
   * @typedef {{ language: string, heading: string, from: { text: string, url: string }, feedback?: string,
   *   notRelevant: string, notSent: string, items: Item[] }} Answer
   */

  const NAME = 'ngr-related';
  const LANGUAGES = ['en', 'es', 'pt', 'fr'];
  const TIMEOUT_MS = 10_000;
  const MOST_NAMES = 8;
  const LONGEST_NAME = 300;
  const NAMING = /^(citation_doi|citation_abstract_html_url|(dc|dcterms)\.identifier(\..+)?)$/i;
  const STYLE = `
    :host { display: block; margin: 1.5em 0; line-height: 1.45; overflow-wrap: anywhere; text-align: start }
    :host([hidden]) { display: none }
    [role=heading] { font-size: 1.25em; font-weight: bold; margin: 0 0 .6em }
    ul { display: grid; gap: 1em 1.5em; grid-template-columns: repeat(auto-fill, minmax(min(100%, 18em), 1fr));
      list-style: none; margin: 0; padding: 0 }
    li { border-inline-start: .2em solid; padding-inline-start: .8em }
    p { margin: .2em 0 }
    .facts, .why, .from { font-size: .9em }
    .from { margin-top: .8em }
    a { color: inherit }
    li a { font-weight: bold }
    button { background: none; border: 1px solid; border-radius: .25em; color: inherit; cursor: pointer; font: inherit;
      font-size: .85em; margin-top: .3em; min-height: 24px; padding: .2em .7em }
    :focus-visible { outline: 2px solid; outline-offset: 2px }`;

  const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : undefined;
  /** The node's address: where this script comes from. */
  const home = script?.src ? new URL(/\/assets\/[^/]+$/.test(script.src) ? '..' : '.', script.src).href : '';

  class RelatedItems extends HTMLElement {
    static observedAttributes = ['item', 'lang', 'limit', 'node'];
    #asking = new AbortController();

    connectedCallback() {
      void this.#ask();
    }

    attributeChangedCallback() {
      if (this.isConnected) void this.#ask();
    }

    disconnectedCallback() {
      this.#asking.abort();
    }

    async #ask() {
      this.#asking.abort();
      const asking = (this.#asking = new AbortController());
      const { signal } = asking;
      const tooLate = setTimeout(() => asking.abort(), TIMEOUT_MS);
      try {
        await pageIsRead();
        // Several attributes may change at once: only the last of them asks.
        if (signal.aborted) return;
        const node = this.getAttribute('node')?.replace(/\/*$/, '/') ?? home;
        const asked = new URLSearchParams(namesOf(this).map((name) => ['item', name]));
        asked.set('lang', languageOf(this));
        const limit = this.getAttribute('limit');
        if (limit) asked.set('limit', limit);
        const answer = await send(`${node}widget/related?${asked}`, { signal });
        this.#show(await answer.json(), node);
      } catch (error) {
        // Where another item was asked for meanwhile, its answer counts.
        if (this.#asking !== asking || !this.isConnected) return;
        this.hidden = true;
        console.warn(`${NAME}: the node did not answer (${String(error)})`);
      } finally {
        clearTimeout(tooLate);
      }
    }

    /** @param {Answer} answer @param {string} node */
    #show(answer, node) {
      const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
      this.hidden = answer.items.length === 0;
      if (this.hidden) {
        root.replaceChildren();
        console.info(`${NAME}: the node knows nothing that is related to this page`);
        return;
      }
      // A constructed sheet is no inline style, so no policy of the page stands against it.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      const said = make('p', { class: 'said', role: 'status', tabindex: '-1' });
      const level = this.getAttribute('heading') ?? '2';
      root.replaceChildren(
        make(
          'section',
          { 'aria-labelledby': 'heading', lang: answer.language },
          make(
            'div',
            { id: 'heading', role: 'heading', 'aria-level': level, part: 'heading' },
            answer.heading,
          ),
          make(
            'ul',
            { role: 'list', part: 'list' },
            ...answer.items.map((item) => line(item, answer, node, said)),
          ),
          said,
          make('p', { class: 'from', part: 'from' }, link(answer.from.url, answer.from.text)),
        ),
      );
    }
  }

  /** @param {Item} item @param {Answer} answer @param {string} node @param {HTMLElement} said */
  function line(item, answer, node, said) {
    const title = link(item.url, item.title);
    if (item.language) title.lang = item.language;
    const button = make(
      'button',
      { type: 'button', 'aria-label': item.notRelevant, part: 'button' },
      answer.notRelevant,
    );
    const entry = make(
      'li',
      { part: 'item' },
      title,
      ...(item.facts.length > 0 ? [make('p', { class: 'facts' }, item.facts.join(' · '))] : []),
      make('p', { class: 'why' }, item.why),
      button,
    );
    let isSending = false;
    const vote = async () => {
      if (isSending) return;
      isSending = true;
      try {
        const body = new URLSearchParams({ item: item.key });
        await send(node + answer.feedback, { method: 'POST', body });
        // Who uses the keyboard goes on at the next item.
        const next = entry.nextElementSibling ?? entry.previousElementSibling;
        const hadFocus = entry.matches(':focus-within');
        entry.remove();
        said.textContent = item.noted;
        if (hadFocus) (next?.querySelector('button') ?? said).focus();
      } catch {
        said.textContent = answer.notSent;
      }
      isSending = false;
    };
    button.addEventListener('click', () => void vote());
    return entry;
  }

  /** Nothing about the reader or the page goes along. @param {string} address @param {RequestInit} options */
  async function send(address, options) {
    const answer = await fetch(address, { ...options, credentials: 'omit', referrerPolicy: 'no-referrer' });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return answer;
  }

  /** @param {string} name @param {Record<string, string>} attributes @param {(Node | string)[]} children */
  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  /** @param {string} address @param {string} text */
  function link(address, text) {
    return make('a', /^https?:\/\//.test(address) ? { href: address, part: 'link' } : {}, text);
  }

  /** What the page calls its item; its address goes without what stands behind a question mark. @param {Element} host */
  function namesOf(host) {
    const given = host.getAttribute('item');
    if (given) return [given];
    const metas = Array.from(document.querySelectorAll('meta'), (meta) =>
      NAMING.test(meta.name || meta.getAttribute('property') || '') ? meta.content.trim() : '',
    );
    /** @type {NodeListOf<HTMLLinkElement>} */
    const links = document.querySelectorAll('link[rel~=cite-as], link[rel~=canonical]');
    const names = [...metas, ...Array.from(links, ({ href }) => href)].slice(0, 100);
    const fit = names.filter((name) => name && name.length <= LONGEST_NAME).slice(0, MOST_NAMES - 1);
    return Array.from(new Set([...fit, (location.origin + location.pathname).slice(0, LONGEST_NAME)]));
  }

  /** @param {Element} host */
  function languageOf(host) {
    const told = [host.closest('[lang]')?.getAttribute('lang') ?? '', ...navigator.languages];
    const bare = told.map((tag) => tag.toLowerCase().split(/[-_]/)[0] ?? '');
    return bare.find((tag) => LANGUAGES.includes(tag)) ?? 'en';
  }

  async function pageIsRead() {
    if (document.readyState !== 'loading') return;
    await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }));
  }

  /** Puts the list behind the script, or where it says; in a page's head a script alone puts it nowhere. */
  async function place() {
    if (script === undefined) return;
    const { target, ...data } = script.dataset;
    const host = document.createElement(NAME);
    for (const name of ['item', 'lang', 'limit', 'heading', 'node']) {
      const value = data[name];
      if (value) host.setAttribute(name, value);
    }
    if (!host.hasAttribute('node')) host.setAttribute('node', home);
    if (target) {
      await pageIsRead();
      document.querySelector(target)?.append(host);
    } else if (script.closest('body')) script.after(host);
  }

  if (customElements.get(NAME) === undefined) customElements.define(NAME, RelatedItems);
  void place();
})();
