using Baton.Conversations.Findings;
using Baton.Decisions.Turns;

namespace Baton.Decisions.Stages;

/// <summary>The answer that was tried.</summary>
/// <param name="Draft">Null when there is none.</param>
/// <param name="Problem">Why there is none.</param>
/// <param name="OrderValue">Value of the order a tool found, account currency.</param>
/// <param name="Attempt">One sentence for the handoff packet.</param>
/// <param name="Version">2 when the answer was written again after its check.</param>
public sealed record Resolution(
    DraftAnswer? Draft, string? Problem, double? OrderValue, string? Attempt, int Version = 1)
{
    /// <summary>The problem of a lookup under a number that the system does not know.</summary>
    public const string NotFound = "not_found";

    /// <summary>The problem of a lookup whose answer is for the owner, where nobody knows who asks.</summary>
    public const string Unverified = "unverified";

    /// <summary>The problem of a call that the customer has to see first and say yes to.</summary>
    public const string Unconfirmed = "unconfirmed";

    /// <summary>What the customer is shown, when that is the problem.</summary>
    public Confirming? Confirm { get; init; }

    /// <summary>What an agent did in other systems; null where none worked on it.</summary>
    public IReadOnlyList<TicketAction>? Actions { get; init; }

    /// <summary>Nothing was tried.</summary>
    public static readonly Resolution None = new(null, null, null, null);

    /// <summary>Read back from a stage's event.</summary>
    internal static Resolution Of(StageOutput output) => output.Read(StageJson.Of<Resolution>());

    /// <summary>In words, the same for the first version and the last.</summary>
    internal StageDescription Describe(string question) => new(question)
    {
        Facts =
        [
            new("answer from", Draft?.Source ?? ""),
            new(NearlyAnswered.Measure, Draft is { Source: "article", IsWritten: false } d
                ? StageDescription.Share(d.Relevance) : ""),
            new("problem", Problem ?? ""), new("order value", OrderValue is { } v ? $"${v:#,0.00}" : ""),
        ],
    };
}

/// <summary>A call that is shown to the customer.</summary>
/// <param name="Text">The question, with placeholders.</param>
/// <param name="Effect">Names what a yes is a yes to.</param>
public sealed record Confirming(string Text, string Effect)
{
    /// <summary>What is asked for, as a field of a ticket.</summary>
    public const string Field = "confirmation";

    /// <summary>The resolution of a turn that ends with the question.</summary>
    internal Resolution Resolution(string attempt) =>
        new(null, Stages.Resolution.Unconfirmed, null, attempt) { Confirm = this };
}
