package io.muster.raft;

import java.util.Optional;

/// What to answer to a message of an earlier term: the refusal that fits it, with the later term in it. Without an
/// answer its sender might never learn that its term has passed (T31).
///
/// The answer teaches the term and proves nothing else: by the time it arrives its receiver may lead in that very
/// term, perhaps in another life that counts rounds and sessions from the beginning (T19, T50). Rounds and sessions
/// start at 1, so 0 is none of them.
final class StaleTermReplies {
    private static final long NONE = 0;

    private StaleTermReplies() {}

    /// The answer of a node in `term`; none to what is itself an answer or an announcement.
    static Optional<Message> answer(long term, Message stale) {
        return switch (stale) {
            case Message.PreVoteRequest asked -> Optional.of(new Message.PreVoteReply(term, asked.ballot(), false));
            case Message.VoteRequest _ -> Optional.of(new Message.VoteReply(term, false));
            case Message.Append append -> Optional.of(new Message.AppendRejected(term, NONE, append.prevIndex(), 0, 0));
            case Message.Heartbeat _ -> Optional.of(new Message.HeartbeatReply(term, NONE));
            case Message.BarrierRequest asked -> Optional.of(new Message.BarrierReply(term, asked.ticket(), 0));
            case Message.InstallSnapshot install ->
                Optional.of(new Message.InstallWanted(term, NONE, install.meta().lastIndex(), 0));
            case Message.PreVoteReply _,
                    Message.VoteReply _,
                    Message.AppendAccepted _,
                    Message.AppendRejected _,
                    Message.HeartbeatReply _,
                    Message.CommitNotice _,
                    Message.BarrierReply _,
                    Message.InstallWanted _,
                    Message.TimeoutNow _,
                    Message.MembershipAsked _,
                    Message.NotMember _,
                    Message.Resigned _ -> Optional.empty();
        };
    }
}
