using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Baton.Testing.StandIn;

/// <summary>What happens to one request.</summary>
internal sealed record StandInPlan(StandInAnswer Answer, StandInFault? Fault, TimeSpan FirstToken)
{
    public TimeSpan PerChunk { get; init; }

    public double RetryAfterSeconds { get; init; } = 1;
}

/// <summary>
/// Chooses plans. Chance is drawn from the seed, the body and how often this body came, so it does not depend on the
/// order in which concurrent requests arrive.
/// </summary>
internal sealed class StandInPlanner(StandInScript script)
{
    private readonly int[] _uses = new int[script.Rules.Count];
    private readonly ConcurrentDictionary<ulong, int> _seen = new();
    private readonly Regex?[] _patterns = [.. script.Rules.Select(r => r.Matches is null ? null : new Regex(
        r.Matches, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking))];

    public StandInScript Script => script;

    public StandInPlan Plan(StandInCall call, string body)
    {
        var random = Draws(body);
        var rule = Find(call);
        var latency = rule?.Latency ?? script.Latency;
        var chance = random.NextDouble();
        var fault = rule?.Fault ?? ByChance(chance, random.NextDouble());
        var first = latency.Draw(random.NextDouble());
        if (fault == StandInFault.SlowFirstToken) first = TimeSpan.FromSeconds(Math.Max(1, first.TotalSeconds * 100));
        return new StandInPlan(rule?.Answer ?? script.Otherwise, fault, first)
        {
            PerChunk = TimeSpan.FromMilliseconds(latency.PerChunkMs),
            RetryAfterSeconds = rule?.RetryAfterSeconds ?? 1,
        };
    }

    private Random Draws(string body)
    {
        if (script.Faults is null && script.Latency.P99Ms is null) return new Random(script.Seed);
        var key = Fnv(body);
        var nth = _seen.AddOrUpdate(key, 0, (_, count) => count + 1);
        return new Random(Mix(script.Seed, key, nth));
    }

    private StandInRule? Find(StandInCall call)
    {
        for (var i = 0; i < script.Rules.Count; i++)
        {
            if (!Fits(script.Rules[i], _patterns[i], call)) continue;
            if (script.Rules[i].Times is { } times && Interlocked.Increment(ref _uses[i]) > times) continue;
            return script.Rules[i];
        }
        return null;
    }

    private static bool Fits(StandInRule rule, Regex? pattern, StandInCall call) =>
        (rule.Model is null || rule.Model == call.Model)
        && (rule.Stage is null || rule.Stage == call.Stage)
        && (rule.AfterTool is null || rule.AfterTool == call.AfterTool)
        && (rule.Contains is null || call.LastUser.Contains(rule.Contains, StringComparison.OrdinalIgnoreCase))
        && (rule.SystemContains is null
            || call.System.Contains(rule.SystemContains, StringComparison.OrdinalIgnoreCase))
        && (pattern is null || pattern.IsMatch(call.LastUser));

    private StandInFault? ByChance(double chance, double which) =>
        script.Faults is { Kinds.Count: > 0 } faults && chance < faults.Probability
            ? faults.Kinds[(int)(which * faults.Kinds.Count)]
            : null;

    private static ulong Fnv(string text)
    {
        // FNV-1a (Fowler, Noll, Vo): enough to tell bodies apart, the same on every machine.
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes(text)) hash = (hash ^ b) * 1099511628211UL;
        return hash;
    }

    private static int Mix(int seed, ulong key, int nth)
    {
        var mixed = key ^ (uint)seed * 0x9E3779B97F4A7C15UL ^ (uint)nth * 0xC2B2AE3D27D4EB4FUL;
        return unchecked((int)(mixed >> 17));
    }
}
