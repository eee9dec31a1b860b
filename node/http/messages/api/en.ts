/** What the page of the API says around its operations, which are told in English everywhere. */
export const api = {
  title: 'The API',
  lede: 'What programs can read here and, with a token, do. Tokens are made in the dashboard, under My account; a program may do what its owner may.',
  document: 'The same for programs (OpenAPI 3.1)',
  needs: (right: string) => `needs the right “${right}”`,
  public: 'for everybody',
  parameter: 'Parameter',
  values: 'Values',
  meaning: 'Meaning',
  required: 'required',
  inPath: 'in the path',
  body: 'What is sent',
  answers: 'Answers',
};
