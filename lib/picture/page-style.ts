/** The look of the page; it follows the reader's light or dark, and prints. */
export const PAGE_STYLE = `
  :root { --page: #f5f7fa; --card: #ffffff; --text: #1f2933; --soft: #52606d; --rule: #d9e0e8; --link: #1f5fa8; --accent: #b3540b; }
  @media (prefers-color-scheme: dark) {
    :root { --page: #0e1216; --card: #14181d; --text: #e6eaf0; --soft: #a6b1bf; --rule: #2c343d; --link: #7db4f0; --accent: #f0a35e; } }
  * { box-sizing: border-box; }
  body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
  header, main, footer { max-width: 1040px; margin: 0 auto; padding: 0 20px; }
  header { padding-top: 36px; } header p { color: var(--soft); margin: 0 0 20px; }
  h1 { font-size: 30px; line-height: 1.2; margin: 0 0 6px; letter-spacing: -.01em; }
  h2 { font-size: 21px; margin: 0 0 10px; } h2 span { color: var(--soft); font-weight: 400; }
  a { color: var(--link); } a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 3px; border-radius: 4px; }
  .skip { position: absolute; left: -999px; } .skip:focus { left: 12px; top: 12px; background: var(--card); padding: 8px 12px; z-index: 1; }
  section, .plan-of { background: var(--card); border: 1px solid var(--rule); border-radius: 12px; padding: 22px 24px; margin: 0 0 22px; }
  summary { cursor: pointer; } .plan-of > summary { list-style-position: outside; } .plan-of > summary h2 { display: inline; }
  .lead { color: var(--soft); margin: 12px 0; max-width: 72ch; }
  .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(160px, 1fr)); gap: 12px; margin: 18px 0 8px; }
  .facts div { border: 1px solid var(--rule); border-radius: 10px; padding: 12px 14px; display: flex; flex-direction: column-reverse; justify-content: flex-end; }
  .facts dt { color: var(--soft); font-size: 13px; line-height: 1.35; } .facts dd { margin: 0 0 2px; font-size: 25px; font-weight: 650; letter-spacing: -.01em; }
  figure { margin: 18px 0; } figure svg { width: 100%; height: auto; display: block; }
  .table { overflow-x: auto; margin: 16px 0; } table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
  caption { text-align: left; font-weight: 600; padding: 0 0 8px; font-size: 15px; }
  th, td { padding: 7px 10px; border-bottom: 1px solid var(--rule); text-align: left; white-space: nowrap; }
  thead th { color: var(--soft); font-weight: 600; } tbody th { font-weight: 600; } .number { text-align: right; }
  td:last-child { white-space: normal; } tbody tr:hover { background: color-mix(in srgb, var(--link) 7%, transparent); }
  .totals { margin: 10px 0 0; padding-left: 20px; color: var(--soft); }
  footer { color: var(--soft); font-size: 14px; padding-bottom: 44px; } footer h2 { font-size: 16px; color: var(--text); }
  code { font: 14px ui-monospace, SFMono-Regular, Menlo, monospace; }
  @media print { body { background: none; } section, .plan-of { border: 0; padding: 0; break-inside: avoid; } }
`;
