namespace Baton.Conversations.Attachments;

/// <summary>A file that came with a message, as a channel hands it over: nothing in it has been looked at.</summary>
/// <param name="Name">As the sender calls it; may hold anything.</param>
/// <param name="Body">Every byte; empty where the channel did not read it.</param>
public sealed record InboundAttachment(string Name, ReadOnlyMemory<byte> Body)
{
    /// <summary>Why the channel did not read it, for people; null where it did.</summary>
    public string? NotRead { get; init; }

    /// <summary>Where a channel has to fetch it, before it is taken in; null where it came with the message.</summary>
    public Uri? Source { get; init; }

    /// <summary>Bytes the sender speaks of, where the body was not read.</summary>
    public long Size { get; init; } = Body.Length;
}
