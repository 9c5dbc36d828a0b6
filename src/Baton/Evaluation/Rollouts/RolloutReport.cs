using System.Text.Json.Nodes;
using Baton.Playbooks;

namespace Baton.Evaluation.Rollouts;

/// <summary>A roll-out as people and programs read it.</summary>
internal sealed record RolloutReport(Rollout Rollout, IReadOnlyList<ArmFigures> Arms)
{
    /// <summary>Every guard, with both arms.</summary>
    public IReadOnlyList<GuardReading> Readings { get; } = GuardReading.All(Rollout.Plan, Arms);

    /// <summary>Of an A/B comparison; null: there is none.</summary>
    public ArmVerdict? Verdict { get; } = Rollout.Plan.Comparison is { } ab
        ? ArmVerdict.Of(Rollout, ab, Arms) : null;

    /// <summary>Tickets that have met the candidate.</summary>
    public long Met => Arms.Where(a => a.IsCandidate).Sum(a => a.Tickets);

    /// <summary>Tickets beside them that have not.</summary>
    public long Beside => Arms.Where(a => !a.IsCandidate).Sum(a => a.Tickets);

    /// <summary>The shape is in <c>docs/evaluation.md</c>.</summary>
    public JsonObject ToJson() => new()
    {
        ["id"] = Rollout.Id, ["state"] = EnumWords.Of(Rollout.State), ["candidate"] = Rollout.Candidate,
        ["control"] = Rollout.Control, ["share"] = Rollout.Share, ["step"] = Rollout.Step,
        ["ramp"] = new JsonArray([.. Rollout.Plan.Ramp.Select(s => (JsonNode)s)]),
        ["hold_seconds"] = Rollout.Plan.Hold.TotalSeconds, ["started"] = Rollout.StartedAt.ToString("O"),
        ["ended"] = Rollout.EndedAt?.ToString("O"), ["by"] = Rollout.By, ["why"] = Rollout.Why,
        ["tickets"] = new JsonObject { ["candidate"] = Met, ["control"] = Beside },
        ["guards"] = new JsonArray([.. Readings.Select(Guard)]),
        ["comparison"] = Rollout.Plan.Comparison is not { } ab ? null : new JsonObject
        {
            ["metric"] = ab.Metric, ["plan"] = ab.Sequential ? "sequential" : "fixed", ["per_arm"] = ab.PerArm,
            ["verdict"] = Verdict!.Word, ["why"] = Verdict.Why,
        },
    };

    private JsonNode Guard(GuardReading reading) => new JsonObject
    {
        ["guard"] = reading.Guard.Text, ["candidate"] = reading.Candidate.ToJson(), ["control"] = reading.Control.ToJson(),
        ["evidence"] = Math.Round(reading.Evidence, 4), ["ends_at"] = Math.Round(Rollout.Plan.Bar, 4),
    };
}
