using System.Globalization;
using System.Text.Json.Nodes;

namespace Baton.Storage.Outgoing;

/// <summary>
/// Tells programs what happens to the product itself, as far as they ask: a row of the outbox in the transaction of
/// what it tells of. Without personal data.
/// </summary>
internal sealed class Announcements(Outbox outbox)
{
    /// <summary>
    /// Around the channel in the key of their rows: one after the other, apart from what tickets say, and no channel
    /// waits for another.
    /// </summary>
    private const string KeyStart = "operations/", KeyEnd = "@events";

    private const string Field = "announcement";

    /// <summary>Channel that sends them, and whether a kind of event is wanted; set by the channels.</summary>
    public (string Channel, Func<string, bool> Wants)? Followers { get; set; }

    /// <summary>Tells of something; nothing when nobody asks.</summary>
    /// <param name="id">Of what happened: the same is told once.</param>
    /// <param name="type">Such as <c>alert.raised</c>.</param>
    public void Tell(WriteTransaction transaction, string id, string type, DateTimeOffset at, JsonObject data)
    {
        if (Followers is var (channel, wants) && wants(type)) TellTo(channel, transaction, id, type, at, data);
    }

    /// <summary>Tells one channel of something, whoever else asks.</summary>
    public void TellTo(
        string channel, WriteTransaction transaction, string id, string type, DateTimeOffset at, JsonObject data) =>
        outbox.Add(transaction, new OutboxMessage
        {
            IdempotencyKey = $"{type}/{id}", Key = KeyStart + channel + KeyEnd, Kind = channel,
            Payload = new JsonObject
            {
                [Field] = type, ["at"] = at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), ["data"] = data,
            }.ToJsonString(),
        });

    /// <summary>What a row tells; null for other rows.</summary>
    public static (string Type, DateTimeOffset At, JsonObject Data)? Read(OutboxMessage message) =>
        message.Key.StartsWith(KeyStart, StringComparison.Ordinal)
        && JsonNode.Parse(message.Payload) is JsonObject told && told[Field] is { } type
            ? ((string)type!, DateTimeOffset.Parse((string)told["at"]!, CultureInfo.InvariantCulture),
                (JsonObject)told["data"]!)
            : null;
}
