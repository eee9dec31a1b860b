import { localeOf, type Language } from '../../../node/http/messages/index.ts';
import type { View } from '../../../node/http/pages/view.ts';

/** A view as of a request for `/usage`, in a language. */
export function aView(language: Language = 'en'): View {
  const locale = localeOf(language);
  return {
    locale,
    t: locale.messages,
    site: {
      base: 'https://node.example',
      name: 'University of Wyreford',
      node: '12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN',
      networks: ['open'],
      version: '0.1.0',
    },
    path: '/usage',
    stylesheet: '/assets/style.css',
    logo: undefined,
    icon: '/assets/icon.svg',
    link: (path) => path,
    action: (path) => path,
    here: () => '/usage',
    chosen: undefined,
  };
}
