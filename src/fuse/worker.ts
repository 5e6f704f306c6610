/** The thread that serves unions: it reads a request, acts, answers, and does nothing else meanwhile. */
import { serveUnions } from './serve-unions.js';

serveUnions();
