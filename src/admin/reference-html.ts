// Text into HTML for the reference page.

/** Text that may stand anywhere in HTML, also inside a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Escaped text in which `code` is code; all the markup that descriptions of the API use. */
export const inlineMarkdown = (text: string): string => escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
