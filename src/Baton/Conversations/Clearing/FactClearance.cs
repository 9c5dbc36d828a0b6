using System.Buffers;
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
        nameof(ConversationEvent.AgentReplied), nameof(ConversationEvent.ReplyWritten),
    ];

    /// <summary>
    /// Members of facts that are proven free: ids of our own, versions, times, digests. <c>by</c> is who acted: the
    /// inbox took addresses out of it and left the name of a colleague. A transcript repeats texts that were stored
    /// before, and so do the requests that were heard in them.
    /// </summary>
    private static readonly (int Depth, string Name)[] Free =
    [
        (1, "message_id"), (1, "ticket_id"), (1, "input_digest"), (1, "playbook"), (1, "model"), (1, "by"), (1, "at"),
        (1, "effect"), (1, "reference"), (1, "approval_id"), (1, "due_at"), (1, "warn_at"), (1, "promised_by"), (1, "external_id"), (2, "transcript"), (2, "requests"),
        (4, "requests"),
    ];

    private readonly BoundedCache<string, bool> _clean = new(Remembered);

    /// <summary>Facts written out and looked at: the costly part, which needs no transaction.</summary>
    public ReadFact[] Read(IReadOnlyList<ConversationEvent> facts)
    {
        var read = new ReadFact[facts.Count];
        for (var i = 0; i < read.Length; i++)
        {
            var (type, json) = (ConversationJson.TypeOf(facts[i]), ConversationJson.Write(facts[i]));
            read[i] = new ReadFact(facts[i], type, json, !ClearedByIntake.Contains(type) && HoldsData(json));
        }
        return read;
    }

    /// <summary>A fact as it may be stored; the same when it was clean.</summary>
    /// <param name="transaction">New values are kept with the last message in it.</param>
    /// <param name="conversationId">Whose placeholders are used.</param>
    public ReadFact Clear(WriteTransaction transaction, string conversationId, ReadFact read)
    {
        if (!read.HoldsData) return read;
        var placeholders = MessageRows.Placeholders(transaction, conversationId);
        var known = placeholders.Count;
        var cleared = Rewritten(read, placeholders);
        if (placeholders.Count > known)
            MessageRows.Keep(transaction, conversationId, placeholders.ToJson(known));
        return cleared;
    }

    /// <summary>A fact as it would be stored, for those who are shown it before.</summary>
    /// <param name="placeholders">The conversation's, asked for where there is something to replace. They get the new
    /// values; the caller keeps those, or forgets them.</param>
    public ConversationEvent Clear(ConversationEvent fact, Func<Placeholders> placeholders) =>
        Read([fact])[0] is { HoldsData: true } read ? Rewritten(read, placeholders()).Fact : fact;

    private ReadFact Rewritten(ReadFact read, Placeholders placeholders)
    {
        var cleared = Rewritten(JsonNode.Parse(read.Json)!, 1, placeholders);
        var fact = ConversationJson.Read(read.Type, JsonSerializer.SerializeToUtf8Bytes(cleared));
        return new ReadFact(fact, read.Type, ConversationJson.Write(fact), HoldsData: false);
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
        if (_clean.Contains(text)) return false;
        if (redactor.Find(text).Any(span => !published.Hold(text.Substring(span.Start, span.Length)))) return true;
        _clean.Set(text, true);
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
