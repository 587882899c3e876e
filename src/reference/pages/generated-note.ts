/** Tells editors of a page where its text comes from. Not shown. */
export const generatedNote = '<!-- Made by scripts/generate-reference.ts from src/reference; do not edit. -->';
