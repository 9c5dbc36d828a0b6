using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Operations.Links;

namespace Baton.Channels.Chat;

/// <summary>Somebody in a browser, with the one conversation that the browser remembers.</summary>
/// <param name="Ticket">The conversation; it begins with the first message.</param>
/// <param name="User">Who the site says is logged in, checked; null for a stranger.</param>
internal sealed record ChatVisitor(
    [property: JsonPropertyName("t")] string Ticket,
    [property: JsonPropertyName("u")] ChatUser? User = null)
{
    /// <summary>When the visitor agreed, in seconds since 1970; null where nobody was asked, or not yet.</summary>
    [JsonPropertyName("c")]
    public long? ConsentedAt { get; init; }
}

/// <summary>The token by which a browser is known again: signed, sealed, and good for one conversation.</summary>
internal sealed class ChatTokens(SignedLinks links, ChannelOptions channels)
{
    private const string Purpose = "chat", Scheme = "Bearer ";

    private static readonly JsonSerializerOptions Options =
        new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public string Make(ChatVisitor visitor) =>
        links.Token(Purpose, JsonSerializer.Serialize(visitor, Options), channels.Chat.Remember);

    /// <summary>The visitor of a token; null when it is none of ours, or over.</summary>
    public ChatVisitor? Read(string? token) => token is not null && links.Subject(Purpose, token) is { } json
        ? JsonSerializer.Deserialize<ChatVisitor>(json, Options)
        : null;

    /// <summary>The visitor of a request.</summary>
    /// <param name="authorization">The header.</param>
    public ChatVisitor? Of(string? authorization) =>
        authorization?.StartsWith(Scheme, StringComparison.Ordinal) is true ? Read(authorization[Scheme.Length..])
            : null;
}
