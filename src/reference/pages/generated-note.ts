/** Tells editors of a page where its text comes from. Not shown. */
export const generatedNote = '<!-- Generated from src/reference by `npm run generate`. Do not edit. -->';
