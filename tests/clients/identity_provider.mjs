// A real identity provider on a port of this machine, and a browser that signs in to it.
import {createServer} from 'node:http';

import Provider from 'oidc-provider';

export class IdentityProvider {
  #server = createServer();
  issuer;

  // For the client "lumbung", whose browsers come back to `redirectUri`.
  static async start(redirectUri) {
    const own = new IdentityProvider();
    await new Promise((resolve) => own.#server.listen(0, '127.0.0.1', resolve));
    own.issuer = `http://127.0.0.1:${own.#server.address().port}`;
    const provider = new Provider(own.issuer, {
      clients: [{
        client_id: 'lumbung',
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'none',
      }],
      cookies: {keys: ['of a test']},
    });
    own.#server.on('request', provider.callback());
    return own;
  }

  stop() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }
}

// Opens the address as a browser would, signs in as `login`, consents, and tells the parameters
// with which the browser is sent back.
export async function signInAt(address, login, redirectUri) {
  const cookies = new Map();
  const visit = async (url, form) => {
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      body: form && new URLSearchParams(form),
      redirect: 'manual',
      headers: {Cookie: [...cookies].map((pair) => pair.join('=')).join('; ')},
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0].split(/=(.*)/);
      cookies.set(name, value);
    }
    return response;
  };
  let url = address;
  for (let steps = 0; steps < 20; ++steps) {
    if (url.startsWith(redirectUri)) return Object.fromEntries(new URL(url).searchParams);
    let response = await visit(url);
    if (response.status === 200) {
      // A page that asks: first who it is, then whether that is agreed to.
      const page = await response.text();
      const action = page.match(/action="([^"]+)"/)[1];
      const prompt = page.match(/name="prompt" value="([^"]+)"/)[1];
      const form = prompt === 'login' ? {prompt, login, password: 'of no matter'} : {prompt};
      response = await visit(new URL(action, url), form);
    }
    const next = response.headers.get('Location');
    if (!next) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
    url = new URL(next, url).toString();
  }
  throw new Error('the identity provider sends the browser in a circle');
}
