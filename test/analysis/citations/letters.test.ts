import { expect } from 'chai';
import { lettersWithMarks, withoutMarks } from '../../../node/analysis/citations/letters.ts';

const letters = (text: string): string => withoutMarks(lettersWithMarks(text));

describe('the letters of a title', () => {
  it('are the same however a PDF spoils the text', () => {
    for (const [spoilt, whole] of [
      ['Eﬃcient classiﬁcation ofinformation', 'Efficient Classification of Information'],
      ['E cient classi cation of infor- mation', 'Efficient classification of information'],
      ['M¨uller’s na¨ıve Ondˇrej', 'Müllers naïve Ondřej'],
      ['Search & retrieval', 'search and retrieval'],
      ['Encoder–decoder "approaches"', 'Encoder-Decoder Approaches'],
    ] as const) {
      expect(letters(spoilt), spoilt).to.equal(letters(whole));
    }
  });

  it('tell numbers apart, Roman ones too', () => {
    expect(letters('Part II')).to.equal(letters('Part 2')).and.not.to.equal(letters('Part I'));
    expect(letters('Shared task 2011')).to.not.equal(letters('Shared task 2012'));
  });

  it('leave out an article at the beginning, and only there', () => {
    expect(letters('The open repository')).to.equal(letters('Open repository'));
    expect(letters('Open the repository')).to.not.equal(letters('Open repository'));
  });

  it('have marks where the title may end', () => {
    expect(lettersWithMarks('Up? Again: yes. No, “so”')).to.match(/^up\|agan,yes\|no\|so\|$/);
  });

  it('are there in scripts without capitals', () => {
    expect(letters('开放获取知识库')).to.equal('开放获取知识库');
  });
});
