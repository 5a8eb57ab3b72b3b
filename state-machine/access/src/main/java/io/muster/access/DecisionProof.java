package io.muster.access;

import io.muster.encoding.Bytes;
import java.util.List;

/// What a check of the chain of decisions found.
public sealed interface DecisionProof {
    /// Every link carries on from the one before; `head` stands for all of them.
    record Intact(Bytes head, long links) implements DecisionProof {}

    /// The link of that number is not what its hash says, or does not follow the one before.
    record BrokenAt(long number) implements DecisionProof {}

    /// Checks a run of links that carries on from the hash `before`. Anyone who kept an earlier head can do this
    /// without trusting the node that answers.
    static DecisionProof check(Bytes before, List<Decision> links) {
        Bytes last = before;
        long number = links.isEmpty() ? 0 : links.getFirst().number();
        for (Decision link : links) {
            Decision expected = DecisionChain.link(last, number, link.index(), link.micros(), link.act());
            if (!expected.equals(link)) {
                return new BrokenAt(number);
            }
            last = link.hash();
            number++;
        }
        return new Intact(last, links.size());
    }
}
