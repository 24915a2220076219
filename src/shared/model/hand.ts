/** Whether a network is a credential's own (used on three days before or more), new to it, or too little is known to say. */
export type HandStanding = 'home' | 'novel' | 'unsure';
