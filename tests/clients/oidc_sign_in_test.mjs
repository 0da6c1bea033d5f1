// Signing in with an identity provider that is not of our making.
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';

import {Code, createClient} from '@connectrpc/connect';
import {createConnectTransport} from '@connectrpc/connect-web';

import {generated, reasonOf, refusalOf} from './generated.mjs';
import {IdentityProvider, signInAt} from './identity_provider.mjs';
import {RunningLumbung} from './running_lumbung.mjs';

const {IdentityService} = await generated('lumbung/identity/v1/identity_service_pb.js');

const BACK = 'http://127.0.0.1:8080/signed-in';
const PASSWORD = 'lumbung padi di tepi sawah';

const folder = mkdtempSync(join(tmpdir(), 'lumbung-oidc-'));
let provider;
let lumbung;
let identity;
let admin;

const as = (token) => ({headers: {Authorization: `Bearer ${token}`}});

async function begin() {
  return identity.beginOidcSignIn({providerId: 'kantor', redirectUri: BACK});
}

before(async () => {
  provider = await IdentityProvider.start(BACK);
  const providers = join(folder, 'providers.json');
  writeFileSync(providers, JSON.stringify([{
    id: 'kantor', display_name: 'Kantor pusat', issuer: provider.issuer, client_id: 'lumbung',
    redirect_uris: [BACK],
  }]));
  lumbung = await RunningLumbung.start('--oidc-providers', providers);
  identity = createClient(IdentityService, createConnectTransport({baseUrl: lumbung.url}));
  const once = lumbung.oneTimePassword;
  const first = await identity.signIn({userName: 'admin', password: once});
  await identity.changePassword({currentPassword: once, newPassword: PASSWORD}, as(first.token));
  admin = (await identity.signIn({userName: 'admin', password: PASSWORD})).token;
  await identity.createPerson({userName: 'rini', displayName: 'Rini'}, as(admin));
  await identity.linkIdentity({name: 'people/rini', providerId: 'kantor', subject: 'rini-7'},
                              as(admin));
});

after(async () => {
  await lumbung?.stop();
  await provider?.stop();
  rmSync(folder, {recursive: true, force: true});
});

describe('an identity provider', () => {
  it('is listed', async () => {
    const {providers} = await identity.listSignInProviders({});
    assert.deepEqual(providers.map(({providerId}) => providerId), ['kantor']);
  });

  it('lets in whoever is linked, once for each sign-in', async () => {
    const {authorizationUrl, signIn} = await begin();
    const {code, state} = await signInAt(authorizationUrl, 'rini-7', BACK);
    const session = await identity.completeOidcSignIn({signIn, state, code});
    assert.equal(session.person.userName, 'rini');
    assert.equal((await identity.getMe({}, as(session.token))).person.displayName, 'Rini');
    const again = await refusalOf(identity.completeOidcSignIn({signIn, state, code}));
    assert.equal(again.code, Code.Unauthenticated);
    assert.equal(reasonOf(again), 'SIGN_IN_EXPIRED');
  });

  it('keeps out whoever is not', async () => {
    const {authorizationUrl, signIn} = await begin();
    const {code, state} = await signInAt(authorizationUrl, 'somebody-else', BACK);
    const refused = await refusalOf(identity.completeOidcSignIn({signIn, state, code}));
    assert.equal(reasonOf(refused), 'IDENTITY_NOT_LINKED');
  });

  it('takes no code of another sign-in', async () => {
    const own = await begin();
    const other = await begin();
    const {code} = await signInAt(other.authorizationUrl, 'rini-7', BACK);
    const state = new URL(own.authorizationUrl).searchParams.get('state');
    // The right state with a stolen code: the verifier is not the one that was promised.
    const refused =
        await refusalOf(identity.completeOidcSignIn({signIn: own.signIn, state, code}));
    assert.equal(reasonOf(refused), 'CODE_REFUSED');
  });

  it('is remembered in the audit trail, refusals included', async () => {
    const {events} = await identity.listAuditEvents(
        {filter: {action: 'complete_oidc_sign_in'}}, as(admin));
    const reasons = events.map(({reason}) => reason);
    for (const reason of ['', 'SIGN_IN_EXPIRED', 'IDENTITY_NOT_LINKED', 'CODE_REFUSED']) {
      assert.ok(reasons.includes(reason), `${reason} is missing in ${reasons}`);
    }
  });
});
