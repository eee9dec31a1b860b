/** The part of citation-js 0.8 that we use, here and where bibliographies are read; it comes without types. */
declare module '@citation-js/core' {
  export const plugins: {
    input: {
      /** One step from one format to the next. Never goes to the network, unless the type is that of an address. */
      data(input: unknown, type: string): unknown;
    };
    output: {
      format(name: string, items: readonly object[]): string;
    };
    config: { get(plugin: string): unknown };
  };
}
declare module '@citation-js/plugin-bibtex' {}
declare module '@citation-js/plugin-ris' {}
