// The login page's script: the page itself was rendered on the server and works without it.
import './styles/layers.css';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/people-hues.css';
import './styles/controls.css';
import './styles/navigation-bar.css';
import './styles/notice-page.css';
import './styles/login.css';
import { suggestRoomName } from '../protocol/names.ts';
import { enhanceLogin } from './views/login-form.ts';
import { forgetSignedOut, warnOfUnsent } from './views/sign-out-form.ts';

const storages = { texts: () => localStorage, tab: () => sessionStorage, indexed: () => indexedDB };

// First, so that the form is filled in with nothing that is to be forgotten.
void forgetSignedOut(document, storages);
enhanceLogin(document, {
  storage: storages.texts,
  suggest: () => suggestRoomName((into) => crypto.getRandomValues(into)),
});
void warnOfUnsent(document, storages);
