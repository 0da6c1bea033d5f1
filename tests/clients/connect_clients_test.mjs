// What the official clients are promised: every call a user's program makes, in JSON and binary, by
// connect-node and by connect-web, on the demo's books.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {after, before, describe, it} from 'node:test';

import {fromBinary} from '@bufbuild/protobuf';
import {Code, createClient} from '@connectrpc/connect';
import * as node from '@connectrpc/connect-node';
import * as web from '@connectrpc/connect-web';

import {generated, reasonOf, refusalOf} from './generated.mjs';
import {RunningLumbung} from './running_lumbung.mjs';

const {BadRequestSchema} = await generated('lumbung/common/v1/errors_pb.js');
const {IdentityService} = await generated('lumbung/identity/v1/identity_service_pb.js');
const {BooksService} = await generated('lumbung/ledger/v1/books_service_pb.js');
const {JournalFormat, TransferService} = await generated('lumbung/ledger/v1/transfer_service_pb.js');
const {LedgerService} = await generated('lumbung/ledger/v1/ledger_service_pb.js');

const PASSWORD = 'lumbung padi di tepi sawah';

let lumbung;
let token;
let organization;
let book;
let bank;

// Adds what every call of a program brings along.
const signedIn = (next) => (request) => {
  request.header.set('Authorization', `Bearer ${token}`);
  request.header.set('Lumbung-Organization', organization);
  return next(request);
};

// The methods of the HTTP requests that a client made.
class Recorder {
  methods = [];
  fetch = (input, init) => {
    this.methods.push(init?.method ?? input.method);
    return fetch(input, init);
  };
}

function transports() {
  const common = {baseUrl: lumbung.url, interceptors: [signedIn]};
  const ofNode = {...common, httpVersion: '1.1'};
  return {
    'connect-node, JSON': node.createConnectTransport({...ofNode, useBinaryFormat: false}),
    'connect-node, binary': node.createConnectTransport({...ofNode, useBinaryFormat: true}),
    'connect-node, compressing': node.createConnectTransport(
        {...ofNode, sendCompression: node.compressionGzip, compressMinBytes: 1}),
    'connect-web, JSON': web.createConnectTransport({...common, useBinaryFormat: false}),
    'connect-web, binary': web.createConnectTransport({...common, useBinaryFormat: true}),
    'connect-web, GET': web.createConnectTransport({...common, useHttpGet: true}),
  };
}

// Runs `check` with every client, and says which of them failed.
async function withEach(check) {
  for (const [name, transport] of Object.entries(transports())) {
    try {
      await check(transport, name);
    } catch (error) {
      throw new Error(`${name}: ${error.message}`, {cause: error});
    }
  }
}

before(async () => {
  lumbung = await RunningLumbung.start('--demo');
  const identity = createClient(IdentityService, web.createConnectTransport({baseUrl: lumbung.url}));
  const signIn = (password) => identity.signIn({userName: 'siti', password});
  const once = lumbung.oneTimePasswordOf('siti');
  const first = await signIn(once);
  assert.equal(first.mustChangePassword, true);
  await identity.changePassword({currentPassword: once, newPassword: PASSWORD},
                                {headers: {Authorization: `Bearer ${first.token}`}});
  token = (await signIn(PASSWORD)).token;
  const me = await identity.getMe({}, {headers: {Authorization: `Bearer ${token}`}});
  assert.equal(me.organizations.length, 1);
  organization = me.organizations[0];
  const books = createClient(BooksService, transports()['connect-web, binary']);
  book = (await books.listBooks({})).books[0].name;
  const {accounts} = await books.listAccounts({parent: book});
  bank = accounts.find(({code}) => code === '1.1.21').accountId;
});

after(() => lumbung?.stop());

describe('the official Connect clients', () => {
  it('make unary calls', () => withEach(async (transport) => {
    const books = createClient(BooksService, transport);
    assert.equal((await books.getBook({name: book})).name, book);
    const {accounts} = await books.listAccounts({parent: book});
    assert.ok(accounts.length > 20);
  }));

  it('read by GET where a method has no side effects', async () => {
    const recorder = new Recorder();
    const transport = web.createConnectTransport({
      baseUrl: lumbung.url, interceptors: [signedIn], useHttpGet: true, fetch: recorder.fetch,
    });
    assert.equal((await createClient(BooksService, transport).getBook({name: book})).name, book);
    await refusalOf(createClient(LedgerService, transport).createJournalEntry({parent: book}));
    assert.deepEqual(recorder.methods, ['GET', 'POST']);
  });

  it('read streams to their end', async () => {
    const counts = new Map();
    await withEach(async (transport, name) => {
      let lines = 0;
      const ledger = createClient(LedgerService, transport);
      for await (const response of ledger.queryPostings({parent: book, account: bank})) {
        lines += response.lines.length;
      }
      counts.set(name, lines);
    });
    const [first, ...others] = counts.values();
    assert.ok(first > 100, `only ${first} lines`);
    assert.ok(others.every((count) => count === first), JSON.stringify([...counts]));
  });

  it('leave a stream when they have read enough', () => withEach(async (transport) => {
    const ledger = createClient(LedgerService, transport);
    for await (const response of ledger.queryPostings({parent: book, account: bank})) {
      assert.ok(response.lines.length > 0);
      break;
    }
    assert.equal((await createClient(BooksService, transport).getBook({name: book})).name, book);
  }));

  it('see why a call is refused', () => withEach(async (transport) => {
    const ledger = createClient(LedgerService, transport);
    const money = (amount) => ({currency: 'IDR', amount});
    const error = await refusalOf(ledger.createJournalEntry({
      parent: book,
      requestId: randomUUID(),
      journalEntry: {
        effectiveDate: '2026-01-01',
        description: 'Tidak seimbang',
        postings: [
          {account: bank, amount: money('2')},
          {account: bank, amount: money('-1')},
        ],
      },
    }));
    assert.equal(error.code, Code.InvalidArgument);
    assert.equal(reasonOf(error), 'UNBALANCED');
    const fields = error.details.find(({type}) => type === 'google.rpc.BadRequest');
    assert.ok(fromBinary(BadRequestSchema, fields.value).fieldViolations.length > 0);
    const missing = await refusalOf(
        createClient(BooksService, transport).getAccount({name: `${book}/accounts/nothing`}));
    assert.equal(missing.code, Code.NotFound);
  }));

  it('see why a stream is refused', () => withEach(async (transport) => {
    const ledger = createClient(LedgerService, transport);
    const read = async () => {
      for await (const _ of ledger.queryPostings({parent: 'books/nothing'})) assert.fail('a line');
    };
    assert.equal((await refusalOf(read())).code, Code.NotFound);
  }));

  it('are told that nobody is signed in', async () => {
    const transport = web.createConnectTransport({baseUrl: lumbung.url});
    const error = await refusalOf(createClient(BooksService, transport).listBooks({}));
    assert.equal(error.code, Code.Unauthenticated);
    assert.equal(reasonOf(error), 'SIGN_IN_REQUIRED');
  });

  it('give up when the deadline has passed', () => withEach(async (transport) => {
    const transfer = createClient(TransferService, transport);
    const read = async () => {
      const request = {parent: book, format: JournalFormat.HLEDGER};
      for await (const _ of transfer.exportJournal(request, {timeoutMs: 1})) continue;
    };
    assert.equal((await refusalOf(read())).code, Code.DeadlineExceeded);
  }));

  it('keep a session in a cookie, as a browser does', async () => {
    // What somebody else has put there is not taken up.
    const planted = 'lumbung_session=lbs_planted';
    let cookie = planted;
    const jar = async (input, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set('Origin', lumbung.url);
      if (cookie) headers.set('Cookie', cookie);
      const response = await fetch(input, {...init, headers});
      const [set] = response.headers.getSetCookie();
      if (set) {
        assert.match(set, /; HttpOnly/);
        assert.match(set, /; SameSite=Strict/);
        [cookie] = set.split(';');
      }
      return response;
    };
    const transport = web.createConnectTransport({baseUrl: lumbung.url, fetch: jar});
    const identity = createClient(IdentityService, transport);
    const answer = await identity.signIn({userName: 'siti', password: PASSWORD},
                                         {headers: {'Lumbung-Session': 'cookie'}});
    assert.equal(answer.token, '');
    assert.notEqual(cookie, planted);
    assert.equal((await identity.getMe({})).person.userName, 'siti');
    await identity.signOut({});
    assert.equal(cookie, 'lumbung_session=');
    assert.equal((await refusalOf(identity.getMe({}))).code, Code.Unauthenticated);
  });
});
