using Baton.Conversations;
using Event = Baton.Conversations.ConversationEvent;

namespace Baton.Server.Pages;

/// <summary>Outputs of stages as short facts.</summary>
internal static class StageText
{
    /// <summary>What the stage is for, in the reader's words.</summary>
    public static string Question(string stage) => stage switch
    {
        "context" => "Who is this?",
        "triage" => "What is it about?",
        "tone" => "How do they sound?",
        "complexity" => "How hard is it?",
        "escalation" => "Who should have it?",
        "resolve" => "Is there an answer?",
        "check" => "Is the answer right?",
        "final" => "Can it be better?",
        "recheck" => "Is it right now?",
        "guard" => "May it be sent?",
        "summary" => "What must a colleague know?",
        "second_opinion" => "Would a stronger model agree?",
        _ => "",
    };

    /// <summary>Name and value of each fact the stage found, most important first.</summary>
    public static IReadOnlyList<(string Name, string Value)> Facts(Event.StageCompleted e) => [.. (e.Stage switch
    {
        "context" => Context(ConversationJson.Read<StageOutput.Gate>(e.Output)),
        "triage" => Triage(ConversationJson.Read<TriageReading>(e.Output)),
        "tone" => Tone(ConversationJson.Read<ToneReading>(e.Output)),
        "complexity" => Complexity(ConversationJson.Read<ComplexityReading>(e.Output)),
        "escalation" => Assessment(ConversationJson.Read<StageOutput.Assessment>(e.Output)),
        "check" or "recheck" => Checked(ConversationJson.Read<StageOutput.Checked>(e.Output)),
        "summary" => [("summary", ConversationJson.Read<StageOutput.Summarised>(e.Output).Text ?? "")],
        "resolve" or "final" => Resolution(ConversationJson.Read<StageOutput.Resolution>(e.Output)),
        "guard" => Guarded(ConversationJson.Read<StageOutput.Guarded>(e.Output)),
        _ => [],
    }).Where(f => f.Value.Length > 0)];

    /// <summary>Words that carried the intent, for triage.</summary>
    public static IReadOnlyList<string> Words(Event.StageCompleted e) => e.Stage switch
    {
        "triage" => ConversationJson.Read<TriageReading>(e.Output).Words,
        "tone" => ConversationJson.Read<ToneReading>(e.Output).Signals,
        "complexity" => ConversationJson.Read<ComplexityReading>(e.Output).Reasons,
        _ => [],
    };

    private static IEnumerable<(string Name, string Value)> Context(StageOutput.Gate gate) =>
    [
        ("customer", gate.Customer.Lookup.ToString().ToLowerInvariant()), ("tier", gate.Customer.Tier),
        ("recent tickets", $"{gate.Customer.RecentTickets}"), ("stopped by", PageText.Spaced(gate.Held ?? "")),
    ];

    private static IEnumerable<(string Name, string Value)> Triage(TriageReading t) =>
    [
        ("intent", PageText.Spaced(t.Intent)), ("class", t.Class.ToString().ToLowerInvariant()), ("language", t.Language),
        ("margin", PageText.Share(t.Margin)), ("also heard", string.Join(", ", t.AlsoHeard.Select(PageText.Spaced))),
        ("out of scope", t.IsOutOfScope ? "yes" : ""),
        ("found", string.Join(", ", t.Fields.Select(f => $"{PageText.Spaced(f.Key)} {f.Value}"))),
    ];

    private static IEnumerable<(string Name, string Value)> Tone(ToneReading t) =>
    [
        ("tone", t.Tone), ("sentiment", $"{t.Sentiment} / 10"), ("urgency", $"{t.Urgency} / 10"), ("trajectory", t.Trajectory),
    ];

    private static IEnumerable<(string Name, string Value)> Complexity(ComplexityReading c) =>
        [("score", $"{c.Score} / 10"), ("cross-system", c.CrossSystem ? "yes" : "no")];

    private static IEnumerable<(string Name, string Value)> Assessment(StageOutput.Assessment a) =>
    [
        ("route so far", PageText.Spaced(Conversations.Words.Of(a.Route))), ("decided by", PageText.Spaced(a.DecidedBy)),
        ("missing", string.Join(", ", a.Missing.Select(PageText.Spaced))),
        ("repetition", a.Repetition > 0 ? PageText.Share(a.Repetition) : ""),
        ("a model's opinion", a.Opinion is null ? "" : $"{a.Opinion}, {PageText.Share(a.OpinionConfidence)} sure; concern: {PageText.Spaced(a.Concern ?? "none")}"),
        ("instruction attempt", a.InstructionKind is null ? "" : $"{a.InstructionKind} ({PageText.Share(a.InstructionScore)})"),
    ];

    private static IEnumerable<(string Name, string Value)> Resolution(StageOutput.Resolution r) =>
    [
        ("answer from", r.Draft?.Source ?? ""), ("relevance", r.Draft is null ? "" : PageText.Share(r.Draft.Relevance)),
        ("problem", r.Problem ?? ""), ("order value", r.OrderValue is { } v ? $"${v:#,0.00}" : ""),
    ];

    private static IEnumerable<(string Name, string Value)> Checked(StageOutput.Checked c) =>
    [
        ("problems", c.Problems.Count == 0 ? "none" : string.Join("; ", c.Problems)),
        ("could be better", string.Join("; ", c.Wishes)), ("written again", c.WriteAgain ? "yes" : ""),
    ];

    private static IEnumerable<(string Name, string Value)> Guarded(StageOutput.Guarded g) =>
    [
        ("route", PageText.Spaced(Conversations.Words.Of(g.Route))),
        ("problems", g.Problems.Count == 0 ? "none" : string.Join("; ", g.Problems)),
    ];
}
