using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Baton.Testing.StandIn;

/// <summary>Token probabilities of an answer (openai-openapi 2.3.0): digits are tokens of their own.</summary>
internal static partial class StandInLogprobs
{
    /// <summary>Null where none are asked for.</summary>
    public static JsonObject? Of(StandInReply reply)
    {
        if (reply.TopLogprobs is not { } most || reply.Refusal is not null) return null;
        return new JsonObject
        {
            ["content"] = new JsonArray([.. Pieces().Matches(reply.Text).Select(m => Token(m.Value, reply, most))]),
            ["refusal"] = null,
        };
    }

    private static JsonNode Token(string text, StandInReply reply, int most)
    {
        IReadOnlyDictionary<string, double> all = char.IsAsciiDigit(text[0]) && reply.Digits is { } digits
            ? digits : new Dictionary<string, double> { [text] = 1 };
        var token = One(text, all.GetValueOrDefault(text, 1e-9));
        token["top_logprobs"] = new JsonArray(
            [.. all.OrderByDescending(a => a.Value).Take(most).Select(a => (JsonNode)One(a.Key, a.Value))]);
        return token;
    }

    private static JsonObject One(string text, double probability) => new()
    {
        ["token"] = text, ["logprob"] = Math.Log(probability), ["bytes"] = null,
    };

    [GeneratedRegex("[0-9]|[^0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Pieces();
}
