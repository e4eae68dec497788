// Drives a running Forgelog with the real Octokit, its retry and throttling plugins on.
//
//   FORGELOG_URL=http://127.0.0.1:8080 FORGELOG_ADMIN_TOKEN=... node --test suite.mjs
//
// Names carry a random part, so that it can run against a service that is in use.
import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import * as runner from 'node:test';
import { Octokit } from 'octokit';

const baseUrl = process.env.FORGELOG_URL;
const adminToken = process.env.FORGELOG_ADMIN_TOKEN;
const run = randomBytes(4).toString('hex');
const name = (text) => `${text}-${run}`;

// Reads wait for what the same test wrote before, whichever of its clients wrote it.
const written = new AsyncLocalStorage();
const atFirst = {};
const here = () => written.getStore() ?? atFirst;
const { before, describe } = runner;
const test = (title, play) => runner.test(title, () => written.run({ ...atFirst }, play));
let clients = 0;

// A client of its own for each call: the throttling plugin would let one client write only once a second.
function as(auth, options = {}) {
  const octokit = new Octokit({
    auth,
    baseUrl,
    userAgent: 'forgelog-octokit-suite',
    log: { debug() {}, info() {}, warn() {}, error() {} },
    throttle: {
      id: `client-${clients++}`,
      onRateLimit: () => false,
      onSecondaryRateLimit: () => false,
    },
    ...options,
  });
  octokit.hook.before('request', (request) => {
    const { position } = here();
    if (position && (request.method === 'GET' || request.method === 'HEAD')) {
      request.headers['x-forgelog-position'] = position;
    }
  });
  octokit.hook.after('request', (response) => {
    const { 'x-forgelog-position': position } = response.headers;
    if (position) {
      here().position = position;
    }
  });
  return octokit;
}

const failing = (status, promise) =>
  assert.rejects(promise, (error) => {
    assert.equal(error.status, status, `${error.status} ${error.message}`);
    return true;
  });

const tokens = {};
const alice = name('alice');
const bob = name('bob');
const carol = name('carol');
const acme = name('acme');

async function user(login) {
  const admin = as(adminToken);
  const { status, data } = await admin.request('POST /admin/users', { login, email: `${login}@example.org` });
  assert.equal(status, 201);
  assert.equal(data.login, login);
  const token = await as(adminToken).request('POST /admin/users/{username}/authorizations', {
    username: login,
    scopes: ['repo', 'delete_repo', 'user', 'admin:org'],
  });
  tokens[login] = token.data.token;
}

async function repository(owner, repo, more = {}) {
  const { status, data } = await as(tokens[owner]).rest.repos.createForAuthenticatedUser({ name: repo, ...more });
  assert.equal(status, 201);
  assert.equal(data.full_name, `${owner}/${repo}`);
  return { owner, repo };
}

before(async () => {
  await user(alice);
  await user(bob);
  await user(carol);
});

describe('users', { concurrency: true }, () => {
  test('the authenticated user, by name, by id', async () => {
    const { data: me } = await as(tokens[alice]).rest.users.getAuthenticated();
    assert.equal(me.login, alice);
    assert.equal(typeof me.owned_private_repos, 'number');
    const { data: byName } = await as().rest.users.getByUsername({ username: alice.toUpperCase() });
    assert.equal(byName.id, me.id);
    const { data: byId } = await as().request('GET /user/{account_id}', { account_id: me.id });
    assert.equal(byId.login, alice);
    await failing(404, as().rest.users.getByUsername({ username: name('nobody') }));
    await failing(401, as().rest.users.getAuthenticated());
  });

  test('a profile', async () => {
    const { data } = await as(tokens[bob]).rest.users.updateAuthenticated({ name: 'Bob', bio: 'Builds', hireable: true });
    assert.equal(data.name, 'Bob');
    const { data: seen } = await as().rest.users.getByUsername({ username: bob });
    assert.equal(seen.bio, 'Builds');
    assert.equal(seen.hireable, true);
  });

  test('all users, a page at a time', async () => {
    const { data: first } = await as().rest.users.list({ per_page: 2 });
    assert.equal(first.length, 2);
    const { data: second } = await as().rest.users.list({ per_page: 2, since: first[1].id });
    assert.ok(second.every((one) => one.id > first[1].id));
  });
});

/** Invites somebody, who sees the invitation and accepts it. */
async function collaborator(it, owner, login, permission) {
  const { status, data } = await as(tokens[owner]).rest.repos.addCollaborator({ ...it, username: login, permission });
  assert.equal(status, 201);
  const received = await as(tokens[login]).rest.repos.listInvitationsForAuthenticatedUser();
  assert.ok(received.data.some((one) => one.id === data.id && one.repository.name === it.repo));
  const sent = await as(tokens[owner]).rest.repos.listInvitations(it);
  assert.ok(sent.data.some((one) => one.invitee.login === login));
  const accepted = await as(tokens[login]).rest.repos.acceptInvitationForAuthenticatedUser({ invitation_id: data.id });
  assert.equal(accepted.status, 204);
}

/** Becomes a member of an organization that invited them. */
async function accept(org, login) {
  const { data } = await as(tokens[login]).rest.orgs.updateMembershipForAuthenticatedUser({ org, state: 'active' });
  assert.equal(data.state, 'active');
}

describe('repositories', { concurrency: true }, () => {
  test('made, read, edited, archived, deleted', async () => {
    const it = await repository(alice, 'made', { description: 'First', private: false, has_wiki: false });
    const { data } = await as().rest.repos.get(it);
    assert.equal(data.description, 'First');
    assert.equal(data.has_wiki, false);
    assert.equal(data.owner.login, alice);
    assert.equal(data.default_branch, 'main');
    const { data: edited } = await as(tokens[alice]).rest.repos.update({ ...it, description: 'Second', archived: true });
    assert.equal(edited.archived, true);
    await failing(403, as(tokens[alice]).rest.issues.create({ ...it, title: 'No' }));
    const { status } = await as(tokens[alice]).rest.repos.delete(it);
    assert.equal(status, 204);
    await failing(404, as().rest.repos.get(it));
  });

  test('a renamed repository is found under both names', async () => {
    const it = await repository(alice, 'before');
    await as(tokens[alice]).rest.repos.update({ ...it, name: 'after' });
    const { data } = await as().rest.repos.get(it);
    assert.equal(data.name, 'after');
    const issue = await as(tokens[bob]).rest.issues.create({ ...it, title: 'Through the old name' });
    assert.equal(issue.status, 201);
  });

  test('private ones are nobody else\'s business', async () => {
    const it = await repository(bob, 'secret', { private: true });
    assert.equal((await as(tokens[bob]).rest.repos.get(it)).data.private, true);
    for (const stranger of [undefined, tokens[alice]]) {
      await failing(404, as(stranger).rest.repos.get(it));
      await failing(404, as(stranger).rest.issues.listForRepo(it));
      const { data } = await as(stranger).rest.repos.listForUser({ username: bob });
      assert.ok(!data.some((one) => one.name === 'secret'));
    }
    await failing(404, as(tokens[alice]).rest.issues.create({ ...it, title: 'Let me in' }));
    await collaborator(it, bob, alice, 'pull');
    assert.equal((await as(tokens[alice]).rest.repos.get(it)).status, 200);
    await as(tokens[bob]).rest.repos.removeCollaborator({ ...it, username: alice });
    await failing(404, as(tokens[alice]).rest.repos.get(it));
  });

  test('lists by creation, by name, of one\'s own', async () => {
    await user(name('lister'));
    const owner = name('lister');
    for (const repo of ['b', 'a', 'c']) {
      await repository(owner, repo);
    }
    const names = async (options) =>
      (await as().rest.repos.listForUser({ username: owner, ...options })).data.map((one) => one.name);
    assert.deepEqual(await names({}), ['a', 'b', 'c']);
    assert.deepEqual(await names({ sort: 'created' }), ['c', 'a', 'b']);
    assert.deepEqual(await names({ sort: 'created', direction: 'asc' }), ['b', 'a', 'c']);
    const mine = await as(tokens[owner]).rest.repos.listForAuthenticatedUser({ sort: 'full_name' });
    assert.equal(mine.data.length, 3);
    const all = await as().paginate(as().rest.repos.listForUser, { username: owner, per_page: 1 });
    assert.equal(all.length, 3);
  });

  test('topics', async () => {
    const it = await repository(alice, 'topical');
    const { data } = await as(tokens[alice]).rest.repos.replaceAllTopics({ ...it, names: ['events', 'java'] });
    assert.deepEqual(data.names, ['events', 'java']);
    assert.deepEqual((await as().rest.repos.getAllTopics(it)).data.names, ['events', 'java']);
    assert.deepEqual((await as().rest.repos.get(it)).data.topics, ['events', 'java']);
  });

  test('collaborators', async () => {
    const it = await repository(alice, 'shared');
    await collaborator(it, alice, bob, 'push');
    const { data } = await as(tokens[alice]).rest.repos.listCollaborators(it);
    assert.ok(data.some((one) => one.login === bob && one.permissions.push));
    assert.equal((await as(tokens[alice]).rest.repos.checkCollaborator({ ...it, username: bob })).status, 204);
    const level = await as(tokens[alice]).rest.repos.getCollaboratorPermissionLevel({ ...it, username: bob });
    assert.equal(level.data.permission, 'write');
    const opened = await as(tokens[carol]).rest.issues.create({ ...it, title: 'By a stranger' });
    const closed = await as(tokens[bob]).rest.issues.update({
      ...it,
      issue_number: opened.data.number,
      state: 'closed',
    });
    assert.equal(closed.data.state, 'closed');
    await as(tokens[alice]).rest.repos.removeCollaborator({ ...it, username: bob });
    await failing(404, as(tokens[alice]).rest.repos.checkCollaborator({ ...it, username: bob }));
  });

  test('forks', async () => {
    const it = await repository(alice, 'forked');
    const { status, data } = await as(tokens[bob]).rest.repos.createFork(it);
    assert.equal(status, 202);
    assert.equal(data.full_name, `${bob}/forked`);
    assert.equal(data.fork, true);
    assert.equal((await as(tokens[bob]).rest.repos.createFork(it)).data.id, data.id);
    const { data: forks } = await as().rest.repos.listForks(it);
    assert.deepEqual(forks.map((one) => one.id), [data.id]);
    const { data: fork } = await as().rest.repos.get({ owner: bob, repo: 'forked' });
    assert.equal(fork.parent.full_name, `${alice}/forked`);
    assert.equal((await as().rest.repos.get(it)).data.forks_count, 1);
  });
});

describe('issues', { concurrency: true }, () => {
  let it;
  before(async () => {
    it = await repository(alice, 'issues');
  });

  test('opened, edited, closed, reopened', async () => {
    const { status, data, headers } = await as(tokens[bob]).rest.issues.create({ ...it, title: 'Bug', body: 'It breaks' });
    assert.equal(status, 201);
    assert.ok(headers.location);
    const one = { ...it, issue_number: data.number };
    assert.equal((await as().rest.issues.get(one)).data.body, 'It breaks');
    const { data: closed } = await as(tokens[alice]).rest.issues.update({ ...one, state: 'closed' });
    assert.equal(closed.state_reason, 'completed');
    const { data: reopened } = await as(tokens[alice]).rest.issues.update({ ...one, state: 'open', title: 'Bugs' });
    assert.equal(reopened.state_reason, 'reopened');
    assert.equal(reopened.title, 'Bugs');
    await failing(403, as(tokens[carol]).rest.issues.update({ ...one, title: 'Mine' }));
    await failing(404, as().rest.issues.get({ ...it, issue_number: 4711 }));
    await assert.rejects(as(tokens[bob]).rest.issues.create({ ...it, title: '' }), (error) => {
      assert.equal(error.status, 422);
      assert.equal(error.response.data.errors[0].field, 'title');
      return true;
    });
  });

  test('labels, of the repository and on an issue', async () => {
    const owner = as(tokens[alice]);
    const made = await owner.rest.issues.createLabel({ ...it, name: 'area/core', color: 'ff0000', description: 'Core' });
    assert.equal(made.status, 201);
    assert.equal((await as().rest.issues.getLabel({ ...it, name: 'area/core' })).data.color, 'ff0000');
    const { data: issue } = await as(tokens[alice]).rest.issues.create({
      ...it,
      title: 'Labelled',
      labels: ['area/core', 'fresh'],
      assignees: [alice],
    });
    assert.deepEqual(issue.labels.map((label) => label.name).sort(), ['area/core', 'fresh']);
    assert.equal(issue.labels.find((label) => label.name === 'fresh').color, 'ededed');
    const one = { ...it, issue_number: issue.number };
    await as(tokens[alice]).rest.issues.addLabels({ ...one, labels: ['more'] });
    assert.equal((await as().rest.issues.listLabelsOnIssue(one)).data.length, 3);
    await as(tokens[alice]).rest.issues.removeLabel({ ...one, name: 'area/core' });
    const { data: set } = await as(tokens[alice]).rest.issues.setLabels({ ...one, labels: ['fresh'] });
    assert.deepEqual(set.map((label) => label.name), ['fresh']);
    const found = await as().rest.issues.listForRepo({ ...it, labels: 'fresh' });
    assert.deepEqual(found.data.map((each) => each.number), [issue.number]);
    await as(tokens[alice]).rest.issues.updateLabel({ ...it, name: 'fresh', new_name: 'stale', color: '00ff00' });
    assert.equal((await as().rest.issues.get(one)).data.labels[0].name, 'stale');
    assert.equal((await as(tokens[alice]).rest.issues.removeAllLabels(one)).status, 204);
    await as(tokens[alice]).rest.issues.deleteLabel({ ...it, name: 'stale' });
    const { data: left } = await as().rest.issues.listLabelsForRepo(it);
    assert.ok(!left.some((label) => label.name === 'stale'));
    await failing(404, as().rest.issues.getLabel({ ...it, name: 'stale' }));
    // Without push access they are left out in silence.
    const { data: plain } = await as(tokens[carol]).rest.issues.create({ ...it, title: 'Plain', labels: ['more'] });
    assert.deepEqual(plain.labels, []);
  });

  test('milestones', async () => {
    const owner = as(tokens[alice]);
    const due = '2027-01-01T08:00:00Z';
    const { status, data: made } = await owner.rest.issues.createMilestone({ ...it, title: 'v1', due_on: due });
    assert.equal(status, 201);
    assert.equal(made.due_on, due);
    assert.equal(made.creator.login, alice);
    const one = { ...it, milestone_number: made.number };
    await failing(422, owner.rest.issues.createMilestone({ ...it, title: 'v1' }));
    await failing(403, as(tokens[carol]).rest.issues.createMilestone({ ...it, title: 'v2' }));
    const { data: issue } = await owner.rest.issues.create({ ...it, title: 'Planned', milestone: made.number });
    assert.equal(issue.milestone.title, 'v1');
    await owner.rest.issues.addLabels({ ...it, issue_number: issue.number, labels: ['planned'] });
    const found = await as().rest.issues.listForRepo({ ...it, milestone: String(made.number) });
    assert.deepEqual(found.data.map((each) => each.number), [issue.number]);
    const { data: labels } = await as().rest.issues.listLabelsForMilestone(one);
    assert.deepEqual(labels.map((label) => label.name), ['planned']);
    await owner.rest.issues.update({ ...it, issue_number: issue.number, state: 'closed' });
    const { data: counted } = await as().rest.issues.getMilestone(one);
    assert.deepEqual([counted.open_issues, counted.closed_issues], [0, 1]);
    const { data: closed } = await owner.rest.issues.updateMilestone({ ...one, state: 'closed', due_on: null });
    assert.deepEqual([closed.state, closed.due_on], ['closed', null]);
    assert.equal((await as().rest.issues.listMilestones(it)).data.length, 0);
    assert.equal((await as().rest.issues.listMilestones({ ...it, state: 'all' })).data.length, 1);
    const { data: taken } = await owner.rest.issues.update({ ...it, issue_number: issue.number, milestone: null });
    assert.equal(taken.milestone, null);
    const events = await as().rest.issues.listEvents({ ...it, issue_number: issue.number });
    assert.ok(events.data.some((event) => event.event === 'demilestoned' && event.milestone.title === 'v1'));
    assert.equal((await owner.rest.issues.deleteMilestone(one)).status, 204);
    await failing(404, as().rest.issues.getMilestone(one));
  });

  test('watching, addresses and single events', async () => {
    const watcher = as(tokens[carol]).rest;
    await failing(404, watcher.activity.getRepoSubscription(it));
    const { data: made } = await watcher.activity.setRepoSubscription({ ...it, subscribed: true });
    assert.deepEqual([made.subscribed, made.ignored], [true, false]);
    assert.equal((await watcher.activity.getRepoSubscription(it)).data.subscribed, true);
    const { data: watchers } = await as().rest.activity.listWatchersForRepo(it);
    assert.deepEqual(watchers.map((each) => each.login), [carol]);
    assert.equal((await as().rest.repos.get(it)).data.subscribers_count, 1);
    const { data: watched } = await watcher.activity.listWatchedReposForAuthenticatedUser();
    assert.deepEqual(watched.map((each) => each.name), [it.repo]);
    assert.equal((await as().rest.activity.listReposWatchedByUser({ username: carol })).data.length, 1);
    assert.equal((await watcher.activity.deleteRepoSubscription(it)).status, 204);
    assert.equal((await as().rest.activity.listWatchersForRepo(it)).data.length, 0);
    const address = `${carol}@example.com`;
    const added = await watcher.users.addEmailForAuthenticatedUser({ emails: [address, `other-${address}`] });
    assert.equal(added.status, 201);
    assert.ok(added.data.some((each) => each.email === address && each.verified));
    const { data: emails } = await watcher.users.listEmailsForAuthenticatedUser();
    assert.equal(emails.filter((each) => each.primary).length, 1);
    const remove = { emails: [`other-${address}`] };
    assert.equal((await watcher.users.deleteEmailForAuthenticatedUser(remove)).status, 204);
    const { data: issue } = await as(tokens[alice]).rest.issues.create({ ...it, title: 'Short' });
    const one = { ...it, issue_number: issue.number };
    await as(tokens[alice]).rest.issues.update({ ...one, state: 'closed' });
    const { data: events } = await as().rest.issues.listEvents(one);
    const { data: event } = await as().rest.issues.getEvent({ ...it, event_id: events[0].id });
    assert.deepEqual([event.event, event.issue.number], ['closed', issue.number]);
  });

  test('assignees', async () => {
    const { data: issue } = await as(tokens[alice]).rest.issues.create({ ...it, title: 'Whose?' });
    const one = { ...it, issue_number: issue.number };
    const { status, data } = await as(tokens[alice]).rest.issues.addAssignees({ ...one, assignees: [alice] });
    assert.equal(status, 201);
    assert.deepEqual(data.assignees.map((each) => each.login), [alice]);
    const mine = await as(tokens[alice]).rest.issues.list({ filter: 'assigned' });
    assert.ok(mine.data.some((each) => each.id === issue.id));
    assert.ok((await as().rest.issues.listAssignees(it)).data.some((each) => each.login === alice));
    assert.equal((await as().rest.issues.checkUserCanBeAssigned({ ...it, assignee: alice })).status, 204);
    const removed = await as(tokens[alice]).rest.issues.removeAssignees({ ...one, assignees: [alice] });
    assert.deepEqual(removed.data.assignees, []);
  });

  test('locked, nobody without push access comments', async () => {
    const { data: issue } = await as(tokens[bob]).rest.issues.create({ ...it, title: 'Heated' });
    const one = { ...it, issue_number: issue.number };
    assert.equal((await as(tokens[alice]).rest.issues.lock({ ...one, lock_reason: 'too heated' })).status, 204);
    const { data: locked } = await as().rest.issues.get(one);
    assert.equal(locked.active_lock_reason, 'too heated');
    await failing(403, as(tokens[bob]).rest.issues.createComment({ ...one, body: 'But' }));
    assert.equal((await as(tokens[alice]).rest.issues.unlock(one)).status, 204);
    assert.equal((await as(tokens[alice]).rest.issues.lock(one)).status, 204);
    assert.equal((await as().rest.issues.get(one)).data.active_lock_reason, null);
  });

  test('comments', async () => {
    const { data: issue } = await as(tokens[bob]).rest.issues.create({ ...it, title: 'Talk' });
    const one = { ...it, issue_number: issue.number };
    const { status, data } = await as(tokens[carol]).rest.issues.createComment({ ...one, body: 'First' });
    assert.equal(status, 201);
    await as(tokens[bob]).rest.issues.createComment({ ...one, body: 'Second' });
    const { data: both } = await as().rest.issues.listComments(one);
    assert.deepEqual(both.map((each) => each.body), ['First', 'Second']);
    assert.equal((await as().rest.issues.get(one)).data.comments, 2);
    const comment = { ...it, comment_id: data.id };
    await as(tokens[carol]).rest.issues.updateComment({ ...comment, body: 'Changed' });
    assert.equal((await as().rest.issues.getComment(comment)).data.body, 'Changed');
    await failing(403, as(tokens[bob]).rest.issues.deleteComment(comment));
    assert.equal((await as(tokens[alice]).rest.issues.deleteComment(comment)).status, 204);
    await failing(404, as().rest.issues.getComment(comment));
    const ofAll = await as().rest.issues.listCommentsForRepo({ ...it, sort: 'created', direction: 'desc' });
    assert.ok(ofAll.data.some((each) => each.body === 'Second'));
  });

  test('reactions', async () => {
    const { data: issue } = await as(tokens[bob]).rest.issues.create({ ...it, title: 'React' });
    const one = { ...it, issue_number: issue.number };
    const first = await as(tokens[carol]).rest.reactions.createForIssue({ ...one, content: '+1' });
    assert.equal(first.status, 201);
    const again = await as(tokens[carol]).rest.reactions.createForIssue({ ...one, content: '+1' });
    assert.equal(again.status, 200);
    assert.equal(again.data.id, first.data.id);
    await as(tokens[bob]).rest.reactions.createForIssue({ ...one, content: 'heart' });
    const { data: seen } = await as().rest.issues.get(one);
    assert.equal(seen.reactions.total_count, 2);
    assert.equal(seen.reactions['+1'], 1);
    const up = await as().rest.reactions.listForIssue({ ...one, content: '+1' });
    assert.deepEqual(up.data.map((each) => each.user.login), [carol]);
    await as(tokens[carol]).rest.reactions.deleteForIssue({ ...one, reaction_id: first.data.id });
    assert.equal((await as().rest.issues.get(one)).data.reactions.total_count, 1);
    const { data: comment } = await as(tokens[bob]).rest.issues.createComment({ ...one, body: 'Nice' });
    await as(tokens[alice]).rest.reactions.createForIssueComment({ ...it, comment_id: comment.id, content: 'rocket' });
    const onComment = await as().rest.reactions.listForIssueComment({ ...it, comment_id: comment.id });
    assert.equal(onComment.data[0].content, 'rocket');
  });

  test('every page of a list, whatever its size', async () => {
    const other = await repository(carol, 'many');
    const commands = Array.from({ length: 20 }, (_, i) => ({
      method: 'POST',
      path: `/repos/${carol}/many/issues`,
      body: { title: `Issue ${i + 1}` },
    }));
    await as(tokens[carol]).request('POST /batch', { commands });
    for (const per_page of [1, 7, 20, 100]) {
      const octokit = as();
      const all = await octokit.paginate(octokit.rest.issues.listForRepo, { ...other, per_page });
      assert.deepEqual(all.map((each) => each.number), Array.from({ length: 20 }, (_, i) => 20 - i));
    }
    const { data: third } = await as().rest.issues.listForRepo({ ...other, per_page: 7, page: 3 });
    assert.equal(third.length, 6);
    const { data: updated } = await as().rest.issues.listForRepo({ ...other, sort: 'updated', direction: 'asc', per_page: 1 });
    assert.equal(updated[0].number, 1);
    const created = await as().rest.issues.listForRepo({ ...other, creator: carol, state: 'all' });
    assert.equal(created.data.length, 20);
  });
});

describe('pull requests', { concurrency: true }, () => {
  let it;
  before(async () => {
    it = await repository(alice, 'pulls');
  });

  const open = async (head) =>
    ({ ...it, pull_number: (await as(tokens[alice]).rest.pulls.create({ ...it, title: head, head, base: 'main' })).data.number });

  test('opened, edited, closed', async () => {
    const one = await open('feature');
    const { data } = await as().rest.pulls.get(one);
    assert.equal(data.head.ref, 'feature');
    assert.equal(data.base.ref, 'main');
    assert.equal(data.merged, false);
    await failing(404, as().rest.pulls.checkIfMerged(one));
    const { data: closed } = await as(tokens[alice]).rest.pulls.update({ ...one, state: 'closed', title: 'No' });
    assert.equal(closed.state, 'closed');
    const { data: listed } = await as().rest.pulls.list({ ...it, state: 'closed' });
    assert.ok(listed.some((each) => each.number === one.pull_number));
  });

  test('merged once, with the right sha', async () => {
    const one = await open('merged');
    await failing(409, as(tokens[alice]).rest.pulls.merge({ ...one, sha: '0'.repeat(40), request: { retries: 0 } }));
    const { data } = await as(tokens[alice]).rest.pulls.merge(one);
    assert.equal(data.merged, true);
    assert.equal((await as().rest.pulls.checkIfMerged(one)).status, 204);
    const { data: merged } = await as().rest.pulls.get(one);
    assert.equal(merged.state, 'closed');
    assert.equal(merged.merged_by.login, alice);
    // The retry plugin repeats a 405: it must stay one.
    await failing(405, as(tokens[alice]).rest.pulls.merge({ ...one, request: { retries: 1 } }));
  });

  test('from a fork', async () => {
    const source = await repository(alice, 'upstream');
    await as(tokens[bob]).rest.repos.createFork(source);
    const { data } = await as(tokens[bob]).rest.pulls.create({ ...source, title: 'Mine', head: `${bob}:topic`, base: 'main' });
    assert.equal(data.head.repo.full_name, `${bob}/upstream`);
    assert.equal(data.head.label, `${bob}:topic`);
  });

  test('review comments and replies', async () => {
    const one = await open('reviewed');
    const { data: pull } = await as().rest.pulls.get(one);
    const { status, data } = await as(tokens[bob]).rest.pulls.createReviewComment({
      ...one,
      body: 'Why?',
      commit_id: pull.head.sha,
      path: 'src/Main.java',
      line: 7,
      side: 'RIGHT',
    });
    assert.equal(status, 201);
    assert.equal(data.path, 'src/Main.java');
    assert.equal(data.line, 7);
    const reply = await as(tokens[alice]).rest.pulls.createReplyForReviewComment({ ...one, comment_id: data.id, body: 'So' });
    assert.equal(reply.data.in_reply_to_id, data.id);
    const { data: both } = await as().rest.pulls.listReviewComments(one);
    assert.deepEqual(both.map((each) => each.body), ['Why?', 'So']);
    const comment = { ...it, comment_id: data.id };
    await as(tokens[bob]).rest.pulls.updateReviewComment({ ...comment, body: 'How?' });
    assert.equal((await as().rest.pulls.getReviewComment(comment)).data.body, 'How?');
    const reaction = await as(tokens[alice]).rest.reactions.createForPullRequestReviewComment({ ...comment, content: 'eyes' });
    assert.equal(reaction.status, 201);
    const { data: reactions } = await as().rest.reactions.listForPullRequestReviewComment(comment);
    assert.equal(reactions.length, 1);
    assert.ok((await as().rest.pulls.listReviewCommentsForRepo(it)).data.length >= 2);
    assert.equal((await as(tokens[bob]).rest.pulls.deleteReviewComment(comment)).status, 204);
  });
});

describe('stars', { concurrency: true }, () => {
  test('starring twice is one star', async () => {
    const it = await repository(alice, 'starred');
    await as(tokens[bob]).rest.activity.starRepoForAuthenticatedUser(it);
    assert.equal((await as(tokens[bob]).rest.activity.starRepoForAuthenticatedUser(it)).status, 204);
    assert.equal((await as(tokens[bob]).rest.activity.checkRepoIsStarredByAuthenticatedUser(it)).status, 204);
    assert.equal((await as().rest.repos.get(it)).data.stargazers_count, 1);
    const gazers = await as().rest.activity.listStargazersForRepo({
      ...it,
      headers: { accept: 'application/vnd.github.v3.star+json' },
    });
    assert.equal(gazers.data[0].user.login, bob);
    assert.ok(gazers.data[0].starred_at);
    const { data: mine } = await as(tokens[bob]).rest.activity.listReposStarredByAuthenticatedUser();
    assert.ok(mine.some((one) => one.name === 'starred'));
    const { data: his } = await as().rest.activity.listReposStarredByUser({ username: bob });
    assert.ok(his.some((one) => one.name === 'starred'));
    await as(tokens[bob]).rest.activity.unstarRepoForAuthenticatedUser(it);
    await failing(404, as(tokens[bob]).rest.activity.checkRepoIsStarredByAuthenticatedUser(it));
  });
});

// One after the other: they share the organization.
describe('organizations', () => {
  before(async () => {
    const { status, data } = await as(adminToken).request('POST /admin/organizations', {
      login: acme,
      admin: alice,
      profile_name: 'Acme',
    });
    assert.equal(status, 201);
    assert.equal(data.login, acme);
  });

  test('members and their roles', async () => {
    const { data } = await as(tokens[alice]).rest.orgs.setMembershipForUser({ org: acme, username: bob, role: 'member' });
    assert.equal(data.state, 'pending');
    assert.equal(data.role, 'member');
    const { data: invited } = await as(tokens[alice]).rest.orgs.listPendingInvitations({ org: acme });
    assert.deepEqual(invited.map((one) => one.login), [bob]);
    await accept(acme, bob);
    const { data: members } = await as(tokens[alice]).rest.orgs.listMembers({ org: acme });
    assert.deepEqual(members.map((one) => one.login).sort(), [alice, bob].sort());
    const { data: admins } = await as(tokens[alice]).rest.orgs.listMembers({ org: acme, role: 'admin' });
    assert.deepEqual(admins.map((one) => one.login), [alice]);
    const { data: mine } = await as(tokens[bob]).rest.orgs.listForAuthenticatedUser();
    assert.ok(mine.some((one) => one.login === acme));
    const own = await as(tokens[bob]).rest.orgs.getMembershipForAuthenticatedUser({ org: acme });
    assert.equal(own.data.role, 'member');
    assert.equal((await as(tokens[alice]).rest.orgs.checkMembershipForUser({ org: acme, username: bob })).status, 204);
    await failing(403, as(tokens[bob]).rest.orgs.setMembershipForUser({ org: acme, username: carol }));
  });

  test('its repositories, private ones for members', async () => {
    await as(tokens[alice]).rest.orgs.setMembershipForUser({ org: acme, username: carol });
    await accept(acme, carol);
    const { status, data } = await as(tokens[alice]).rest.repos.createInOrg({ org: acme, name: 'inner', private: true });
    assert.equal(status, 201);
    assert.equal(data.owner.type, 'Organization');
    const it = { owner: acme, repo: 'inner' };
    assert.equal((await as(tokens[carol]).rest.repos.get(it)).status, 200);
    await failing(404, as().rest.repos.get(it));
    const { data: seen } = await as(tokens[carol]).rest.repos.listForOrg({ org: acme });
    assert.ok(seen.some((one) => one.name === 'inner'));
    assert.ok(!(await as().rest.repos.listForOrg({ org: acme })).data.some((one) => one.name === 'inner'));
    await as(tokens[alice]).rest.orgs.removeMembershipForUser({ org: acme, username: carol });
    await failing(404, as(tokens[carol]).rest.repos.get(it));
  });

  test('read and edited', async () => {
    const { data } = await as(tokens[alice]).rest.orgs.update({ org: acme, description: 'We make things' });
    assert.equal(data.description, 'We make things');
    assert.equal((await as().rest.orgs.get({ org: acme })).data.description, 'We make things');
    assert.equal((await as().rest.users.getByUsername({ username: acme })).data.type, 'Organization');
  });
});

describe('feeds', { concurrency: true }, () => {
  test('what happened in a repository and by a user', async () => {
    const it = await repository(carol, 'eventful');
    const { data: issue } = await as(tokens[carol]).rest.issues.create({ ...it, title: 'Event' });
    await as(tokens[carol]).rest.issues.createComment({ ...it, issue_number: issue.number, body: 'Yes' });
    const { data: events } = await as().rest.activity.listRepoEvents(it);
    assert.deepEqual(events.slice(0, 2).map((one) => one.type), ['IssueCommentEvent', 'IssuesEvent']);
    assert.equal(typeof events[0].id, 'string');
    const { data: byUser } = await as().rest.activity.listPublicEventsForUser({ username: carol });
    assert.ok(byUser.some((one) => one.repo.name === `${carol}/eventful`));
  });
});

describe('organizations and networks', { concurrency: true }, () => {
  test('what happened in them, what concerns the caller, and how authors stand to them', async () => {
    const org = name('umbrella');
    await as(adminToken).request('POST /admin/organizations', { login: org, admin: alice });
    await as(tokens[alice]).rest.orgs.setMembershipForUser({ org, username: bob });
    await accept(org, bob);
    await as(tokens[alice]).rest.repos.createInOrg({ org, name: 'lab' });
    const it = { owner: org, repo: 'lab' };
    const { data: issue } = await as(tokens[bob]).rest.issues.create({ ...it, title: 'Leak' });
    assert.equal(issue.author_association, 'MEMBER');
    const { data: seen } = await as().rest.issues.get({ ...it, issue_number: issue.number });
    assert.equal(seen.author_association, 'MEMBER');
    const { data: mine } = await as(tokens[bob]).rest.issues.listForOrg({ org, filter: 'created' });
    assert.deepEqual(mine.map((one) => one.title), ['Leak']);
    const { data: events } = await as().rest.activity.listPublicOrgEvents({ org });
    assert.deepEqual(events.map((one) => one.type), ['IssuesEvent', 'CreateEvent']);
    await as(tokens[carol]).rest.repos.createFork(it);
    const { data: network } = await as().rest.activity.listPublicEventsForRepoNetwork({ owner: carol, repo: 'lab' });
    assert.equal(network[0].type, 'ForkEvent');
  });

  test('a second pull request between the same branches', async () => {
    const it = await repository(alice, 'single');
    const pull = { ...it, title: 'One', head: 'one', base: 'main' };
    await as(tokens[alice]).rest.pulls.create(pull);
    await assert.rejects(as(tokens[alice]).rest.pulls.create(pull), (error) => {
      assert.equal(error.status, 422);
      assert.equal(error.response.data.errors[0].message, `A pull request already exists for ${alice}:one.`);
      return true;
    });
  });

  test('a title that changed', async () => {
    const it = await repository(alice, 'titled');
    await as(tokens[alice]).rest.issues.create({ ...it, title: 'Before' });
    await as(tokens[alice]).rest.issues.update({ ...it, issue_number: 1, title: 'After' });
    const { data } = await as().rest.issues.listEvents({ ...it, issue_number: 1 });
    assert.deepEqual(data.map((one) => one.rename), [{ from: 'Before', to: 'After' }]);
  });
});

describe('conventions', { concurrency: true }, () => {
  test('what the client has already is not sent again', async () => {
    const it = await repository(alice, 'cached');
    const { headers } = await as().rest.repos.get(it);
    await failing(304, as().rest.repos.get({ ...it, headers: { 'if-none-match': headers.etag } }));
    await as(tokens[bob]).rest.activity.starRepoForAuthenticatedUser(it);
    assert.equal((await as().rest.repos.get({ ...it, headers: { 'if-none-match': headers.etag } })).status, 200);
  });

  test('HEAD, the rate limit, the service itself', async () => {
    const it = await repository(alice, 'headed');
    const { status, headers } = await as().request('HEAD /repos/{owner}/{repo}', it);
    assert.equal(status, 200);
    assert.ok(headers['x-github-request-id']);
    assert.equal(headers['x-ratelimit-resource'], 'core');
    const { data } = await as(tokens[alice]).rest.rateLimit.get();
    assert.ok(data.rate.remaining > 0);
    assert.equal((await as().rest.meta.root()).status, 200);
    assert.deepEqual((await as().rest.meta.getAllVersions()).data, ['2022-11-28']);
  });

  test('a client that writes three times in a row is throttled by itself alone', async () => {
    const it = await repository(bob, 'slow');
    const octokit = as(tokens[bob]);
    const numbers = [];
    for (const title of ['One', 'Two', 'Three']) {
      numbers.push((await octokit.rest.issues.create({ ...it, title })).data.number);
    }
    assert.deepEqual(numbers, [1, 2, 3]);
  });

  test('collections of its own', async () => {
    const it = await repository(bob, 'collected');
    await as(tokens[bob]).rest.issues.create({ ...it, title: 'Collected' });
    const { data: owned } = await as(tokens[bob]).request('GET /users/{username}/owned', { username: bob });
    assert.ok(JSON.stringify(owned).includes('collected'));
    const { data: managed } = await as(tokens[bob]).request('GET /users/{username}/managed', { username: bob });
    assert.ok(JSON.stringify(managed).includes('Collected'));
    const { data: activity } = await as().request('GET /repos/{owner}/{repo}/activity', it);
    assert.ok(JSON.stringify(activity).includes('Collected'));
  });
});
