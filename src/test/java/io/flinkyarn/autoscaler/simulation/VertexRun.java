package io.flinkyarn.autoscaler.simulation;

/**
 * One vertex since it last began to run: what Flink counts of it. Begins anew with every restart of the job.
 */
final class VertexRun {

    private final int parallelism;
    private final Shares.Spread spread;
    private final double subtaskRate;
    private final double capacity;

    private int seconds;
    private double processed;
    private double sent;
    private double busiest;
    private double average;
    private double idlest;
    private double backPressured;

    private final Meter processedMeter = new Meter();
    private final Meter busiestMeter = new Meter();
    private final Meter averageMeter = new Meter();
    private final Meter idlestMeter = new Meter();
    private final Meter backPressuredMeter = new Meter();

    VertexRun(VertexModel model, int parallelism) {
        this.parallelism = parallelism;
        this.spread = model.shares().over(parallelism);
        this.subtaskRate = model.service().ofSubtask(parallelism);
        this.capacity = subtaskRate / spread.largest();
    }

    /** Records/s that it can process at full speed. */
    double capacity() {
        return capacity;
    }

    /**
     * One second of work.
     *
     * @param speed factor on the service rate in this second
     * @param blocked whether it was the vertices behind it that kept it from doing more
     */
    void work(double records, double recordsSent, double speed, boolean blocked) {
        double ofOneSubtask = records / (subtaskRate * speed);
        double averageNow = ofOneSubtask / parallelism;
        processed += records;
        sent += recordsSent;
        busiest += ofOneSubtask * spread.largest();
        average += averageNow;
        idlest += ofOneSubtask * spread.smallest();
        backPressured += blocked ? 1 - averageNow : 0;
        seconds++;
        if (seconds % Meter.PERIOD == 0) {
            processedMeter.update(processed);
            busiestMeter.update(busiest);
            averageMeter.update(average);
            idlestMeter.update(idlest);
            backPressuredMeter.update(backPressured);
        }
    }

    double processed() {
        return processed;
    }

    double sent() {
        return sent;
    }

    /** Accumulated over all subtasks, ms. */
    double busyMillis() {
        return average * parallelism * 1000;
    }

    /** Busy, idle and back-pressured time of a subtask together, ms. */
    double taskMillis() {
        return seconds * 1000.0;
    }

    double processedPerSecond() {
        return processedMeter.perSecond();
    }

    double busiestRatio() {
        return busiestMeter.perSecondSinceTheStart();
    }

    double averageRatio() {
        return averageMeter.perSecondSinceTheStart();
    }

    double idlestRatio() {
        return idlestMeter.perSecondSinceTheStart();
    }

    double backPressuredRatio() {
        return backPressuredMeter.perSecondSinceTheStart();
    }
}
