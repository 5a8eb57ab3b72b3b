package io.muster.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedCacheTest {

    private static final int MOST = 1000;

    @Test
    void what_fits_is_kept() {
        var cache = new BoundedCache<String, String>(MOST);

        cache.put("a", "first", MOST / 4);
        cache.put("b", "second", MOST / 4);

        assertThat(cache.get("a")).contains("first");
        assertThat(cache.get("b")).contains("second");
    }

    @Test
    void what_is_too_much_makes_room_for_itself() {
        var cache = new BoundedCache<String, String>(MOST);
        cache.put("a", "first", MOST / 2);

        cache.put("b", "second", MOST / 2);

        assertThat(cache.get("a")).isEmpty();
        assertThat(cache.get("b")).contains("second");
    }

    @Test
    void keys_without_any_bytes_cannot_fill_it() {
        var cache = new BoundedCache<Integer, String>(MOST);
        cache.put(-1, "first", 0);

        for (int key = 0; key < MOST; key++) {
            cache.put(key, "nothing", 0);
        }

        assertThat(cache.get(-1)).isEmpty();
    }
}
