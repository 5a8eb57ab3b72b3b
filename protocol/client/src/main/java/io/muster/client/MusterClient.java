package io.muster.client;

import io.muster.encoding.Bytes;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import io.muster.wire.Json;
import io.muster.wire.MalformedJsonException;
import io.muster.wire.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// A typed client of `/v1`. Every call blocks, as fits virtual threads, and any number of threads may call.
///
/// It finds a server that answers and a leader that leads by trying again within its patience. Every
/// write carries an Idempotency-Key of its own, so that trying again after a lost answer is safe. A write
/// whose outcome is unknown in the end is reported as [UnknownOutcomeException] with its key, never as
/// failed.
public final class MusterClient {
    private static final String MEMBERS = "/v1/cluster/members";
    private static final String INVITATIONS = "/v1/cluster/invitations";

    private final ClientConfig config;
    private final ApiKey key;
    private final HttpConnections transport;
    private final RetryingCaller caller;
    private final Supplier<String> idempotencyKeys;

    public MusterClient(ClientConfig config, ApiKey key, HttpConnections transport) {
        this(config, key, transport, CallWatch.NOBODY);
    }

    /// A client whose calls `watch` hears of.
    public MusterClient(ClientConfig config, ApiKey key, HttpConnections transport, CallWatch watch) {
        this(
                config,
                key,
                transport,
                new RetryingCaller(config, key, transport, watch),
                () -> UUID.randomUUID().toString());
    }

    private MusterClient(
            ClientConfig config,
            ApiKey key,
            HttpConnections transport,
            RetryingCaller caller,
            Supplier<String> idempotencyKeys) {
        this.config = config;
        this.key = key;
        this.transport = transport;
        this.caller = caller;
        this.idempotencyKeys = idempotencyKeys;
    }

    /// This client for one write, under a key that was used before for the same write, or may have to be used again.
    ///
    /// @throws IllegalArgumentException if the key is not ASCII: a header would carry each other character as a
    ///     question mark, and two keys would be one
    public MusterClient under(String idempotencyKey) {
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(idempotencyKey)) {
            throw new IllegalArgumentException("an idempotency key consists of ASCII characters");
        }
        return new MusterClient(config, key, transport, caller, () -> idempotencyKey);
    }

    /// Submits one job.
    ///
    /// @throws MusterException if it was not accepted, or nobody knows
    public SubmittedJob submit(SubmitJob job) throws InterruptedException {
        return post("/v1/jobs", Json.write(job), SubmittedJob.class);
    }

    /// Submits up to [io.muster.wire.WireLimits#MAX_BATCH_JOBS] jobs; the answer is in the same order,
    /// and tells of each what became of it.
    ///
    /// @throws MusterException if none was accepted, or nobody knows
    public SubmittedJobs submitAll(List<SubmitJob> jobs) throws InterruptedException {
        return post("/v1/jobs:batch", Json.write(new SubmitJobs(jobs)), SubmittedJobs.class);
    }

    /// @throws RefusedException with status 404 if there is no such job
    public JobDocument job(String id) throws InterruptedException {
        return get("/v1/jobs/" + segment(id), JobDocument.class);
    }

    /// One page of the jobs that the query means; its cursor leads to the next.
    public JobPage jobs(JobQuery query) throws InterruptedException {
        return get(query.path(), JobPage.class);
    }

    /// Says what a run has printed, before its result is reported.
    ///
    /// @throws RefusedException with status 409 if the worker does not run that attempt
    public void keepOutput(String id, OutputReport report) throws InterruptedException {
        var _ = caller.make(Call.write("POST", outputPath(id), Json.write(report), ""));
    }

    private static String outputPath(String id) {
        return "/v1/jobs/" + segment(id) + "/output";
    }

    /// What the last run of a job has printed, as far as it is kept.
    ///
    /// @throws RefusedException with status 404 if nothing is kept
    /// @throws IOException if `to` takes no more
    public void output(String id, OutputStream to) throws IOException, InterruptedException {
        objects().copy(outputPath(id), to);
    }

    /// Makes a set of advisories, whose object is in the cluster already, the one that audits use.
    public AdvisorySetDocument publishAdvisories(AdvisorySetRequest request) throws InterruptedException {
        return post("/v1/advisories", Json.write(request), AdvisorySetDocument.class);
    }

    /// The sets of advisories that the cluster has.
    public AdvisorySetPage advisorySets() throws InterruptedException {
        return get("/v1/advisories", AdvisorySetPage.class);
    }

    /// @throws RefusedException with status 404 if the cluster has no set of that digest
    public AdvisorySetDocument advisorySet(String database) throws InterruptedException {
        return get("/v1/advisories/" + segment(database), AdvisorySetDocument.class);
    }

    /// Brings files to the same servers as objects, and back.
    public ObjectTransfer objects() {
        return new ObjectTransfer(config, key, transport);
    }

    /// Calls a live job off, also one that runs.
    public JobDocument cancel(String id) throws InterruptedException {
        return post("/v1/jobs/" + segment(id) + ":cancel", Bytes.EMPTY, JobDocument.class);
    }

    /// Queues a dead job again.
    public JobDocument retry(String id) throws InterruptedException {
        return post("/v1/jobs/" + segment(id) + ":retry", Bytes.EMPTY, JobDocument.class);
    }

    /// Takes a dead job out of the ledger; the history keeps it.
    public JobDocument purge(String id) throws InterruptedException {
        return post("/v1/jobs/" + segment(id) + ":purge", Bytes.EMPTY, JobDocument.class);
    }

    /// Cancels, retries or purges one slice of what a filter finds.
    public BulkAnswer bulk(BulkVerb verb, BulkRequest request) throws InterruptedException {
        return post("/v1/jobs:" + verb.word(), Json.write(request), BulkAnswer.class);
    }

    /// The job, as soon as it has finished, or as it stands when `seconds` have passed: at most 60.
    public JobDocument awaitJob(String id, int seconds) throws InterruptedException {
        return get("/v1/jobs/" + segment(id) + "?wait=" + seconds + "s", JobDocument.class);
    }

    /// The cluster as one of its nodes sees it.
    public ClusterDocument cluster() throws InterruptedException {
        return get("/v1/cluster", ClusterDocument.class);
    }

    /// Begins an audit and answers at once; its findings come with [#audit].
    public AuditDocument startAudit(AuditRequest request) throws InterruptedException {
        return post("/v1/audits", Json.write(request), AuditDocument.class);
    }

    /// How an audit stands, with its findings.
    public AuditDocument audit(String id) throws InterruptedException {
        return get("/v1/audits/" + segment(id), AuditDocument.class);
    }

    /// One page of audits, newest first; `cursor` is the `next` of the page before, `""` for the first.
    public AuditPage audits(int limit, String cursor) throws InterruptedException {
        return get(
                "/v1/audits?limit=" + limit + (cursor.isEmpty() ? "" : "&cursor=" + segment(cursor)), AuditPage.class);
    }

    /// Calls a running audit off, with the jobs that no other waits for; what it found stays.
    public AuditDocument cancelAudit(String id) throws InterruptedException {
        return post("/v1/audits/" + segment(id) + ":cancel", Bytes.EMPTY, AuditDocument.class);
    }

    /// Hands leadership over; answered once another leads.
    ///
    /// @throws RefusedException with status 409 if nobody took over in time: the leader leads on
    public LeaderDocument transferLeadership(TransferRequest request) throws InterruptedException {
        return post("/v1/cluster/leader:transfer", Json.write(request), LeaderDocument.class);
    }

    /// Downloads a backup, which `sink` takes as it arrives; answers with what it made of it. Only its own checksums
    /// tell whether all of it arrived.
    ///
    /// @throws IOException if it broke off, or `sink` could not take it
    /// @throws MusterException if nobody sends one
    public <T> T backup(ContentSink<T> sink) throws IOException, InterruptedException {
        return new Download(config, key, transport, "/v1/cluster/backup").into(sink);
    }

    /// Who takes part, as the leader sees it.
    public MembersDocument members() throws InterruptedException {
        return get(MEMBERS, MembersDocument.class);
    }

    /// Adds a node as a learner.
    public MembersDocument addMember(MemberRequest request) throws InterruptedException {
        return post(MEMBERS, Json.write(request), MembersDocument.class);
    }

    /// Gives a learner that has caught up a vote.
    ///
    /// @throws RefusedException with status 409 where it cannot have one now
    public MembersDocument promoteMember(String node) throws InterruptedException {
        return change(node, "promote", Bytes.EMPTY);
    }

    /// Takes a voter's vote; it goes on receiving the log.
    public MembersDocument demoteMember(String node) throws InterruptedException {
        return change(node, "demote", Bytes.EMPTY);
    }

    /// Ends a member's part; its process ends by itself.
    public MembersDocument removeMember(String node) throws InterruptedException {
        return change(node, "remove", Bytes.EMPTY);
    }

    /// Lets a learner that has caught up vote in the place of `node`.
    public MembersDocument replaceMember(String node, ReplaceRequest request) throws InterruptedException {
        return change(node, "replace", Json.write(request));
    }

    /// Says where a member is reached from now on.
    public MembersDocument moveMember(String node, MoveRequest request) throws InterruptedException {
        return change(node, "move", Json.write(request));
    }

    private MembersDocument change(String node, String verb, Bytes body) throws InterruptedException {
        return post(MEMBERS + "/" + segment(node) + ":" + verb, body, MembersDocument.class);
    }

    /// Invites a node. The token stands in this answer and nowhere else.
    public NewInvitation invite(InvitationRequest request) throws InterruptedException {
        return post(INVITATIONS, Json.write(request), NewInvitation.class);
    }

    /// All invitations, without their secrets.
    public InvitationPage invitations() throws InterruptedException {
        var invitations = new ArrayList<InvitationDocument>();
        InvitationPage page = get(INVITATIONS, InvitationPage.class);
        invitations.addAll(page.items());
        while (page.next() != null) {
            page = get(INVITATIONS + "?cursor=" + segment(page.next()), InvitationPage.class);
            invitations.addAll(page.items());
        }
        return new InvitationPage(invitations, null);
    }

    /// Takes an invitation back that nobody has used.
    public void revokeInvitation(String id) throws InterruptedException {
        delete(INVITATIONS + "/" + segment(id));
    }

    /// All queues by name.
    public QueuePage queues() throws InterruptedException {
        var queues = new ArrayList<QueueDocument>();
        QueuePage page = get("/v1/queues", QueuePage.class);
        queues.addAll(page.items());
        while (page.next() != null) {
            page = get("/v1/queues?cursor=" + segment(page.next()), QueuePage.class);
            queues.addAll(page.items());
        }
        return new QueuePage(queues, null);
    }

    /// Changes how a queue is served; its jobs keep their places.
    public QueueDocument configureQueue(String queue, QueueRequest request) throws InterruptedException {
        return post("/v1/queues/" + segment(queue) + ":configure", Json.write(request), QueueDocument.class);
    }

    /// One page of decisions, newest first; `cursor` is the `next` of the page before, `""` for the first.
    public DecisionPage decisions(int limit, String cursor) throws InterruptedException {
        return get(
                "/v1/decisions?limit=" + limit + (cursor.isEmpty() ? "" : "&cursor=" + segment(cursor)),
                DecisionPage.class);
    }

    /// The first `limit` entries behind `after` that the node has applied lately; the newest `limit` where `after` is
    /// negative.
    public LogPage log(long after, int limit) throws InterruptedException {
        return get("/v1/log?limit=" + limit + (after < 0 ? "" : "&after=" + after), LogPage.class);
    }

    /// What stands under `key`, with everything that was acknowledged before; none where nothing does.
    public Optional<ValueDocument> value(String key) throws InterruptedException {
        return get("/v1/values?consistency=leader&key=" + segment(key), ValuePage.class).items().stream()
                .findFirst();
    }

    /// One page of the values whose keys begin with `prefix`; `cursor` is the `next` of the page before, `""` for the
    /// first.
    public ValuePage values(String prefix, int limit, String cursor) throws InterruptedException {
        return get(
                "/v1/values?limit=" + limit + "&prefix=" + segment(prefix)
                        + (cursor.isEmpty() ? "" : "&cursor=" + segment(cursor)),
                ValuePage.class);
    }

    /// All keys, without their secrets.
    public KeyPage keys() throws InterruptedException {
        var keys = new ArrayList<KeyDocument>();
        KeyPage page = get("/v1/keys", KeyPage.class);
        keys.addAll(page.items());
        while (page.next() != null) {
            page = get("/v1/keys?cursor=" + segment(page.next()), KeyPage.class);
            keys.addAll(page.items());
        }
        return new KeyPage(keys, null);
    }

    /// Makes a key. Its secret stands in this answer and nowhere else.
    ///
    /// @throws RefusedException with status 409 if the key was made and the answer lost, its secret with it
    public NewKey createKey(KeyRequest request) throws InterruptedException {
        return post("/v1/keys", Json.write(request), NewKey.class);
    }

    /// Takes a key away; what it opened is refused from then on.
    public void revokeKey(String id) throws InterruptedException {
        delete("/v1/keys/" + segment(id));
    }

    private void delete(String path) throws InterruptedException {
        Bytes nothing = caller.make(Call.write("DELETE", path, Bytes.EMPTY, idempotencyKeys.get()));
        if (!nothing.isEmpty()) {
            Json.checked(nothing);
        }
    }

    /// The body of any GET: for what has no record here, such as `/api/status`.
    public Bytes read(String path) throws InterruptedException {
        return caller.make(Call.get(path));
    }

    /// The answer to any POST: for what has no record here, such as `/api/command`.
    public Bytes write(String path, Bytes json) throws InterruptedException {
        return caller.make(Call.write("POST", path, json, idempotencyKeys.get()));
    }

    /// The events of the cluster, from now on or from where another reader stopped.
    public EventReader events() {
        return new EventReader(config, key, transport);
    }

    private <T> T get(String path, Class<T> type) throws InterruptedException {
        return make(Call.get(path), type);
    }

    private <T> T post(String path, Bytes body, Class<T> type) throws InterruptedException {
        return make(Call.write("POST", path, body, idempotencyKeys.get()), type);
    }

    private <T> T make(Call call, Class<T> type) throws InterruptedException {
        Bytes answer = caller.make(call);
        try {
            return Json.read(answer, type);
        } catch (MalformedJsonException e) {
            String detail = "the server's answer cannot be read"
                    + (e.pointer().isEmpty() ? "" : " at '" + e.pointer() + "'") + ": " + e.getMessage();
            throw new BrokenException(call.toString(), Problem.of("about:blank", "Unreadable answer", 200, detail));
        }
    }

    /// A text as one segment of a path.
    public static String segment(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8);
    }
}
