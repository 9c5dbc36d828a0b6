using System.Text;

namespace Baton.Storage.Events;

/// <summary>A fact on its way into the ledger. <paramref name="Data"/> is UTF-8 JSON.</summary>
internal readonly record struct NewEvent(string Type, DateTimeOffset At, ReadOnlyMemory<byte> Data)
{
    public NewEvent(string type, DateTimeOffset at, string json) : this(type, at, Encoding.UTF8.GetBytes(json)) { }
}

/// <summary>A fact as it is in the ledger.</summary>
internal sealed record StoredEvent
{
    /// <summary>Position in the whole ledger; grows by one from event to event.</summary>
    public required long Seq { get; init; }

    public required string StreamId { get; init; }

    /// <summary>Position in the stream, from 1.</summary>
    public required long Version { get; init; }

    public required string Type { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>UTF-8 JSON.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Lower-case hex, see <see cref="EventHash"/>.</summary>
    public required string Hash { get; init; }

    public string Json => Encoding.UTF8.GetString(Data.Span);
}

/// <summary>What became of an append.</summary>
internal abstract record AppendOutcome
{
    private AppendOutcome() { }

    /// <summary>The stream now ends with <paramref name="Version"/>.</summary>
    public sealed record Appended(long Version) : AppendOutcome;

    /// <summary>Somebody else was faster: nothing was written. Read the stream again and decide again.</summary>
    public sealed record Conflict(long ExpectedVersion, long ActualVersion) : AppendOutcome;
}
