import { resourceTypes } from '../../coar/index.ts';

/**
 * DataCite's general type (Metadata Schema 4.6, Appendix 1) for those of COAR's concepts that have one, by local name.
 * A contribution to a journal that is no article is a text, though COAR has it within the journal.
 */
const generalTypes: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    c_12ce: 'Audiovisual',
    c_2f33: 'Book',
    c_3248: 'BookChapter',
    c_5794: 'ConferencePaper',
    c_6670: 'Text',
    c_f744: 'ConferenceProceeding',
    c_beb9: 'DataPaper',
    c_ddb1: 'Dataset',
    c_46ec: 'Dissertation',
    c_c513: 'Image',
    c_e9a0: 'InteractiveResource',
    c_0640: 'Journal',
    c_3e5a: 'Text',
    c_6501: 'JournalArticle',
    c_ab20: 'OutputManagementPlan',
    'H9BQ-739P': 'PeerReview',
    c_816b: 'Preprint',
    c_93fc: 'Report',
    c_5ce6: 'Software',
    c_18cc: 'Sound',
    c_18cf: 'Text',
    c_393c: 'Workflow',
  }),
);

/** The general type of a COAR concept: its own, or that of the next wider one that has any. */
export function generalType(uri: string): string {
  for (let wider: string | undefined = uri; wider !== undefined;) {
    const type = generalTypes.get(wider.slice(wider.lastIndexOf('/') + 1));
    if (type !== undefined) return type;
    wider = resourceTypes.byUri(wider)?.broader;
  }
  return 'Other';
}
