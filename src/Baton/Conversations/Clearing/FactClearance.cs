using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Privacy;
using Baton.Storage;

namespace Baton.Conversations.Clearing;

/// <summary>
/// The last look at facts before they are stored. Whoever made them, a tool, a stage or a person, their texts hold no
/// personal data afterwards: the values go to the message table, where the customer's own text gets them back.
/// </summary>
internal sealed class FactClearance(Redactor redactor, PublicTexts published)
{
    private const int LongestWord = 32;

    /// <summary>
    /// Texts that were looked at and found clean; most texts of decisions are made of the playbook's.
    /// </summary>
    private const int Remembered = 20_000;

    private static readonly SearchValues<byte> WordLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_-"u8);

    /// <summary>Redacted where their texts come in, with the placeholders that are stored beside them.</summary>
    private static readonly HashSet<string> ClearedByIntake =
    [
        nameof(ConversationEvent.ConversationStarted), nameof(ConversationEvent.MessageReceived),
        nameof(ConversationEvent.AgentReplied),
    ];

    /// <summary>
    /// Members of facts that are proven free: ids of our own, versions, times, digests. <c>by</c> is who acted: the
    /// inbox took addresses out of it and left the name of a colleague. A transcript repeats texts that were stored
    /// before, and so do the requests that were heard in them.
    /// </summary>
    private static readonly (int Depth, string Name)[] Free =
    [
        (1, "message_id"), (1, "ticket_id"), (1, "input_digest"), (1, "playbook"), (1, "model"), (1, "by"), (1, "at"),
        (1, "due_at"), (1, "promised_by"), (1, "external_id"), (2, "transcript"), (2, "requests"), (4, "requests"),
    ];

    private readonly ConcurrentDictionary<string, bool> _clean = new();

    /// <summary>A fact as it may be stored, and its JSON; the same fact when it was clean.</summary>
    /// <param name="transaction">New values are kept with the last message in it.</param>
    /// <param name="conversationId">Whose placeholders are used.</param>
    public (ConversationEvent Fact, byte[] Json) Clear(
        WriteTransaction transaction, string conversationId, ConversationEvent fact)
    {
        Placeholders? placeholders = null;
        var known = 0;
        var cleared = Clear(fact, () =>
        {
            placeholders = MessageRows.Placeholders(transaction, conversationId);
            known = placeholders.Count;
            return placeholders;
        });
        if (placeholders?.Count > known)
            MessageRows.Keep(transaction, conversationId, placeholders.ToJson(known));
        return cleared;
    }

    /// <inheritdoc cref="Clear(WriteTransaction, string, ConversationEvent)"/>
    /// <param name="fact">A fact of any kind.</param>
    /// <param name="read">The conversation's placeholders, asked for where there is something to replace. They get the
    /// new values; the caller keeps those, or forgets them.</param>
    public (ConversationEvent Fact, byte[] Json) Clear(ConversationEvent fact, Func<Placeholders> read)
    {
        var type = ConversationJson.TypeOf(fact);
        var json = ConversationJson.Write(fact);
        if (ClearedByIntake.Contains(type) || !HoldsData(json)) return (fact, json);
        var cleared = Rewritten(JsonNode.Parse(json)!, 1, read());
        fact = ConversationJson.Read(type, JsonSerializer.SerializeToUtf8Bytes(cleared));
        return (fact, ConversationJson.Write(fact));
    }

    private bool HoldsData(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && IsFree(ref reader))
            {
                reader.Read();
                reader.Skip();
                continue;
            }
            if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.String)) continue;
            if (!IsWord(reader.ValueSpan) && HoldsData(reader.GetString()!)) return true;
        }
        return false;
    }

    private bool HoldsData(string text)
    {
        if (_clean.ContainsKey(text)) return false;
        if (redactor.Find(text).Any(span => !published.Hold(text.Substring(span.Start, span.Length)))) return true;
        if (_clean.Count >= Remembered) _clean.Clear();
        _clean[text] = true;
        return false;
    }

    private JsonNode Rewritten(JsonNode node, int depth, Placeholders placeholders)
    {
        switch (node)
        {
            case JsonValue value when value.TryGetValue(out string? text):
                return JsonValue.Create(Redacted(text, placeholders))!;
            case JsonArray list:
                return new JsonArray([.. list.Select(n => n is null ? null : Rewritten(n, depth + 1, placeholders))]);
            case JsonObject members:
                var result = new JsonObject();
                foreach (var (name, member) in members)
                    result[Redacted(name, placeholders)] = member is null || Free.Contains((depth, name))
                        ? member?.DeepClone()
                        : Rewritten(member, depth + 1, placeholders);
                return result;
            default:
                return node.DeepClone();
        }
    }

    private string Redacted(string text, Placeholders placeholders) =>
        HoldsData(text) ? redactor.RedactAgain(text, placeholders, published.Hold) : text;

    private static bool IsFree(ref Utf8JsonReader reader)
    {
        foreach (var (depth, name) in Free)
            if (reader.CurrentDepth == depth && reader.ValueTextEquals(name)) return true;
        return false;
    }

    /// <summary>A word of small letters holds no address and no number.</summary>
    private static bool IsWord(ReadOnlySpan<byte> text) =>
        text.Length <= LongestWord && !text.ContainsAnyExcept(WordLetters);
}
