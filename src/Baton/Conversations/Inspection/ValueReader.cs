using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Privacy;

namespace Baton.Conversations.Inspection;

/// <summary>
/// Personal data in stored values: which kinds, where in a value and how often, never the value itself.
/// </summary>
/// <param name="redactor">Finds it.</param>
/// <param name="isPublic">Tells what the company publishes itself.</param>
internal sealed class ValueReader(Redactor redactor, Func<string, bool> isPublic)
{
    /// <summary>Texts that were found clean; stored texts repeat.</summary>
    private const int Remembered = 20_000;

    /// <summary>
    /// Members that hold ids of our own, digests and ids of senders, which are stored as they come. <c>address</c> is
    /// that of a log-in, kept on purpose.
    /// </summary>
    private static readonly HashSet<string> Free =
        ["message_id", "ticket_id", "conversation_id", "external_id", "input_digest", "playbook", "address"];

    /// <summary>Who acted stays readable: the name of a colleague is no finding.</summary>
    private static readonly HashSet<string> Actors = ["by", "name", "changed_by"];

    private readonly HashSet<string> _clean = [];

    /// <summary>The findings in a text or in JSON, for people; null when there are none.</summary>
    /// <param name="value">A text, or JSON.</param>
    /// <param name="name">What the value is called.</param>
    public string? Kinds(string value, string name)
    {
        var found = new SortedDictionary<string, int>(StringComparer.Ordinal);
        if (Json(value) is { } json) Read(json, "", "", found);
        else Count(value, "", Actors.Contains(name), found);
        return found.Count == 0 ? null : string.Join(", ", found.Select(f => f.Value == 1 ? f.Key : $"{f.Key} ×{f.Value}"));
    }

    /// <summary>
    /// The value without them. Placeholders that stand there already stay: their values are kept with the messages.
    /// </summary>
    public string Without(string value) =>
        Json(value) is { } json ? Rewritten(json, "").ToJsonString() : Redacted(value);

    private void Read(JsonNode? node, string path, string name, SortedDictionary<string, int> found)
    {
        switch (node)
        {
            case JsonValue value when value.TryGetValue(out string? text):
                Count(text, path, Actors.Contains(name), found);
                break;
            case JsonArray list:
                foreach (var item in list) Read(item, path, name, found);
                break;
            case JsonObject members:
                foreach (var (key, member) in members)
                {
                    Count(key, path.Length == 0 ? "a name" : $"a name in {path}", isActor: false, found);
                    if (Free.Contains(key)) continue;
                    Read(member, path.Length == 0 ? Redacted(key) : $"{path}.{Redacted(key)}", key, found);
                }
                break;
        }
    }

    private void Count(string text, string path, bool isActor, SortedDictionary<string, int> found)
    {
        if (text.Length == 0 || _clean.Contains(text)) return;
        var spans = redactor.Find(text).Where(s => !isPublic(text.Substring(s.Start, s.Length))).ToList();
        if (spans.Count == 0 && _clean.Count < Remembered) _clean.Add(text);
        foreach (var span in spans)
        {
            if (isActor && span.Type == PersonalDataType.Person) continue;
            var place = path.Length == 0 ? $"{span.Type}" : $"{span.Type} in {path}";
            found[place] = found.GetValueOrDefault(place) + 1;
        }
    }

    private JsonNode Rewritten(JsonNode node, string name)
    {
        switch (node)
        {
            case JsonValue value when value.TryGetValue(out string? text) && !Actors.Contains(name):
                return JsonValue.Create(Redacted(text))!;
            case JsonArray list:
                return new JsonArray([.. list.Select(n => n is null ? null : Rewritten(n, name))]);
            case JsonObject members:
                var result = new JsonObject();
                foreach (var (key, member) in members)
                    result[Redacted(key)] = member is null || Free.Contains(key)
                        ? member?.DeepClone()
                        : Rewritten(member, key);
                return result;
            default:
                return node.DeepClone();
        }
    }

    private string Redacted(string text)
    {
        if (_clean.Contains(text)) return text;
        var none = new Placeholders();
        none.Close();
        return redactor.RedactAgain(text, none, isPublic);
    }

    /// <summary>Null for what is no JSON; a text may begin like it.</summary>
    private static JsonNode? Json(string value)
    {
        if (value is not (['{', ..] or ['[', ..])) return null;
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
