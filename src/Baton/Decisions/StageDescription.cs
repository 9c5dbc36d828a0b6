using System.Globalization;

namespace Baton.Decisions;

/// <summary>What a stage found, for people who read a trace.</summary>
/// <param name="Question">What the stage is for, in the reader's words.</param>
public sealed record StageDescription(string Question)
{
    /// <summary>Name and value of each fact, most important first; those without a value are left out.</summary>
    public IReadOnlyList<StageFact> Facts { get; init => field = [.. value.Where(f => f.Value.Length > 0)]; } = [];

    /// <summary>Words that carried the finding, strongest first.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The finding in half a line, for <c>baton why</c>; empty when the stage's note says it all.</summary>
    public string Line { get; init; } = "";

    /// <summary><c>human_now</c> as people read it.</summary>
    public static string Spaced(string word) => word.Replace('_', ' ');

    /// <summary>A number from 0 to 1 with two digits.</summary>
    public static string Share(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}

/// <summary>One fact of a trace.</summary>
public sealed record StageFact(string Name, string Value);
