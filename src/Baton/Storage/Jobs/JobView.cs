namespace Baton.Storage.Jobs;

internal enum JobState
{
    Ready = 0,
    Leased = 1,

    /// <summary>An earlier job of the same key is not finished.</summary>
    Waiting = 2,

    /// <summary>Failed as often as allowed.</summary>
    Dead = 3,
}

/// <summary>A job as people look at it.</summary>
internal sealed record JobView
{
    public required long Id { get; init; }

    public required string Queue { get; init; }

    public required string Kind { get; init; }

    public required string? Key { get; init; }

    public required JobState State { get; init; }

    public required int Attempts { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset RunAt { get; init; }

    public required string? Owner { get; init; }

    public required string? Error { get; init; }

    public required string Payload { get; init; }
}
