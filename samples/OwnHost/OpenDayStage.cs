using Baton.Decisions;
using Baton.Decisions.Turns;

namespace OwnHost;

/// <summary>Notes in the trace of every decision whether the shop was open that day.</summary>
internal sealed class OpenDayStage(TimeProvider clock) : Stage<OpenDay>
{
    public override string Name => "open_day";

    public override ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken) =>
        new(Report(new OpenDay(clock.GetUtcNow().DayOfWeek != DayOfWeek.Sunday), "rules"));

    protected override StageDescription Describe(OpenDay output) => new("Is the shop open?")
    {
        Facts = [new("open", output.Open ? "yes" : "no")],
    };
}

/// <summary>Whether the shop is open on the day of the decision.</summary>
internal sealed record OpenDay(bool Open);
