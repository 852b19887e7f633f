/** The sizes of what is drawn, in pixels at its natural scale. */

export const SIZE = 22;
/** A name is broken into lines of this width. */
export const NAME_WIDTH = 112;
export const NAME_SIZE = 11;
export const WORDS_SIZE = 9;
/** How sure the articles are of a link → the dashes and gaps of its line. */
export const DASHES: Readonly<Record<string, readonly number[]>> = { possible: [7, 4], unlikely: [2, 5], denied: [1.5, 3.5] };
