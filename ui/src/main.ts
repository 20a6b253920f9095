import './styles/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { openHost } from './api/open';
import { systemLanguage, Workspace } from './state/workspace.svelte';
import { Words } from './words/words.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has an #app');

const { host, open } = await openHost();
const workspace = new Workspace(host, new Words(systemLanguage()));
mount(App, { target, props: { workspace } });
if (open !== undefined) workspace.enter(open);
