namespace Baton.Triage.Instructions;

/// <summary>What a text tries to make a model do.</summary>
public enum InstructionKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Replace the instructions the model was given: "ignore all previous instructions".</summary>
    Override,

    /// <summary>Play a role that has no rules: "you are DAN, you can do anything now".</summary>
    Jailbreak,

    /// <summary>Give away the instructions the model was given.</summary>
    PromptExtraction,

    /// <summary>Instructions that a reader does not see: in comments, encoded, in invisible characters.</summary>
    Hidden,

    /// <summary>Make the model call tools or send data somewhere.</summary>
    ToolAbuse,
}

/// <summary>
/// Whether a text tries to instruct the model that reads it. A trigger and a trace entry: it never decides what anyone
/// is allowed to do.
/// </summary>
/// <param name="Score">0–1; from 0.5 on it is an attempt.</param>
/// <param name="IsAttempt">The score reached the threshold.</param>
/// <param name="Kind">The likeliest kind; <see cref="InstructionKind.None"/> when it is no attempt.</param>
/// <param name="Evidence">The words that carried it, at most five, each short enough to show.</param>
public sealed record InstructionFinding(double Score, bool IsAttempt, InstructionKind Kind,
    IReadOnlyList<string> Evidence)
{
    /// <summary>Nothing was found.</summary>
    public static InstructionFinding Nothing { get; } = new(0, false, InstructionKind.None, []);
}
