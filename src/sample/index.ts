export { composeSample } from './compose-sample';
export { SCENARIOS } from './scenarios';
