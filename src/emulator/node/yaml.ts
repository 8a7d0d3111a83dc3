/** The used part of the library, in a module of its own so that it is loaded on demand, without the rest. */

export { isNode, LineCounter, parseDocument } from 'yaml'
