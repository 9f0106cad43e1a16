package dev.confab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The benchmarks of the parts still run. What they measure here means nothing. */
class BenchmarksTest {

    @Test
    void eachBenchmarkRunsOnceWithoutAFault() throws RunnerException {
        var once = new OptionsBuilder()
                .mode(Mode.SingleShotTime)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        Collection<RunResult> results = new Runner(once).run();
        assertThat(results)
                .extracting(result -> result.getParams().getBenchmark())
                .anyMatch(name -> name.contains("CodecBenchmark"))
                .anyMatch(name -> name.contains("LaneBenchmark"))
                .anyMatch(name -> name.contains("SerialQueueBenchmark"))
                .anyMatch(name -> name.contains("FanOutBenchmark"));
    }
}
