using System.Diagnostics;
using Baton.Conversations.Findings;

namespace Baton.Decisions.Working;

/// <summary>
/// Spans of a turn and of its stages, by the GenAI conventions of OpenTelemetry for agents: <c>turn</c> with
/// <c>agent.triage</c>, <c>agent.tone</c> … beneath, and calls of models beneath those. They hold ids and figures,
/// never
/// words.
/// </summary>
internal static class TurnSpans
{
    /// <summary>Name of the activity source.</summary>
    public const string Name = "Baton.Decisions";

    private static readonly ActivitySource Source = new(Name);

    private static readonly AsyncLocal<ActivityTraceId?> Wanted = new();

    // The id of a root span comes from here, so that sampling sees the one of the turn.
    static TurnSpans() => Activity.TraceIdGenerator = () => Wanted.Value ?? ActivityTraceId.CreateRandom();

    /// <summary>The whole of a turn; null where nobody listens.</summary>
    public static Activity? Turn(string ticket, int turn)
    {
        if (!Source.HasListeners()) return null;
        Activity.Current = null;
        Wanted.Value = TraceIds.Id(ticket, turn);
        var span = Source.StartActivity("turn");
        Wanted.Value = null;
        span?.SetTag("ticket.id", ticket).SetTag("gen_ai.conversation.id", ticket).SetTag("baton.turn", turn);
        return span;
    }

    /// <summary>One stage; end it with <see cref="End"/>.</summary>
    public static Activity? Stage(string ticket, string stage) =>
        Source.StartActivity("agent." + stage) is not { } span ? null : span
            .SetTag("ticket.id", ticket).SetTag("gen_ai.conversation.id", ticket).SetTag("agent.name", stage)
            .SetTag("gen_ai.operation.name", "invoke_agent").SetTag("gen_ai.agent.name", stage);

    /// <param name="tier">Who did it: <c>rules</c>, <c>local</c> or a tier of models; null: it failed.</param>
    public static void End(Activity? span, double durationMs, string? tier, double? confidence)
    {
        if (span is null) return;
        span.SetTag("agent.duration_ms", durationMs).SetTag("baton.tier", tier).SetTag("baton.confidence", confidence);
        if (tier is null) span.SetStatus(ActivityStatusCode.Error);
        span.Dispose();
    }
}
