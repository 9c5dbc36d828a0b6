using Baton.Benchmarks;
using Baton.Benchmarks.Acting;
using Baton.Benchmarks.Alerting;
using Baton.Benchmarks.Chaos;
using Baton.Benchmarks.RosterDays;
using Baton.Benchmarks.Throughput;
using Baton.Benchmarks.GatewayBench;
using Baton.Benchmarks.ModelStages;
using Baton.Benchmarks.Tau2;
using Baton.Benchmarks.Training;
using BenchmarkDotNet.Running;

// Training and questions about whole runs on a real disk are plain programs; the rest is BenchmarkDotNet.
switch (args)
{
    case ["train-tone", ..]: return TrainTone.Run(args[1..]);
    case ["fit-grounding", var data]: return FitGrounding.Run(data);
    case ["fit-relevance", var data]: return FitRelevance.Run(data);
    case ["ledger-append", ..]: return await LedgerAppend.RunAsync(Count(defaultCount: 60_000));
    case ["gateway-overhead", ..]: return await GatewayOverhead.RunAsync(args.ElementAtOrDefault(1));
    case ["gateway-stand-in"]: return await GatewayServers.StandInAsync();
    case ["gateway-serve", var upstream]: return await GatewayServers.GatewayAsync(upstream);
    case ["pipeline-throughput", ..]: return await PipelineThroughput.RunAsync(Count(defaultCount: 20_000));
    case ["postgres-throughput", ..]:
        return await PostgresThroughput.RunAsync(Count(defaultCount: 3_000), args.ElementAtOrDefault(2));
    case ["replay", ..]: return await ReplayRate.RunAsync(Count(defaultCount: 100_000));
    case ["langgraph", ..]: return await LangGraphComparison.RunAsync(Count(defaultCount: 3_000));
    case ["intake-throughput", ..]: return await IntakeThroughput.RunAsync(Count(defaultCount: 20_000));
    case ["sample-tickets", ..]: return BenchTickets.Print(Count(defaultCount: 3_000));
    case ["model-run", ..]: return await ModelRun.RunAsync(Count(defaultCount: 1_000));
    case ["redaction-rate", ..]: return RedactionRate.Run(args.ElementAtOrDefault(1));
    case ["retrieval-latency", var data]: return RetrievalLatency.Run(data);
    case ["roster-day", ..]: return await RosterDay.RunAsync(Count(defaultCount: 2_000));
    case ["insights-latency", ..]: return await InsightsLatency.RunAsync(
        Count(defaultCount: 1_000_000), args.ElementAtOrDefault(2));
    case ["lists-latency", ..]: return await ListsLatency.RunAsync(Count(defaultCount: 1_000_000), args.ElementAtOrDefault(2));
    case ["archive", var filled]: return await ArchiveRate.RunAsync(filled);
    case ["sealed-messages", ..]: return await SealedMessages.RunAsync(Count(defaultCount: 100_000));
    case ["parser-fuzz", ..]: return ParserFuzz.Run(Count(defaultCount: 100_000));
    case ["injection-effects", ..]:
        return await InjectionEffects.RunAsync(Count(defaultCount: 10_000), args.ElementAtOrDefault(2));
    case ["refund-runs", ..]: return await RefundRuns.RunAsync(Count(defaultCount: 1_000));
    case ["tool-success"]: return await ToolSuccess.RunAsync();
    case ["tau2", "--model", ..]: return await TauRuns.RunAsync(args[1..]);
    case ["tau2", ..]: return Tau2Replay.Run(
        args.ElementAtOrDefault(1) ?? Path.Combine("..", "shared", "data"), Path.Combine("bench", "tau2"));
    case ["alert-year", ..]: return AlertYear.Run(
        args.ElementAtOrDefault(1) is { Length: > 1 } only ? only : null, args.Length > 2 ? int.Parse(args[2]) : 7);
    case ["chaos", ..]: return await ChaosRun.RunAsync(
        Count(defaultCount: 20), int.Parse(args.ElementAtOrDefault(2) ?? "1"));
    case ["job-queue", ..]: return await JobQueueRate.RunAsync(Count(defaultCount: 20_000));
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;

int Count(int defaultCount) => args.Length > 1 ? int.Parse(args[1]) : defaultCount;
