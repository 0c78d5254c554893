// The login page's script: the page itself was rendered on the server and works without it.
import './styles/layers.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/people-hues.css';
import './styles/controls.css';
import './styles/navigation-bar.css';
import './styles/notice-page.css';
import './styles/login.css';
import { enhanceLogin } from './views/login-form.ts';
import { suggestRoom } from './views/room-suggestion.ts';

enhanceLogin(document, {
  storage: () => localStorage,
  suggest: () => suggestRoom((into) => crypto.getRandomValues(into)),
});
