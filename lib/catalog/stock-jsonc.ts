/** What the product uses of `jsonc-parser`, as one module: the bundle has it apart, because most runs never load it. */
export { getLocation, parseTree, printParseErrorCode, visit } from 'jsonc-parser';
