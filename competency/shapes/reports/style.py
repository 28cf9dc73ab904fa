"""How the page of a report looks: on screens light and dark, wide and narrow, and on paper."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark; --ink: #1d2530; --soft: #566173; --ground: #f6f7f9;
  --card: #fff; --line: #d5dae1; --link: #0b57a4; --code: #eef1f5;
  --violation: #a61b1b; --warning: #7d5200; --info: #0b57a4; --good: #17663a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --soft: #a4afbe;
  --ground: #14181e; --card: #1c222a; --line: #39424e; --link: #8ab8ff; --code: #27303b;
  --violation: #ff9b93; --warning: #f2c063; --info: #8ab8ff; --good: #7ad69d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 58rem; color: var(--ink);
  background: var(--ground); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0 0 .4rem; font-size: 1.7rem; line-height: 1.2; }
h2 { margin: 2.2rem 0 .8rem; font-size: 1.15rem; }
h3 { margin: 0; font-size: 1.05rem; }
p { margin: .2rem 0; }
a { color: var(--link); }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
code { padding: .05em .3em; background: var(--code); border-radius: .2rem;
  font: .9em/1.4 ui-monospace, monospace; }
.counts { display: flex; flex-wrap: wrap; gap: .5rem 1.4rem; margin: 0; padding: 0;
  list-style: none; font-weight: 600; }
main { margin-top: 1.2rem; }
.first h2 { margin-top: 0; }
.violation { --tone: var(--violation); }
.warning { --tone: var(--warning); }
.info { --tone: var(--info); }
.good { --tone: var(--good); }
.counts li, .answer { color: var(--tone); }
article, .first { margin: 0 0 1rem; padding: .9rem 1.1rem; background: var(--card);
  border: 1px solid var(--line); border-left: .35rem solid var(--tone); border-radius: .3rem; }
article { content-visibility: auto; contain-intrinsic-size: auto 12rem; }
article:target { outline: 3px solid var(--link); }
.place, .iri, .since, footer { color: var(--soft); font-size: .92rem; }
ul.results { margin: .6rem 0 0; padding: 0; list-style: none; }
.results > li { padding: .6rem 0 .2rem; border-top: 1px solid var(--line); }
.said { font-weight: 600; }
.tag { display: inline-block; margin-right: .3rem; padding: 0 .55em; color: var(--tone);
  border: 1px solid currentcolor; border-radius: 1em; font-size: .8rem; font-weight: 600; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem .9rem;
  margin: .35rem 0; }
dt { color: var(--soft); }
dd { margin: 0; }
ul.parts { margin: .6rem 0 0; padding: 0; list-style: none; }
.parts > li { padding: .4rem 0; border-top: 1px solid var(--line); }
footer { margin-top: 2.5rem; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin: 0 0 .4rem; } }
@media print { :root { color-scheme: light; --ink: #000; --soft: #444; --ground: #fff;
  --card: #fff; --line: #bbb; --link: #000; --code: #fff; --violation: #8b0000;
  --warning: #5c3d00; --info: #003a75; --good: #0b4a26; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  article { content-visibility: visible; }
  .results > li, .parts > li { break-inside: avoid; }
  dd a::after { content: " (" attr(href) ")"; font-size: .85em; } }
"""
