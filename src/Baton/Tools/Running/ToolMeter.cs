using System.Diagnostics.Metrics;
using Baton.Playbooks;
using Baton.Tools.Authority;

namespace Baton.Tools.Running;

/// <summary>Counts calls, first attempts apart from later ones, and denials. No personal data in tags.</summary>
internal sealed class ToolMeter : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "Baton.Tools";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _calls;
    private readonly Counter<long> _denied;

    public ToolMeter()
    {
        _calls = _meter.CreateCounter<long>("baton.tools.calls", "{call}", "Attempts of tool calls.");
        _denied = _meter.CreateCounter<long>("baton.tools.denied", "{call}", "Tool calls that were denied.");
    }

    public void Called(Tool tool, string outcome, int attempt) => _calls.Add(
        1, new("tool", tool.Name), new("outcome", outcome), new("first", attempt == 1));

    public void Denied(ToolCall call, string clause) =>
        _denied.Add(1, new("agent", call.Agent), new("clause", clause.Split(':')[0]));

    public void Dispose() => _meter.Dispose();
}
