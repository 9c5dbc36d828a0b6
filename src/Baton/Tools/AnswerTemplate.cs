using System.Text;
using System.Text.Json;

namespace Baton.Tools;

/// <summary>Fills the answer of a lookup intent from a tool's result.</summary>
internal static class AnswerTemplate
{
    /// <summary>
    /// The text with <c>{path.to.value}</c> holes filled. A line with a hole that has no value is left out; null when
    /// no line with a hole remains, because then the tool has said nothing. A line with <c>{!path.to.value}</c> is left
    /// out when the value is there: a parcel that was delivered no longer travels.
    /// </summary>
    public static string? Fill(string template, JsonElement data)
    {
        var lines = new List<string>();
        var anyValue = false;
        foreach (var line in template.Split('\n'))
        {
            var filled = Line(line.TrimEnd('\r'), data, out var holes);
            if (filled is null) continue;
            anyValue |= holes > 0;
            lines.Add(filled);
        }
        return anyValue ? string.Join('\n', lines).Trim() : null;
    }

    /// <summary>The value at a dotted path as text, or null.</summary>
    public static string? Value(JsonElement data, string path)
    {
        var at = data;
        foreach (var name in path.Split('.'))
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at)) return null;
        return at.ValueKind switch
        {
            JsonValueKind.String => at.GetString() is { Length: > 0 } text ? text : null,
            JsonValueKind.Number => at.GetRawText(),
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            _ => null,
        };
    }

    private static string? Line(string line, JsonElement data, out int holes)
    {
        holes = 0;
        var result = new StringBuilder(line.Length);
        var from = 0;
        while (line.IndexOf('{', from) is >= 0 and var open && line.IndexOf('}', open) is >= 0 and var close)
        {
            var path = line[(open + 1)..close];
            var without = path.StartsWith('!');
            var value = without ? "" : Value(data, path);
            if (value is null || (without && Value(data, path[1..]) is not null)) return null;
            if (!without) holes++;
            result.Append(line, from, open - from).Append(value);
            from = close + 1;
        }
        return result.Append(line, from, line.Length - from).ToString();
    }
}
