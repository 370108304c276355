// A colleague's phone that only sends: as another client of sync-protocol.md would, many changes in a few requests.
import assert from 'node:assert/strict';
import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** As many changes as one request takes (section 21). */
const CHANGES = 2_000;
const YEAR = 365 * 24 * 60 * 60 * 1_000;

/** Records so many contacts of the past year in the team of that person, at the municipality. */
export async function recordMany(town, person, team, contacts) {
  const token = newToken();
  const enrolled = await post(town, '/v1/enrolments', null, {
    protocol: 1,
    app: '0.1.0',
    platform: 'test',
    code: town.code(person),
    token_sha256: hashed(token),
    deposit_token_sha256: hashed(newToken()),
    // Nothing is recorded here without unlocking, so nothing is ever sealed to this key.
    capture_key: Buffer.concat([Buffer.from([9]), Buffer.alloc(31)]).toString('base64url'),
  });
  assert.equal(enrolled.state, 'enrolled');
  const synchronise = (spaces) => {
    const { device, epoch } = enrolled;
    return post(town, '/v1/synchronisations', token, { protocol: 1, app: '0.1.0', device, epoch, clocks: clocks(), spaces });
  };
  const { access } = await synchronise([]);
  const space = access.spaces.find(({ name }) => name === team).id;
  for (let seq = 1; seq <= contacts; seq += CHANGES) {
    const amount = Math.min(CHANGES, contacts - seq + 1);
    const changes = Array.from({ length: amount }, (_, at) => contact(seq + at, contacts, enrolled.user));
    const answer = await synchronise([{ space, changes, received_through: 0 }]);
    assert.equal(answer.spaces[0].received_through, seq + amount - 1);
  }
}

function contact(seq, contacts, user) {
  const at = new Date(Date.now() - Math.round((YEAR * seq) / contacts)).toISOString();
  const set = { created_at: at, created_by: user, occurred_at: at, headcount: 3, note: `Sprak over school, keer ${seq}` };
  return { seq, collection: 'street_contact', record: randomUUID(), new: true, set, base: {}, made: clocks() };
}

const clocks = () => ({ wall: Date.now() });
const newToken = () => randomBytes(32).toString('base64url');
const hashed = (token) => createHash('sha256').update(token).digest('hex');

async function post(town, path, token, body) {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const answer = await fetch(`${town.address}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return answer.json();
}
