package io.muster.api;

import io.muster.history.HistoryStore;
import io.muster.http.Access;
import io.muster.http.Commands;
import io.muster.http.Endpoint;
import io.muster.http.Guards.Admitted;
import io.muster.http.Guards.FullDisk;
import io.muster.http.Guards.Origins;
import io.muster.http.PeerFanout;
import io.muster.http.Reads;
import io.muster.http.Repetition;
import io.muster.http.Route;
import io.muster.objects.ObjectReplication;
import java.util.List;
import java.util.stream.Stream;

/// The rows of this module in the table of what a node answers, each with the code that answers it: `/v1`, metrics,
/// documents and the dashboard. `openapi.json` is tested against the whole table in both directions.
final class ApiEndpoints {
    private final JobRoutes jobs;
    private final BulkRoutes bulk;
    private final AuditRoutes audits;
    private final ClusterRoutes cluster;
    private final DiagnosisRoutes diagnosis;
    private final LeaderRoutes leader;
    private final BackupRoutes backup;
    private final MemberRoutes members;
    private final InvitationRoutes invitations;
    private final JoinRoutes joins;
    private final QueueRoutes queues;
    private final LogRoutes log;
    private final ValueRoutes values;
    private final KeyRoutes keys;
    private final DecisionRoutes decisions;
    private final HistoryRoutes history;
    private final HealthRoutes health;
    private final NodeMetrics metrics;
    private final EventRoutes events;
    private final ObjectRoutes objects;
    private final OutputRoutes outputs;
    private final AdvisoryRoutes advisories;
    private final DashboardRoutes dashboard;
    private final DocumentRoutes documents = new DocumentRoutes();

    /// What the server has made and several routes share.
    record Dependencies(
            ClusterPort cluster,
            HistoryStore history,
            ObjectReplication objects,
            Commands commands,
            Reads reads,
            PeerFanout fanout,
            NodeMetrics metrics,
            EventRoutes events,
            FinishWatch finishes,
            ParsingThreads parsing) {}

    ApiEndpoints(Dependencies dependencies) {
        var port = dependencies.cluster;
        var store = dependencies.history;
        var commands = dependencies.commands;
        var reads = dependencies.reads;
        this.jobs = new JobRoutes(
                commands,
                new JobLookup(port, reads, store),
                new JobListing(reads, store),
                reads,
                dependencies.finishes);
        this.bulk = new BulkRoutes(commands, reads);
        this.audits = new AuditRoutes(port, commands, reads, dependencies.parsing);
        this.cluster = new ClusterRoutes(port, reads, dependencies.fanout);
        this.diagnosis = new DiagnosisRoutes(port, dependencies.fanout);
        this.leader = new LeaderRoutes(port);
        this.backup = new BackupRoutes(port, reads);
        this.members = new MemberRoutes(port, commands);
        this.invitations = new InvitationRoutes(port, commands, reads);
        this.joins = new JoinRoutes(port, commands, reads);
        this.queues = new QueueRoutes(commands, reads);
        this.log = new LogRoutes(port, reads);
        this.values = new ValueRoutes(reads);
        this.keys = new KeyRoutes(commands, reads);
        this.decisions = new DecisionRoutes(reads);
        this.history = new HistoryRoutes(store);
        this.health = new HealthRoutes(port);
        this.metrics = dependencies.metrics;
        this.events = dependencies.events;
        var stored = new StoredAnswers(dependencies.objects);
        var proof = new ObjectProof(dependencies.objects, reads);
        this.objects = new ObjectRoutes(port, dependencies.objects, stored, reads, commands);
        this.advisories = new AdvisoryRoutes(commands, reads, proof);
        this.outputs = new OutputRoutes(commands, reads, proof, stored);
        this.dashboard = new DashboardRoutes(port);
    }

    /// Every row with its handler.
    List<Endpoint> all() {
        return Stream.of(ofJobs(), ofAudits(), ofCluster(), ofMembers(), ofObjects(), ofKeys(), ofNode())
                .flatMap(List::stream)
                .toList();
    }

    private List<Endpoint> ofJobs() {
        return List.of(
                bringing(Route.post("/v1/jobs", Access.OPERATE)).to(jobs::submit),
                bringing(Route.post("/v1/jobs:batch", Access.OPERATE)).to(jobs::submitBatch),
                paged(Route.get("/v1/jobs", Access.READ))
                        .asking("state", "queue", "type", "audit", "olderThan")
                        .askingOften("label")
                        .to(jobs::list),
                Route.get("/v1/jobs/{id}", Access.READ)
                        .asking("consistency", "wait")
                        .to(jobs::get),
                Route.get("/v1/jobs/{id}/output", Access.READ)
                        .asking("consistency")
                        .to(outputs::get),
                harmless(Route.post("/v1/jobs/{id}/output", Access.WORK)).to(outputs::keep),
                Route.post("/v1/jobs/{id}:cancel", Access.OPERATE).to(jobs::cancel),
                Route.post("/v1/jobs/{id}:retry", Access.OPERATE).to(jobs::retry),
                Route.post("/v1/jobs/{id}:purge", Access.OPERATE).to(jobs::purge),
                Route.post("/v1/jobs:cancel", Access.OPERATE).to(bulk::cancel),
                Route.post("/v1/jobs:retry", Access.OPERATE).to(bulk::retry),
                Route.post("/v1/jobs:purge", Access.OPERATE).to(bulk::purge));
    }

    private List<Endpoint> ofAudits() {
        return List.of(
                bringing(Route.post("/v1/audits", Access.OPERATE)).to(audits::start),
                paged(Route.get("/v1/audits", Access.READ)).to(audits::list),
                Route.get("/v1/audits/{id}", Access.READ).asking("consistency").to(audits::get),
                Route.post("/v1/audits/{id}:cancel", Access.OPERATE).to(audits::cancel));
    }

    private List<Endpoint> ofCluster() {
        return List.of(
                Route.get("/v1/cluster", Access.READ).asking("consistency").to(cluster::cluster),
                Route.get("/v1/cluster/diagnosis", Access.READ_AS_NODE).to(diagnosis::diagnosis),
                Route.get(DiagnosisRoutes.REPORT, Access.READ_AS_NODE).to(diagnosis::report),
                Route.post("/v1/cluster/leader:transfer", Access.ADMINISTER).to(leader::transfer),
                streamed(Route.get("/v1/cluster/backup", Access.ADMINISTER)).to(backup::download),
                Route.get(ClusterRoutes.NODE, Access.READ).to(cluster::node),
                paged(Route.get("/v1/queues", Access.READ)).to(queues::list),
                Route.post("/v1/queues/{queue}:configure", Access.OPERATE).to(queues::configure),
                paged(Route.get("/v1/workers", Access.READ)).to(cluster::workers),
                Route.get("/v1/log", Access.READ)
                        .asking("after", "limit", "consistency")
                        .to(log::list),
                paged(Route.get("/v1/values", Access.READ))
                        .asking("key", "prefix")
                        .to(values::list),
                streamed(Route.get("/v1/events", Access.READ)).asking("view").to(events::stream),
                Route.get("/v1/history/blocks/{number}", Access.READ_AS_NODE).to(history::block));
    }

    private List<Endpoint> ofObjects() {
        return List.of(
                Route.post("/v1/advisories", Access.ADMINISTER).to(advisories::publish),
                Route.get("/v1/advisories", Access.READ).asking("consistency").to(advisories::list),
                Route.get("/v1/advisories/{digest}", Access.CARRY)
                        .asking("consistency")
                        .to(advisories::get),
                paged(Route.get("/v1/objects", Access.READ)).to(objects::list),
                Route.get("/v1/objects/{digest}", Access.CARRY).to(objects::get),
                Route.get("/v1/objects/{digest}/upload", Access.CARRY)
                        .asking("bytes")
                        .to(objects::upload),
                Route.postHere("/v1/objects/{digest}/chunks", Access.CARRY)
                        .asking("bytes", "offset")
                        .to(objects::chunk),
                Route.postHere("/v1/objects/{digest}:replicate", Access.CARRY)
                        .asking("bytes")
                        .to(objects::replicate),
                Route.postHere("/v1/objects/{digest}:secure", Access.AS_NODE)
                        .asking("bytes")
                        .to(objects::secure),
                harmless(Route.post("/v1/objects:mark", Access.AS_NODE)).to(objects::mark));
    }

    private List<Endpoint> ofMembers() {
        return List.of(
                onLeader(Route.get("/v1/cluster/members", Access.READ)).to(members::list),
                Route.post("/v1/cluster/members", Access.ADMINISTER).to(members::add),
                Route.post("/v1/cluster/members/{id}:promote", Access.ADMINISTER)
                        .to(members::promote),
                Route.post("/v1/cluster/members/{id}:demote", Access.ADMINISTER).to(members::demote),
                Route.post("/v1/cluster/members/{id}:remove", Access.ADMINISTER).to(members::remove),
                Route.post("/v1/cluster/members/{id}:replace", Access.ADMINISTER)
                        .to(members::replace),
                Route.post("/v1/cluster/members/{id}:move", Access.ADMINISTER).to(members::move),
                paged(Route.get("/v1/cluster/invitations", Access.ADMINISTER)).to(invitations::list),
                Route.post("/v1/cluster/invitations", Access.ADMINISTER).to(invitations::give),
                Route.delete("/v1/cluster/invitations/{id}", Access.ADMINISTER).to(invitations::revoke),
                repeated(Route.post("/v1/cluster/members:join", Access.OPEN)).to(joins::join),
                onAnyNode(repeated(Route.post("/v1/node:certify", Access.OPEN))).to(joins::certify));
    }

    private List<Endpoint> ofKeys() {
        return List.of(
                paged(Route.get("/v1/keys", Access.ADMINISTER)).to(keys::list),
                Route.post("/v1/keys", Access.ADMINISTER).to(keys::create),
                Route.delete("/v1/keys/{id}", Access.ADMINISTER).to(keys::revoke),
                paged(Route.get("/v1/decisions", Access.ADMINISTER)).to(decisions::list));
    }

    private List<Endpoint> ofNode() {
        return List.of(
                seenByFellows(Route.get("/livez", Access.OPEN)).to(health::live),
                seenByFellows(Route.get("/readyz", Access.OPEN)).to(health::ready),
                Route.get("/metrics", Access.READ).to(metrics::scrape),
                Route.get("/openapi.json", Access.OPEN).to(documents::openApi),
                Route.get("/problems/{slug}", Access.OPEN).to(documents::problem),
                Route.get("/", Access.OPEN).to(dashboard::page),
                Route.get("/raft", Access.OPEN).to(dashboard::raft),
                Route.get("/dashboard/{file}", Access.OPEN).to(dashboard::file));
    }

    /// A question that the leader alone can answer.
    private static Route onLeader(Route route) {
        return new Route(route.method(), route.path(), route.access(), Route.AnsweredBy.LEADER, route.guards());
    }

    /// A write that puts nothing into the log.
    private static Route onAnyNode(Route route) {
        return new Route(route.method(), route.path(), route.access(), Route.AnsweredBy.ANY_NODE, route.guards());
    }

    /// A write that tells the whole truth each time.
    private static Route repeated(Route write) {
        return write.behind(write.guards().with(Repetition.HARMLESS));
    }

    /// A listing, read page by page.
    private static Route paged(Route listing) {
        return listing.asking("cursor", "limit", "consistency");
    }

    /// A write that brings work which was not there before.
    private static Route bringing(Route write) {
        return write.behind(write.guards().with(FullDisk.REFUSED));
    }

    /// A write that does no more when it is made twice.
    private static Route harmless(Route write) {
        return write.behind(write.guards().with(Repetition.HARMLESS));
    }

    /// An answer that stays open; [EventHub] counts its readers.
    private static Route streamed(Route stream) {
        return stream.behind(stream.guards().with(Admitted.BY_ITS_OWN_LIMITS));
    }

    /// A probe that needs no key; the dashboard of another node goes on here when its own is gone.
    private static Route seenByFellows(Route probe) {
        return probe.behind(probe.guards().with(Origins.PAGES_OF_FELLOWS));
    }
}
