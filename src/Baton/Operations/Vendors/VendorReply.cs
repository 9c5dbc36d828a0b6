using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Baton.Text.Words;

namespace Baton.Operations.Vendors;

/// <summary>An answer as it came over the wire.</summary>
/// <param name="Body">Undefined where there is none, or where it is no JSON.</param>
/// <param name="Text">The body as text.</param>
internal sealed record VendorReply(int Status, HttpResponseHeaders Headers, JsonElement Body, string Text)
{
    private const int LongestWord = 200;

    /// <summary>Nothing had to be asked.</summary>
    public static VendorReply None { get; } = new(204, new HttpResponseMessage().Headers, default, "");

    /// <summary>A header that holds a number, or null.</summary>
    public double? Number(string header) => Headers.TryGetValues(header, out var values)
        && double.TryParse(values.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : null;

    /// <summary>What the vendor says when to come back; null when it says nothing that is a time.</summary>
    public TimeSpan? After(DateTimeOffset now) =>
        Headers.RetryAfter?.Delta ?? (Headers.RetryAfter?.Date is { } date && date > now ? date - now : null);

    /// <summary>The status and the vendor's own word, for people.</summary>
    public string Said(string? word)
    {
        var said = word is null ? "" : word.ReplaceLineEndings(" ").Trim();
        return said.Length == 0 ? $"answered {Status}"
            : $"answered {Status}: {CutText.Of(said, LongestWord, "…")}";
    }
}
