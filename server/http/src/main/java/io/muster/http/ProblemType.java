package io.muster.http;

import java.util.Locale;

/// Every kind of refusal this API knows. Its [#type] is a path on the node itself, so that a caller can
/// open it in a browser and read what to do (RFC 9457 §3.1.1 allows a relative reference).
public enum ProblemType {
    MALFORMED_REQUEST(
            400, "The request cannot be read", "Mend what `detail` and `errors` point at, then send it again."),
    KEY_MISSING(
            401,
            "A key is needed",
            "Send `Authorization: Bearer <key>` or `X-API-Key: <key>`. The first start of a cluster writes an admin key"
                    + " to"
                    + " a file in the data folder of the node that led."),
    KEY_REFUSED(401, "The key is not known here", "Check the key; it may have been revoked."),
    NOT_ALLOWED(403, "This key may not do that", "Use a key with one of the roles that `detail` names."),
    FOREIGN_ORIGIN(
            403,
            "The request came from another site",
            "A browser sent this from a page that is not ours. Open the dashboard at the node's own address."),
    NOT_FOUND(404, "There is no such thing", "Check the path and the id."),
    METHOD_NOT_ALLOWED(405, "This path has other methods", "`Allow` names the methods of this path."),
    TOO_SLOW(408, "The request came too slowly", "Send it at once; nothing of it was written."),
    CONFLICT(409, "The state of the thing does not allow this", "Read the thing again and decide anew."),
    MEMBERS_CONFLICT(
            409,
            "The members cannot be changed so",
            "`detail` says what stands against it; `muster member list` shows who takes part."),
    MEMBERS_CHANGING(
            409, "Another change of members is not finished", "Nothing was changed. Wait a moment, then repeat."),
    MEMBER_BEHIND(
            409,
            "The learner has not caught up",
            "Nothing was changed. `muster member list` shows how far it is behind; repeat when it has the log."),
    INVITATION_UNKNOWN(
            403,
            "There is no such invitation here",
            "It is another cluster's, or its secret is wrong. `muster member invite` makes one."),
    INVITATION_EXPIRED(403, "The invitation has expired", "`muster member invite` makes another."),
    INVITATION_USED(
            403,
            "The invitation has let another node in",
            "Each lets one data folder in. `muster member invite` makes another; if you did not use it yourself, look"
                    + " at `muster member list` and remove whom you do not know."),
    INVITATION_REVOKED(403, "The invitation was taken back", "`muster member invite` makes another."),
    NO_AUTHORITY(
            409,
            "This node cannot sign certificates",
            "Only a node that holds `ca.key` beside `ca.pem` can. Ask another node, or put the key there for as long as"
                    + " the node joins."),
    TOO_LARGE(413, "The request is too large", "Stay under the limit that `detail` names; split batches."),
    UNSUPPORTED_MEDIA_TYPE(415, "The body is not JSON", "Send `Content-Type: application/json`."),
    RANGE_NOT_THERE(416, "That part is not there", "`Content-Range` says how many bytes there are."),
    KEY_REUSED(
            422,
            "This Idempotency-Key belongs to another request",
            "A key stands for one request for ever: use a new key for a new request."),
    INVALID(422, "The request is readable but not acceptable", "Mend what `detail` and `errors` point at."),
    OVERLOADED(
            429, "Too much is on its way already", "Nothing was written. Wait for `Retry-After` seconds, then repeat."),
    LIMIT_REACHED(429, "A limit of the cluster is reached", "Nothing was written. `detail` names the limit."),
    BROKEN(500, "We made a mistake", "`instance` stands in this node's log beside what went wrong: report both."),
    NO_LEADER(
            503,
            "No leader can be reached",
            "Nothing was written. A minority cannot write; the others may be electing. Repeat after `Retry-After`."),
    UNKNOWN_OUTCOME(
            503,
            "It may or may not have happened",
            "The command was on its way when the leader, the connection or the node was lost. Repeating it with"
                    + " the same Idempotency-Key is safe; without one, look before you repeat it."),
    STALE(503, "This node cannot vouch for its answer", "No majority confirmed the read. Repeat, or read local state."),
    NOT_READY(503, "This node is not ready", "`detail` says why; ask another node meanwhile."),
    OBJECT_NOT_SAFE(
            503,
            "Too few nodes hold the object",
            "The log names an object only when a majority has it on disk. Nothing was written. `detail` says who does"
                    + " not hold it and why; repeat when they answer again."),
    OBJECTS_FULL(
            507,
            "The cluster keeps as many objects as it may",
            "Nothing was written. Outputs of jobs go a day after they were written, old sets of advisories an hour"
                    + " after a newer one was published."),
    DISK_NEARLY_FULL(
            507,
            "The node's disk is nearly full",
            "Nothing was written. Make room where `detail` says: the node takes new work again by itself. What was"
                    + " accepted before goes on.");

    private final int status;
    private final String title;
    private final String advice;

    ProblemType(int status, String title, String advice) {
        this.status = status;
        this.title = title;
        this.advice = advice;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// What a caller that meets this problem can do, in Markdown.
    public String advice() {
        return advice;
    }

    /// The last part of [#type], such as `unknown-outcome`.
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The `type` member of a problem document.
    public String type() {
        return "/problems/" + slug();
    }
}
