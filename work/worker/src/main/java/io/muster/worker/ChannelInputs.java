package io.muster.worker;

import io.muster.exchange.ExchangeAnswer;
import io.muster.exchange.ExchangeChannel;
import java.util.function.Consumer;

/// Makes inputs of the loop of what a channel says, under the number by which the loop knows the channel.
public final class ChannelInputs implements ExchangeChannel.Listener {
    private final long number;
    private final Consumer<WorkerInput> inputs;

    /// @param inputs takes them on the thread on which the channel speaks
    public ChannelInputs(long number, Consumer<WorkerInput> inputs) {
        this.number = number;
        this.inputs = inputs;
    }

    @Override
    public void opened() {
        inputs.accept(new WorkerInput.ChannelOpened(number));
    }

    @Override
    public void answered(ExchangeAnswer answer) {
        inputs.accept(new WorkerInput.AnswerArrived(number, answer));
    }

    @Override
    public void closed(String why) {
        inputs.accept(new WorkerInput.ChannelClosed(number, why));
    }

    @Override
    public void unread(String why) {
        inputs.accept(new WorkerInput.AnswerUnread(number, why));
    }

    @Override
    public void denied(String why) {
        inputs.accept(new WorkerInput.ChannelDenied(number, why));
    }
}
