import type { api as english } from './en.ts';

/** Lo que dice la página de la API alrededor de sus operaciones. */
export const api: typeof english = {
  title: 'La API',
  lede: 'Lo que los programas pueden leer aquí y, con un token, hacer. Los tokens se crean en el panel, en «Mi cuenta»; un programa puede lo mismo que su dueño. Las operaciones se describen en inglés.',
  document: 'Lo mismo para programas (OpenAPI 3.1)',
  needs: (right) => `requiere el permiso «${right}»`,
  public: 'para todos',
  parameter: 'Parámetro',
  values: 'Valores',
  meaning: 'Significado',
  required: 'obligatorio',
  inPath: 'en la ruta',
  body: 'Lo que se envía',
  answers: 'Respuestas',
};
