using System.Text.Json;
using Baton.Decisions;

namespace OwnHost;

/// <summary>Notes in the trace of every decision whether the shop was open that day.</summary>
internal sealed class OpenDayStage(TimeProvider clock) : IStage
{
    public string Name => "open_day";

    public ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken) => new(new StageReport
    {
        Output = JsonSerializer.SerializeToElement(new { open = clock.GetUtcNow().DayOfWeek != DayOfWeek.Sunday }),
        Tier = "rules",
    });

    public void Apply(Turn turn, JsonElement output) { }
}
