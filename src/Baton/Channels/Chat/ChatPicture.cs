using System.Text.Json.Serialization;

namespace Baton.Channels.Chat;

/// <summary>A conversation as the visitor sees it.</summary>
internal sealed record ChatPicture(IReadOnlyList<ChatLine> Lines, ChatState State);

/// <summary>One message.</summary>
/// <param name="From"><c>customer</c>, <c>baton</c> or <c>agent</c>.</param>
internal sealed record ChatLine(int Position, string From, string Text, DateTimeOffset At)
{
    /// <summary>The browser's name of its own message.</summary>
    public string? Id { get; init; }

    /// <summary>Name of the person who wrote it.</summary>
    public string? Name { get; init; }

    /// <summary>Titles of the articles it quotes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Sources { get; init; }

    /// <summary>Files of the team; those of the visitor are the visitor's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChatFile>? Files { get; init; }

    /// <summary>Turn of the offers; 0 where there are none.</summary>
    public int Turn { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChatOffer>? Offers { get; init; }
}

/// <summary>A file, at <c>/chat/files/{position}/{number}</c>.</summary>
internal sealed record ChatFile(int Number, string Name, long Size);

/// <summary>A passage that may help.</summary>
internal sealed record ChatOffer(int Passage, string Heading, string Text, string Source);

/// <summary>Where the conversation stands. Equal when nothing changed.</summary>
internal sealed record ChatState
{
    /// <summary><c>baton</c>, <c>team</c> while it waits for a person, <c>agent</c> when one has it, or
    /// <c>closed</c>.</summary>
    public required string With { get; init; }

    /// <summary>Name of the person who has it.</summary>
    public string? Agent { get; init; }

    /// <summary>Whether somebody is about to say something.</summary>
    public bool Typing { get; init; }

    /// <summary>Turn whose offers still stand; 0 when none do.</summary>
    public int Offers { get; init; }

    /// <summary>The visitor has said that it is solved.</summary>
    public bool Solved { get; init; }

    /// <summary>Whether it can be rated now.</summary>
    public bool Rateable { get; init; }

    /// <summary>Stars given, or null.</summary>
    public int? Stars { get; init; }

    /// <summary>Whether a remark was given, which is the last word.</summary>
    public bool Remarked { get; init; }
}
