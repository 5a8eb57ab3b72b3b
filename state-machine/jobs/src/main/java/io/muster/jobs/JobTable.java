package io.muster.jobs;

import io.muster.encoding.Bytes;
import io.muster.encoding.Invariant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All jobs by id, oldest first, with what they weigh together ([Job#weight]).
///
/// Ids rise, so a new job stands behind all others. They stand in pages, arrays of a few hundred,
/// beside the facts of each. A snapshot holds on to the arrays themselves; a page copies its own before
/// the first change after that. So a freeze costs a step a page; gathering a million references from a
/// tree took 130 ms (ADR 11).
final class JobTable {
    /// Half of a page is moved when a job leaves its middle, and a page is looked for among this many
    /// times fewer.
    private static final int PAGE_JOBS = 256;

    /// The pages in the order of their jobs, none of them empty.
    private final ArrayList<Page> pages = new ArrayList<>();

    /// For each page an id that is above those of the pages before it and not above its own.
    private long[] floors = new long[8];

    private int size;
    private long bytes;

    int size() {
        return size;
    }

    /// What all of them weigh.
    long bytes() {
        return bytes;
    }

    @Nullable Job find(JobId id) {
        int at = pageOf(id.value());
        return at < 0 ? null : pages.get(at).find(id.value());
    }

    /// All of them, oldest first; it must not outlive the next change.
    Iterable<Job> all() {
        return after(new JobId(0));
    }

    /// Those behind `id`, oldest first; it must not outlive the next change.
    Iterable<Job> after(JobId id) {
        return () -> new Walk(id.value());
    }

    /// Takes in a job that is newer than all others, or that stands in the place of one of the same id.
    void put(Job job) {
        Job before = find(job.id);
        if (before == null) {
            append(job);
            size++;
            bytes += job.weight();
        } else {
            pages.get(pageOf(job.id.value())).replace(job);
            before.standIn(null);
            bytes += job.weight() - before.weight();
        }
    }

    /// Takes away a job that is there.
    void remove(Job job) {
        int at = pageOf(job.id.value());
        Invariant.check(at >= 0 && pages.get(at).find(job.id.value()) == job, "only a job that is there is taken away");
        bytes -= job.weight();
        size--;
        pages.get(at).remove(job);
        if (pages.get(at).size() == 0) {
            dropPage(at);
        } else if (at + 1 < pages.size() && pages.get(at).takesIn(pages.get(at + 1))) {
            dropPage(at + 1);
        } else if (at > 0 && pages.get(at - 1).takesIn(pages.get(at))) {
            dropPage(at);
        }
    }

    /// Notes how far the run of one of them has come.
    void reached(Job job, Bytes checkpoint) {
        bytes -= job.weight();
        job.reached(checkpoint);
        bytes += job.weight();
    }

    /// All of them as they are now, oldest first.
    List<Slice> freeze() {
        var slices = new ArrayList<Slice>(pages.size());
        for (Page page : pages) {
            slices.add(page.freeze());
        }
        return slices;
    }

    /// A job as it was at one moment: of it, only what never changes may be read, [Job#id], [Job#spec] and
    /// [Job#submittedMicros].
    record Moment(Job job, Job.Facts facts) {}

    /// The jobs of one page at one moment.
    static final class Slice {
        private final Job[] jobs;
        private final Job.Facts[] facts;
        private final int from;
        private final int to;

        private Slice(Page page) {
            jobs = page.jobs;
            facts = page.facts;
            from = page.from;
            to = page.to;
        }

        /// They, oldest first; on any thread, and as often as wanted.
        Stream<Moment> stream() {
            return IntStream.range(from, to).mapToObj(slot -> new Moment(jobs[slot], facts[slot]));
        }
    }

    private int pageOf(long id) {
        int found = Arrays.binarySearch(floors, 0, pages.size(), id);
        return found >= 0 ? found : -found - 2;
    }

    private void append(Job job) {
        Page last = pages.isEmpty() ? null : pages.getLast();
        Invariant.check(last == null || last.lastId() < job.id.value(), "a new job is newer than all others");
        if (last != null && last.add(job)) {
            return;
        }
        if (pages.size() == floors.length) {
            floors = Arrays.copyOf(floors, 2 * floors.length);
        }
        var page = new Page();
        page.add(job);
        floors[pages.size()] = job.id.value();
        pages.add(page);
    }

    private void dropPage(int at) {
        pages.remove(at);
        System.arraycopy(floors, at + 1, floors, at, pages.size() - at);
    }

    /// Some jobs that follow each other.
    static final class Page {
        private final long[] ids = new long[PAGE_JOBS];
        private Job[] jobs = new Job[PAGE_JOBS];
        private Job.Facts[] facts = new Job.Facts[PAGE_JOBS];

        /// Whether a snapshot may hold on to the two arrays: what stands in them must not change then.
        private boolean isFrozen;

        /// They stand from here to before [#to]: nearly all jobs leave from the front.
        private int from;

        private int to;

        int size() {
            return to - from;
        }

        /// Called only while it is not empty.
        long lastId() {
            return ids[to - 1];
        }

        @Nullable Job find(long id) {
            int slot = slot(id);
            return slot < 0 ? null : jobs[slot];
        }

        /// The first slot behind `id`; [#to] where there is none.
        int slotAfter(long id) {
            int slot = slot(id);
            return slot >= 0 ? slot + 1 : -slot - 1;
        }

        Slice freeze() {
            isFrozen = true;
            return new Slice(this);
        }

        private void thaw() {
            if (isFrozen) {
                jobs = jobs.clone();
                facts = facts.clone();
                isFrozen = false;
            }
        }

        /// Takes in a job that is newer than its others, if there is room for it. It stands behind
        /// those that a snapshot may hold on to.
        boolean add(Job job) {
            if (to == PAGE_JOBS) {
                if (from < PAGE_JOBS / 2) {
                    return false;
                }
                closeFront();
            }
            set(to, job);
            to++;
            return true;
        }

        /// Puts a job in the place of the one of the same id.
        void replace(Job job) {
            thaw();
            set(slot(job.id.value()), job);
        }

        /// Takes note that the facts of a job are others now.
        void note(Job job) {
            thaw();
            facts[slot(job.id.value())] = job.facts();
        }

        void remove(Job job) {
            thaw();
            int slot = slot(job.id.value());
            job.standIn(null);
            if (slot == from) {
                clear(from, from + 1);
                from++;
                return;
            }
            move(slot + 1, slot, to - slot - 1);
            clear(to - 1, to);
            to--;
        }

        /// Takes in the jobs of the next page if both are mostly empty.
        boolean takesIn(Page next) {
            if (size() + next.size() > PAGE_JOBS / 2) {
                return false;
            }
            closeFront();
            for (int slot = next.from; slot < next.to; slot++) {
                set(to, next.jobs[slot]);
                to++;
            }
            return true;
        }

        private int slot(long id) {
            return Arrays.binarySearch(ids, from, to, id);
        }

        private void set(int slot, Job job) {
            ids[slot] = job.id.value();
            jobs[slot] = job;
            facts[slot] = job.facts();
            job.standIn(this);
        }

        private void closeFront() {
            thaw();
            int count = size();
            move(from, 0, count);
            clear(Math.max(from, count), to);
            from = 0;
            to = count;
        }

        private void move(int source, int target, int count) {
            System.arraycopy(ids, source, ids, target, count);
            System.arraycopy(jobs, source, jobs, target, count);
            System.arraycopy(facts, source, facts, target, count);
        }

        /// Lets go of what stands in slots that are not used any more.
        private void clear(int first, int end) {
            Arrays.fill(jobs, first, end, null);
            Arrays.fill(facts, first, end, null);
        }
    }

    /// Goes through the pages from behind an id on.
    private final class Walk implements Iterator<Job> {
        private int page;
        private int slot;

        Walk(long after) {
            page = Math.max(0, pageOf(after));
            slot = page < pages.size() ? pages.get(page).slotAfter(after) : 0;
            settle();
        }

        @Override
        public boolean hasNext() {
            return page < pages.size();
        }

        @Override
        public Job next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Job job = pages.get(page).jobs[slot++];
            settle();
            return job;
        }

        /// Goes on to the next page at the end of one.
        private void settle() {
            if (page < pages.size() && slot == pages.get(page).to) {
                page++;
                slot = page < pages.size() ? pages.get(page).from : 0;
            }
        }
    }
}
