using System.ComponentModel.DataAnnotations;

namespace Baton.Channels.Chat;

/// <summary>The chat on a web site: <c>BATON__Channels__Chat__…</c>.</summary>
public sealed record ChatOptions : IValidatableObject
{
    private const int LongestKey = 64, ShortestSecret = 32, MostOrigins = 100;

    /// <summary>
    /// Names the site in its pages, <c>data-key</c>. No secret: everybody can read it. Default none: closed.
    /// </summary>
    public string Key { get; init; } = "";

    /// <summary>
    /// Sites whose pages may hold the chat, as scheme, host and port, separated by commas or spaces:
    /// <c>https://shop.example.com</c>. This server's own pages always may.
    /// </summary>
    public string Origins { get; init; } = "";

    /// <summary>
    /// Shared with the site's own server, which signs who is logged in; 32 characters or more. Default none: all
    /// visitors are anonymous.
    /// </summary>
    public string IdentitySecret { get; init; } = "";

    /// <summary>How long ago the site may have signed who is logged in. Default 1 day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan IdentityAge { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long a browser may come back to its conversation. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan Remember { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Longest message, characters. Default 4,000.</summary>
    [Range(100, 20_000)]
    public int MessageCharacters { get; init; } = 4_000;

    /// <summary>Messages, ratings and answers to offers of one conversation in a minute. Default 20.</summary>
    [Range(1, 1_000)]
    public int PerMinute { get; init; } = 20;

    /// <summary>Requests that change something, from one address in a minute. Default 120.</summary>
    [Range(1, 100_000)]
    public int PerMinuteAndAddress { get; init; } = 120;

    /// <summary>Open streams in all. Default 2,000.</summary>
    [Range(1, 100_000)]
    public int Streams { get; init; } = 2_000;

    /// <summary>Open streams of one conversation: tabs of one visitor. Default 6.</summary>
    [Range(1, 100)]
    public int StreamsPerConversation { get; init; } = 6;

    /// <summary>Open streams from one address. Default 200: an office has one.</summary>
    [Range(1, 100_000)]
    public int StreamsPerAddress { get; init; } = 200;

    internal IReadOnlyList<string> OriginList =>
        [.. Origins.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(o => Origin(o) ?? o)];

    /// <summary>An origin as browsers send it, or null when the text is none.</summary>
    internal static string? Origin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "https" or "http" }
            && url.PathAndQuery == "/" && url.Fragment.Length == 0 && url.UserInfo.Length == 0 && !text.Contains('*')
            ? url.GetLeftPart(UriPartial.Authority)
            : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Key.Length > LongestKey || !Key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            yield return new ValidationResult(
                $"is '{Key}': use 1 to {LongestKey} letters, digits, - or _", [nameof(Key)]);
        if (IdentitySecret.Length is > 0 and < ShortestSecret)
            yield return new ValidationResult(
                $"has {IdentitySecret.Length} characters: use {ShortestSecret} or more, as from `openssl rand -hex 32`",
                [nameof(IdentitySecret)]);
        if (OriginList.Count > MostOrigins)
            yield return new ValidationResult($"has {OriginList.Count} sites, use at most {MostOrigins}",
                [nameof(Origins)]);
        foreach (var origin in OriginList.Where(o => Origin(o) is null))
            yield return new ValidationResult(
                $"'{origin}' is no site: write scheme and host, such as https://shop.example.com", [nameof(Origins)]);
    }

    /// <summary>Without the secret: options end up in logs.</summary>
    public override string ToString() => $"{nameof(ChatOptions)} {{ Key = {Key}, Origins = {Origins} }}";
}
