import { defineScenario } from './scenario';

export default defineScenario({
  id: 'odd-month',
  title: 'A month of odd days',
  description:
    'No intruder, but everything people seldom do: clean-ups at night, a new Region, a contractor, help in the other account.',
  oddShare: 1,
  play() {
    // The background alone is the story.
  },
});
