// Style sheet of the reference page. Light or dark as the reader's system is.

export const referenceStyle = `
:root { color-scheme: light dark; --line: light-dark(#dde3e8, #313a42); --dim: light-dark(#5b6873, #98a5b0); --back: light-dark(#f6f8fa, #161b20); --link: light-dark(#0b62a8, #6cb6ff); }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; display: grid; grid-template-columns: 19rem minmax(0, 1fr); font: 16px/1.55 system-ui, sans-serif; background: light-dark(#fff, #0f1317); color: light-dark(#1c242b, #dce3e9); }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.25rem; border-right: 1px solid var(--line); background: var(--back); font-size: .875rem; }
nav .home { font-weight: 700; color: inherit; font-size: 1rem; }
nav h2 { margin: 1.25rem 0 .35rem; font-size: .75rem; letter-spacing: .06em; text-transform: uppercase; color: var(--dim); }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li a { display: flex; gap: .5rem; padding: .15rem 0; color: inherit; }
main { padding: 2rem clamp(1rem, 4vw, 4rem) 6rem; max-width: 64rem; }
h1 { margin-top: 0; } h1 small, td small { color: var(--dim); font-weight: 400; }
section > h2 { margin-top: 3.5rem; padding-bottom: .4rem; border-bottom: 2px solid var(--line); }
article { padding: 1.25rem 0; border-bottom: 1px solid var(--line); }
article:target h3 { text-decoration: underline; text-decoration-thickness: 3px; text-underline-offset: 4px; }
h3 { margin: 0 0 .25rem; } h4 { margin: 1.25rem 0 .4rem; font-size: .875rem; }
code { font: .875em ui-monospace, monospace; }
pre { overflow-x: auto; padding: .8rem 1rem; border-radius: .4rem; background: var(--back); border: 1px solid var(--line); }
.method { flex: none; display: inline-block; min-width: 3.6em; font: 700 .7rem/1.9 ui-monospace, monospace; text-transform: uppercase; color: var(--dim); }
.method.get { color: light-dark(#0b62a8, #6cb6ff); } .method.post { color: light-dark(#1a7f37, #57c878); }
.method.patch, .method.put { color: light-dark(#9a6700, #e0b341); } .method.delete { color: light-dark(#c0292b, #ff8a80); }
table { width: 100%; border-collapse: collapse; font-size: .875rem; }
td { padding: .4rem .6rem .4rem 0; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
td:first-child { width: 32%; } td:nth-child(2) { width: 24%; color: var(--dim); }
summary { cursor: pointer; font-size: .875rem; font-weight: 600; margin-top: 1rem; }
@media (max-width: 52rem) { body { grid-template-columns: minmax(0, 1fr); } nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); } }
`;
