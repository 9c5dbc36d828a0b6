namespace Baton.Conversations.Inspection;

/// <summary>Something that an older release stored wrongly.</summary>
/// <param name="Where">Table and row, for example <c>events U-1 version 2</c>.</param>
/// <param name="What">What is wrong, without the value itself, and what to do.</param>
internal sealed record DeepFinding(string Where, string What)
{
    /// <summary>Whether it is in a table that may be changed; events may not.</summary>
    public bool CanMend { get; init; }

    public bool IsMended { get; init; }
}
