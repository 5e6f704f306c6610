import { chooseEngine, chosenAddress, ENGINE } from './engine-choice.js';
import type { Engines } from './engines.js';
import { dockerPackages, startPrivateEngine } from './private-engine.js';
import { connectTo } from './running-engine.js';
import { sweepEngine } from './sweep-engine.js';

/** The engine that runs on this machine, or dockerds of the sandboxes. */
export const dockerEngines: Engines = {
  packages: dockerPackages,
  start(driver, { directory }) {
    const address = chosenAddress();
    return address === undefined ? startPrivateEngine(driver, directory) : connectTo(address, driver);
  },
  startPrivate: startPrivateEngine,
  outside: {
    settle: (environment) => ({ [ENGINE]: chooseEngine(environment) }),
    sweep: sweepEngine,
  },
};
