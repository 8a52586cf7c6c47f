/** What is used of `yaml`, as one module: the bundle has it apart, because most runs never load it. */
export { Document, Pair, Scalar, stringify } from 'yaml';
