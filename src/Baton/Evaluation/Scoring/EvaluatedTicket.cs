using Baton.Evaluation.Metrics;
using Baton.Playbooks;

namespace Baton.Evaluation.Scoring;

/// <summary>A labelled ticket, what was decided on it, and what metrics may want to know besides.</summary>
public sealed record EvaluatedTicket
{
    public required JudgedTicket Judged { get; init; }

    /// <summary>What the customer wrote last, redacted.</summary>
    public required string Question { get; init; }

    public string Channel { get; init; } = "";

    /// <summary>Tier of the customer; empty where the ticket names none.</summary>
    public string Tier { get; init; } = "";

    /// <summary>The reply without what stands in every one: greeting, sources, signature.</summary>
    public string Answer { get; init; } = "";

    /// <summary>Texts of the articles that the reply cites.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Each call's first attempt, in order.</summary>
    public IReadOnlyList<FirstToolCall> FirstToolCalls { get; init; } = [];

    /// <summary>Whether it is of the hardest tenth of its set, by how hard and how unsurely it was read.</summary>
    public bool IsHardest { get; init; }

    /// <summary>What wrong decisions cost.</summary>
    public DecisionCosts Costs { get; init; } = new();

    /// <summary>What this decision cost by them: 0 when it is right, or when another outcome is acceptable.</summary>
    public decimal ExpectedCost => Judged.Answer switch
    {
        AnswerVerdict.Right => 0,
        AnswerVerdict.None => Judged.Due == "answer" && !Judged.Ok ? Costs.NeedlessContact : 0,
        _ => Judged.Due == "person" ? Costs.MishandledEscalation : Costs.WrongAnswer,
    };
}

/// <summary>The first attempt of a call.</summary>
/// <param name="Ok">Whether the tool answered at once; a retry that works is a failed first attempt.</param>
public readonly record struct FirstToolCall(string Tool, bool Ok);
