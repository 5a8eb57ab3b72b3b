package io.muster.duties;

import io.muster.access.AccessCommand;
import java.util.List;

/// What the desk is told about its surroundings each time it does its duties; it asks nobody itself.
///
/// @param featureLevel the highest feature level that every voter supports, or 0 while one has not said
/// @param keysToGrant keys that must stand in the access ledger: the first admin key, the nodes' worker keys
public record DeskFacts(int featureLevel, List<AccessCommand> keysToGrant) {
    public DeskFacts {
        keysToGrant = List.copyOf(keysToGrant);
    }
}
