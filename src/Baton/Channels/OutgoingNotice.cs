using Baton.Storage.Outgoing;

namespace Baton.Channels;

/// <summary>A message to people of the team; without personal data.</summary>
public sealed record OutgoingNotice : Outgoing
{
    /// <summary>Whom it is for: <c>operators</c>, the name of a queue, of a person.</summary>
    public required string To { get; init; }

    public required NoticeUrgency Urgency { get; init; }

    /// <summary>What it is about; while one of a group is open, no other one of it is sent.</summary>
    public required string Group { get; init; }

    public required string Title { get; init; }

    public required string Text { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>As a page for mail clients; its one picture is <c>cid:chart</c>. Null: there is none.</summary>
    public string? Html { get; init; }

    /// <summary>A picture that belongs to it; channels that carry none leave it out.</summary>
    public OutgoingFile? Picture { get; init; }

    /// <summary>E-mail addresses; none: where the channel's notices go.</summary>
    public IReadOnlyList<string> Mail { get; init; } = [];
}
