import { mount } from 'svelte';
import { createClient } from './api/client';
import { reportPageErrors } from './api/page-errors';
import App from './App.svelte';
import './ui/tokens.css';
import './ui/base.css';
import './ui/shapes.css';

const client = createClient(window.coldtrail);
reportPageErrors(client);

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
mount(App, { target, props: { client } });
