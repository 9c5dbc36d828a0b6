using System.Text.Json;
using Baton.Conversations;
using Baton.Gateway.Money;
using Baton.Playbooks.Models;

namespace Baton.Decisions.Asking;

/// <summary>What a stage wants to know from a model.</summary>
/// <typeparam name="T">The validated answer.</typeparam>
internal sealed record ModelQuestion<T> where T : class
{
    /// <summary>One of <see cref="Playbooks.Models.ModelStages"/>: names prompt, bounds and receipts.</summary>
    public required string Stage { get; init; }

    /// <summary>Material for the user message; see <see cref="MarkedText"/>.</summary>
    public required IReadOnlyList<(string Label, string Text)> Parts { get; init; }

    public required JsonElement Schema { get; init; }

    /// <summary>The parts that hold nobody's data, such as passages; see <see cref="PublicValues"/>.</summary>
    public string PublicText { get; init; } = "";

    /// <summary>The answer as a record, or null when it fits the schema and still cannot be meant.</summary>
    public required Func<JsonElement, T?> Read { get; init; }

    /// <summary>How sure the model is, 0 to 1.</summary>
    public required Func<T, double> Confidence { get; init; }

    /// <summary>Under it the next tier is asked. 0 takes any answer.</summary>
    public double Floor { get; init; }

    /// <summary>What stands when no model answers, for the trace.</summary>
    public string Otherwise { get; init; } = TierNames.Local;

    /// <summary>
    /// Ask only tiers that are stronger than this one, as far as there are any; null begins at the stage's own.
    /// </summary>
    public string? Above { get; init; }
}

/// <summary>What came of asking.</summary>
internal sealed record Asked<T> where T : class
{
    /// <summary>Null when no tier gave a valid answer.</summary>
    public T? Answer { get; init; }

    /// <summary>Tier that gave it.</summary>
    public string Tier { get; init; } = TierNames.Local;

    public double Confidence { get; init; }

    /// <summary>Every attempt, in the order they were made.</summary>
    public IReadOnlyList<Receipt> Receipts { get; init; } = [];

    /// <summary>One <c>ModelFellBack</c> per tier that failed.</summary>
    public IReadOnlyList<ConversationEvent> Facts { get; init; } = [];

    /// <summary>The tiers with what they said, for the trace.</summary>
    public string Note { get; init; } = "";

    /// <summary>The report of a stage, with the cost of having asked.</summary>
    public StageReport On(StageReport report)
    {
        var last = Receipts.LastOrDefault(r => r.Status is ReceiptStatus.Answered or ReceiptStatus.Cached);
        var cost = Receipts.Sum(r => r.Cost.Amount);
        return report with
        {
            CostUsd = report.CostUsd + cost,
            Model = Answer is null ? report.Model : last?.ServedModel ?? last?.Model,
            TokensIn = report.TokensIn + (int)Receipts.Sum(r => r.Tokens.Input),
            TokensOut = report.TokensOut + (int)Receipts.Sum(r => r.Tokens.Output),
            CacheHit = Answer is not null && last is { Status: ReceiptStatus.Cached },
            Note = report.Note is null ? Note : $"{report.Note}; {Note}",
            Facts = [.. report.Facts, .. Facts],
            IsPrecious = report.IsPrecious || cost > 0,
        };
    }
}
