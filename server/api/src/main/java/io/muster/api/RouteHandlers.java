package io.muster.api;

import io.javalin.http.Handler;
import io.muster.history.HistoryStore;

/// Binds every [Route] to the code that answers it.
final class RouteHandlers {
    private final JobRoutes jobs;
    private final BulkRoutes bulk;
    private final AuditRoutes audits;
    private final ClusterRoutes cluster;
    private final WorkRoutes work;
    private final KeyRoutes keys;
    private final SeedRaftRoutes seed;
    private final HistoryRoutes history;
    private final HealthRoutes health;
    private final NodeMetrics meters;
    private final EventRoutes events;
    private final DashboardRoutes dashboard;
    private final DocumentRoutes documents = new DocumentRoutes();

    /// What the server has made and several routes share.
    record Parts(
            ClusterPort cluster,
            HistoryStore history,
            Reads reads,
            PeerFanout fanout,
            ExchangeReplyMapper tidings,
            NodeMetrics meters,
            EventRoutes events,
            FinishWatch finishes) {}

    RouteHandlers(Parts parts) {
        var port = parts.cluster;
        var store = parts.history;
        var reads = parts.reads;
        var commands = new Commands(port);
        var lookup = new JobLookup(port, reads, store);
        this.jobs = new JobRoutes(commands, lookup, new JobListing(reads, store), reads, parts.finishes);
        this.bulk = new BulkRoutes(commands, reads);
        this.audits = new AuditRoutes(port, commands, reads);
        this.cluster = new ClusterRoutes(port, reads, parts.fanout);
        this.work = new WorkRoutes(port, parts.tidings);
        this.keys = new KeyRoutes(commands, reads);
        this.seed = new SeedRaftRoutes(port, commands, reads, parts.fanout);
        this.history = new HistoryRoutes(store);
        this.health = new HealthRoutes(port);
        this.meters = parts.meters;
        this.events = parts.events;
        this.dashboard = new DashboardRoutes(port);
    }

    /// The code behind `route`. There is no default: a new row of the table without a handler does not compile.
    Handler of(Route route) {
        return switch (route) {
            case SUBMIT_JOB -> jobs::submit;
            case SUBMIT_JOBS -> jobs::submitBatch;
            case LIST_JOBS -> jobs::list;
            case GET_JOB -> jobs::get;
            case CANCEL_JOB -> jobs::cancel;
            case RETRY_JOB -> jobs::retry;
            case PURGE_JOB -> jobs::purge;
            case CANCEL_JOBS -> bulk::cancel;
            case RETRY_JOBS -> bulk::retry;
            case PURGE_JOBS -> bulk::purge;
            case LIST_QUEUES -> cluster::queues;
            case LIST_WORKERS -> cluster::workers;
            case EXCHANGE -> work::exchange;
            case WORK_CHANNEL -> UpgradeFacts::note;
            case START_AUDIT -> audits::start;
            case LIST_AUDITS -> audits::list;
            case GET_AUDIT -> audits::get;
            case CANCEL_AUDIT -> audits::cancel;
            case SHOW_CLUSTER -> cluster::cluster;
            case SHOW_NODE -> cluster::node;
            case EVENTS -> events::stream;
            case LIST_KEYS -> keys::list;
            case CREATE_KEY -> keys::create;
            case REVOKE_KEY -> keys::revoke;
            case SEED_STATUS -> seed::status;
            case SEED_LOGS -> seed::logs;
            case SEED_COMMAND -> seed::command;
            case HISTORY_BLOCK -> history::block;
            case LIVE -> health::live;
            case READY -> health::ready;
            case METRICS -> meters::scrape;
            case OPENAPI -> documents::openApi;
            case EXPLAIN_PROBLEM -> documents::problem;
            case DASHBOARD -> dashboard::page;
            case DASHBOARD_FILE -> dashboard::file;
        };
    }
}
