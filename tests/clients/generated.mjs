// The clients' code that was generated from our protos, and how its refusals are read.
import assert from 'node:assert/strict';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';

import {fromBinary} from '@bufbuild/protobuf';
import {ConnectError} from '@connectrpc/connect';

export const generated = (path) => {
  return import(pathToFileURL(join(process.env.LUMBUNG_GENERATED, path)));
};

const {ErrorInfoSchema} = await generated('lumbung/common/v1/errors_pb.js');

export async function refusalOf(promise) {
  const error = await promise.then(() => assert.fail('not refused'), (reason) => reason);
  assert.ok(error instanceof ConnectError, String(error));
  return error;
}

// The machine-readable part of a refusal.
export function reasonOf(error) {
  const detail = error.details.find(({type}) => type === 'google.rpc.ErrorInfo');
  return fromBinary(ErrorInfoSchema, detail.value).reason;
}
