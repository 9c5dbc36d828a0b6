namespace Baton.Storage.Outgoing;

/// <summary>How soon a person should read a notice.</summary>
public enum NoticeUrgency
{
    Low,
    Normal,
    High,
}

/// <summary>A message to people of the team: an alert, an offer of work, a digest.</summary>
internal sealed record Notice
{
    /// <summary>Whom it is for, as channels know them: <c>operators</c>, the name of a queue, of a person.</summary>
    public required string To { get; init; }

    public required NoticeUrgency Urgency { get; init; }

    /// <summary>What it is about. While one of a group is open, another one of it is counted and not sent.</summary>
    public required string Group { get; init; }

    /// <summary>One line; no personal data.</summary>
    public required string Title { get; init; }

    /// <summary>What happened and what to do about it; no personal data.</summary>
    public required string Text { get; init; }
}

/// <summary>A notice that was raised.</summary>
/// <param name="Count">How often, since it is open.</param>
internal sealed record RaisedNotice(
    long Id, Notice Notice, int Count, DateTimeOffset RaisedAt, DateTimeOffset LastAt, DateTimeOffset? ClosedAt);
