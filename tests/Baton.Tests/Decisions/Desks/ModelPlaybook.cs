using Baton.Testing;
using Baton.Testing.StandIn;

namespace Baton.Tests.Decisions.Desks;

/// <summary>A playbook whose stages may ask two tiers on a stand-in server.</summary>
internal static class ModelPlaybook
{
    /// <summary>What the local classifier is not sure of.</summary>
    public const string Unclear = "about the thing from last week";

    /// <summary>Floors that the local tier seldom reaches, so that a test says who is asked.</summary>
    public static PlaybookFiles Files(StandInServer server, string stages, string budgets = "", string limits = "") =>
        DeskPlaybook.Files()
        .Replace("playbook.yaml", "thresholds:", $"limits: {{ low_priority_every: 0s{limits} }}\nthresholds:")
        .Replace("playbook.yaml", "triage_confidence: 0.05", "triage_confidence: 0.80")
        .With("models.yaml", Models(server, stages, budgets));

    /// <summary>Two tiers on a stand-in server.</summary>
    public static string Models(StandInServer server, string stages, string budgets = "") => $$"""
            providers:
              one: { kind: openai, endpoint: "{{server.Address}}v1", key_variable: STAND_IN_KEY, max_attempts: 1 }
            models:
              small:
                provider: one
                id: small
                context_tokens: 100000
                capabilities: [streaming, tools, json_schema]
                prices: { dated: 2026-11-01, input: 1, output: 4 }
              large:
                provider: one
                id: large
                context_tokens: 100000
                capabilities: [streaming, tools, json_schema]
                prices: { dated: 2026-11-01, input: 10, output: 40 }
            tiers:
              commodity: [small]
              reasoning: [large]
            stages:
            {{string.Join('\n', stages.Split(' ').Select(s => $"  {s}: {{ tier: commodity, max_tokens: 500 }}"))}}
            {{budgets}}
            """;

    /// <summary>An answer of one model, in any stage whose prompt has the words.</summary>
    public static StandInRule Says(string prompt, string json, string? model = null) => new()
    {
        SystemContains = prompt, Model = model, Answer = new StandInAnswer { Text = json },
    };

    public static StandInRule Fails(StandInFault fault, string? model = null) => new() { Model = model, Fault = fault };
}

/// <summary>Words that only one built-in prompt has.</summary>
internal static class Prompt
{
    public const string Triage = "You sort messages";
    public const string Tone = "You judge how a customer";
    public const string Complexity = "You judge how much work";
    public const string Escalation = "You give an opinion";
    public const string Draft = "You answer customers";
    public const string Check = "You check an answer";
    public const string Final = "You write the final answer";
    public const string Summary = "You write one sentence";
}
