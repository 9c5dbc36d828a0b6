namespace Baton.Server.Api;

/// <summary>Something that cannot be answered, in words.</summary>
public sealed record Problem(int Status, string Title, string Detail)
{
    /// <summary>What in the request is wrong, where it is one thing.</summary>
    public string? Field { get; init; }

    /// <summary>Where a person can go on; null: the start page.</summary>
    public string? Back { get; init; }

    /// <summary>What is there, as the words of the link.</summary>
    public string? BackTo { get; init; }
}
