package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.contract.StateStoreContract;

class InMemoryAutoScalerStateStoreTest implements StateStoreContract {

    private final AutoScalerStateStore store = new InMemoryAutoScalerStateStore();

    @Override
    public AutoScalerStateStore store() {
        return store;
    }
}
