package io.muster.client;

import java.util.List;

/// The sets of advisories that the cluster has, the one published last first.
public record AdvisorySetPage(List<AdvisorySetDocument> items) {
    public AdvisorySetPage {
        items = List.copyOf(items);
    }
}
