package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.contract.ManualControlContract;

class InMemoryManualControlTest implements ManualControlContract {

    private final Board board = new Board();

    @Override
    public ManualControl control() {
        ManualControlContract.known().forEach(job -> board.show(JobView.unknown(job)));
        return new InMemoryManualControl(board);
    }
}
