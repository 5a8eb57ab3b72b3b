package io.muster.raft;

import io.muster.log.NodeId;

/// What every role of a node works on: its name and limits, its log and snapshots, what it has asked
/// its disk for, what it sends.
record NodeContext(
        NodeId self,
        RaftConfig config,
        RaftLog log,
        KeptSnapshots snapshots,
        PendingWrites pendingWrites,
        Outbox outbox) {
    long term() {
        return pendingWrites.state().term();
    }

    Configuration configuration() {
        return log.configuration();
    }

    void send(NodeId to, Message message) {
        outbox.send(to, message);
    }

    /// Sends `message` to every other member.
    void tellMembers(Message message) {
        for (NodeId member : configuration().members()) {
            if (!member.equals(self)) {
                send(member, message);
            }
        }
    }

    /// Sends `question` to every other voter.
    void askVoters(Message question) {
        for (NodeId member : configuration().members()) {
            if (configuration().isVoter(member) && !member.equals(self)) {
                send(member, question);
            }
        }
    }

    /// Puts a batch at the end of the log and on its way to the disk.
    void append(Batch batch) {
        log.append(batch);
        pendingWrites.append(batch);
    }
}
