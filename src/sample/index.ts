export { composeSample } from './compose-sample';
