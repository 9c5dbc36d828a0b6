namespace Baton.Triage.Instructions;

/// <summary>Limits of the instruction detector.</summary>
public sealed record InstructionOptions
{
    /// <summary>Characters inspected; of longer texts the first and the last half of this. Default 60,000.</summary>
    public int MaxCharacters { get; init; } = 60_000;

    /// <summary>Words per window; longer texts are judged by their worst window. Default 120.</summary>
    public int WindowWords { get; init; } = 120;
}
