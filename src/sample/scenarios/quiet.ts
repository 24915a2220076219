import { defineScenario } from './scenario';

export default defineScenario({
  id: 'quiet',
  title: 'An ordinary month',
  description: 'Nothing but the ordinary month with its noise: there is no intruder to find.',
  play() {
    // The background alone is the story.
  },
});
