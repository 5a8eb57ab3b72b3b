package io.muster.raftruntime;

import io.muster.encoding.Invariant;
import io.muster.log.EngineException;
import io.muster.raft.Batch;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// The thread that reads old batches, each in a transaction of its own: a long one would keep the write-ahead log from
/// being checkpointed, and it would grow with every write meanwhile.
final class LogReader implements Runnable {
    /// A peer or the applier asks again only once it has its answer.
    private static final int MAX_WAITING = 1_024;

    private static final Order STOP = new Order(new LogStore.ReadTicket.Replay(), 0, 0);

    private final BlockingQueue<Order> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private final Path file;
    private final LogStore.Listener listener;
    private final PreparedStatement holding;

    private record Order(LogStore.ReadTicket ticket, long from, int maxBytes) {}

    LogReader(Connection connection, Path file, LogStore.Listener listener) throws SQLException {
        this.file = file;
        this.listener = listener;
        holding = BatchTable.holding(connection);
    }

    /// Queues a read. From any thread.
    void add(LogStore.ReadTicket ticket, long from, int maxBytes) {
        boolean isTaken = waiting.offer(new Order(ticket, from, maxBytes));
        Invariant.check(isTaken, "no more than " + MAX_WAITING + " reads wait for the disk");
    }

    /// Ends [#run] after the reads queued before.
    void stop() {
        waiting.add(STOP);
    }

    @Override
    public void run() {
        try {
            for (Order order = waiting.take(); !order.equals(STOP); order = waiting.take()) {
                listener.read(order.ticket(), read(order));
            }
        } catch (SQLException e) {
            listener.failed(SqliteFile.refused("read", file, e));
        } catch (EngineException e) {
            listener.failed(e);
        } catch (RuntimeException | Error e) {
            // Without an answer the caller would wait for ever.
            listener.failed(new EngineException("cannot read the log " + file + ": " + e, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            listener.failed(new EngineException("the thread that reads " + file + " was interrupted", e));
        }
    }

    private List<Batch> read(Order order) throws SQLException {
        var batches = new ArrayList<Batch>();
        long next = order.from();
        long room = order.maxBytes();
        while (batches.isEmpty() || room > 0) {
            holding.setLong(1, next);
            try (ResultSet rows = holding.executeQuery()) {
                if (!rows.next()) {
                    break;
                }
                Batch batch = BatchTable.read(rows, file);
                room -= batch.size();
                if (!batches.isEmpty() && room < 0) {
                    break;
                }
                batches.add(batch);
                next = batch.lastIndex() + 1;
            }
        }
        return batches;
    }
}
