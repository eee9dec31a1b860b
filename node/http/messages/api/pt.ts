import type { api as english } from './en.ts';

/** O que diz a página da API em volta das suas operações. */
export const api: typeof english = {
  title: 'A API',
  lede: 'O que os programas podem ler aqui e, com um token, fazer. Os tokens criam-se no painel, em «A minha conta»; um programa pode o mesmo que o seu dono. As operações são descritas em inglês.',
  document: 'O mesmo para programas (OpenAPI 3.1)',
  needs: (right) => `requer a permissão «${right}»`,
  public: 'para todos',
  parameter: 'Parâmetro',
  values: 'Valores',
  meaning: 'Significado',
  required: 'obrigatório',
  inPath: 'no caminho',
  body: 'O que se envia',
  answers: 'Respostas',
};
