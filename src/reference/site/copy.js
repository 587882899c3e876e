// Gives every block of code a button that copies it. Without this script the pages lack nothing else.
for (const block of document.querySelectorAll('pre.code')) {
  if (!navigator.clipboard) break;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  const say = (text) => {
    button.textContent = text;
    setTimeout(() => (button.textContent = 'Copy'), 1500);
  };
  button.addEventListener('click', () => {
    const { textContent } = block.querySelector('code');
    navigator.clipboard.writeText(textContent.trimEnd()).then(
      () => say('Copied'),
      () => say('Not allowed'),
    );
  });
  block.append(button);
}
