/** The used part of the library, in a module of its own so that it is loaded on demand, without the rest. */

export { calculateJwkThumbprint, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose'
