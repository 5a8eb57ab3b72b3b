package io.muster.client;

import io.muster.wire.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of invitations by id; `next` is the cursor of the page after it, absent on the last.
public record InvitationPage(
        List<InvitationDocument> items, @Nullable String next) {
    public InvitationPage {
        items = Fields.copied(items);
    }
}
