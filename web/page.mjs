import { start } from './page/start.mjs';

start();
