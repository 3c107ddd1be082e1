const LIGHT = `
--paper:#fdfdfb;--ink:#1b1d20;--soft:#5a5f66;--rule:#deded8;--tint:#f4f4ef;
--pass:#17713f;--warn:#855600;--unknown:#6a3ea1;--fail:#b3231b;--not-applicable:#5a5f66;
--c0:#005fa8;--c1:#c03f0a;--c2:#00756a;--c3:#8c2a86;--c4:#775d00;--c5:#44484d;`

const DARK = `
--paper:#14171a;--ink:#e7e7e3;--soft:#a2a8af;--rule:#32373d;--tint:#1c2024;
--pass:#62cf92;--warn:#efb54c;--unknown:#c4a4f5;--fail:#ff8d84;--not-applicable:#a2a8af;
--c0:#66b2f2;--c1:#ff9b66;--c2:#52d1bf;--c3:#e592e0;--c4:#dfc04c;--c5:#c9cdd2;`

const PAGE = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:anywhere;
font:400 1rem/1.55 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{max-width:47rem;margin:0 auto;padding:2.5rem 1rem 4rem}
h1{font-size:clamp(1.55rem,1.2rem + 1.9vw,2.2rem);line-height:1.2;letter-spacing:-.015em;font-weight:650;margin:.35rem 0 .6rem;text-wrap:balance}
h2{font-size:1.3rem;line-height:1.3;letter-spacing:-.008em;font-weight:650;margin:3.25rem 0 .35rem;padding-top:1.1rem;border-top:1px solid var(--rule);text-wrap:balance}
h3{font-size:.8rem;font-weight:650;margin:1.9rem 0 .4rem;color:var(--soft);letter-spacing:.02em}
p{margin:.35rem 0}
a{color:inherit;text-decoration-color:var(--soft);text-underline-offset:.2em}
a:focus-visible,summary:focus-visible{outline:2px solid var(--c0);outline-offset:3px;border-radius:2px}
.kicker,.small,small{font-size:.8125rem;color:var(--soft)}
.kicker{letter-spacing:.02em}
.verdict{color:var(--v);font-weight:650;white-space:nowrap}
.pass{--v:var(--pass)}.warn{--v:var(--warn)}.unknown{--v:var(--unknown)}.fail{--v:var(--fail)}.not-applicable{--v:var(--not-applicable)}
.mark{display:inline-block;min-width:1.2em}
h1 .mark{min-width:0}
p>.verdict,li>.verdict{margin-right:.25em}
.lede{border-top:4px solid var(--v);padding-top:1.25rem}
.lede h1 .verdict{white-space:normal}`

const TABLES = `
table{width:100%;border-collapse:collapse;font-size:.875rem;line-height:1.5;font-variant-numeric:tabular-nums;margin:.5rem 0 1rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .9rem .5rem 0;border-top:1px solid var(--rule)}
th:last-child,td:last-child{padding-right:0}
thead th{white-space:nowrap;font-size:.75rem;font-weight:600;color:var(--soft);border-top:0;padding-top:.25rem;padding-bottom:.3rem}
tbody tr:first-child>*{border-top:1px solid var(--soft)}
tbody th{font-weight:600}
td.value,td.n,td.at,td.kind{white-space:nowrap}
.n,.at,th.n,th.at{text-align:right}
td.value{font-weight:600}
.method{color:var(--soft)}
.aside{display:block;color:var(--soft);font-size:.8125rem;margin-top:.2rem}
.aside b{color:var(--ink);font-weight:600}
.statements td:first-child{width:8.9rem}.statements tbody th{width:12.5rem}
.measurements tbody th{width:15rem}
.answers{list-style:none;margin:1.6rem 0 0;padding:0}
.answers li{display:grid;grid-template-columns:7rem 1fr;gap:0 .9rem;padding:.6rem 0;border-top:1px solid var(--rule)}
.answers p{margin:0}
.answers p:last-child{grid-column:2;color:var(--soft)}
.answers a{font-weight:600;text-decoration:none}.answers a:hover{text-decoration:underline}
.first{margin:1.75rem 0 0;padding:1rem 1.1rem;background:var(--tint);border-radius:6px}
.first h2{font-size:.9375rem;margin:0 0 .4rem;padding:0;border:0;letter-spacing:0}
.first ul{list-style:none;margin:.3rem 0;padding:0}
.caveats{margin:.3rem 0;padding-left:1.15rem}
.first li,.caveats li{margin:.35rem 0}
.environment th{font-weight:400;color:var(--soft);width:14rem}
.environment td{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.8125rem}`

const PLOTS = `
figure{margin:1.75rem 0 1rem}
figcaption{font-weight:600;font-size:.9375rem}
.legend{display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;list-style:none;padding:0;margin:.25rem 0 .1rem;font-size:.8125rem}
.legend svg{width:26px;height:10px;vertical-align:baseline;margin-right:.4rem}
svg.plot{display:block;width:100%;height:auto;font-size:11.5px;font-variant-numeric:tabular-nums}
svg.narrow{display:none}
svg text{fill:var(--soft)}
svg path{fill:none}
.grid path,.ticks path{stroke:var(--rule);stroke-width:1}
.curve path{stroke:var(--k);stroke-width:1.75;stroke-linejoin:round;stroke-linecap:round}
.curve circle{fill:var(--k)}
.c0{--k:var(--c0)}.c1{--k:var(--c1)}.c2{--k:var(--c2)}.c3{--k:var(--c3)}.c4{--k:var(--c4)}.c5{--k:var(--c5)}
.c1 path{stroke-dasharray:7 4}.c2 path{stroke-dasharray:2 4}.c3 path{stroke-dasharray:9 3 2 3}.c4 path{stroke-dasharray:12 4}.c5 path{stroke-dasharray:4 3}
.ceiling path{stroke:var(--fail);stroke-width:1.25;stroke-dasharray:5 3}
.ceiling text{fill:var(--fail)}
.moment{--k:var(--soft)}.moment.fault{--k:var(--fail)}.moment.alert{--k:var(--warn)}.moment.recovery{--k:var(--pass)}
.moment path{stroke:var(--k);stroke-width:1}
.moment.note path{stroke-dasharray:1 3}.moment.alert path{stroke-dasharray:4 3}
.moment circle,.badge{fill:var(--k);stroke:none}
.moment text{fill:var(--paper);font-size:10px;font-weight:650}
.outage{fill:var(--fail);opacity:.09}
.badge{display:inline-block;min-width:1.35em;border-radius:1em;text-align:center;background:var(--k);color:var(--paper);font-size:.75rem;font-weight:650;line-height:1.35}
details{font-size:.8125rem;margin:.25rem 0}
summary{color:var(--soft);cursor:pointer}`

const NARROW = `
main{padding-top:1.5rem}
svg.wide{display:none}svg.narrow{display:block}
.answers li{grid-template-columns:1fr}.answers p:last-child{grid-column:1}
table.stacks,.stacks tbody,.stacks tr,.stacks td,.stacks tbody th{display:block;width:auto}
.stacks thead{display:none}
.stacks tr{border-top:1px solid var(--rule);padding:.65rem 0}
.stacks tbody tr:first-child>*{border-top:0}
.stacks th,.stacks td{border:0;padding:.05rem 0}
.statements td:first-child,.statements tbody th,.measurements tbody th,.environment th{width:auto}
.stacks td.n,.stacks td.at{text-align:left}
.measurements.stacks tr{display:grid;grid-template-columns:1fr auto;gap:.1rem 1rem}
.measurements.stacks td.n{grid-area:2/2;text-align:right}.measurements.stacks .method{grid-area:2/1}
.measurements.stacks td.value{text-align:right}
.stacks td[data-label]::before{content:attr(data-label) " ";color:var(--soft);font-weight:400;font-family:inherit}`

const PRINT = `
@page{margin:16mm}
body{font-size:10pt}
main{max-width:none;padding:0}
h2,h3,figcaption,thead{break-after:avoid}
figure,tr,.first,.answers li{break-inside:avoid}
details{display:none}
a{text-decoration:none}
.verdict,.badge,svg,.lede,.first{print-color-adjust:exact;-webkit-print-color-adjust:exact}`

/** The style of the page, whole: light, dark, narrow and printed. No font and no picture is fetched. */
export const STYLE = `:root{${LIGHT}}
@media screen{:root{color-scheme:light dark}}
@media screen and (prefers-color-scheme:dark){:root{${DARK}}}
${PAGE}${TABLES}${PLOTS}
@media screen and (max-width:40rem){${NARROW}}
@media print{${PRINT}}`
