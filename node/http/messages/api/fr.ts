import type { api as english } from './en.ts';

/** Ce que dit la page de l’API autour de ses opérations. */
export const api: typeof english = {
  title: 'L’API',
  lede: 'Ce que des programmes peuvent lire ici et, avec un jeton, faire. Les jetons se créent dans le tableau de bord, sous « Mon compte » ; un programme peut ce que peut son propriétaire. Les opérations sont décrites en anglais.',
  document: 'La même chose pour les programmes (OpenAPI 3.1)',
  needs: (right) => `demande le droit « ${right} »`,
  public: 'pour tous',
  parameter: 'Paramètre',
  values: 'Valeurs',
  meaning: 'Sens',
  required: 'obligatoire',
  inPath: 'dans le chemin',
  body: 'Ce qui est envoyé',
  answers: 'Réponses',
};
