namespace Baton.Escalation.Triggers;

/// <summary>One place of a phrase, prepared: every message is held against some thousand of them.</summary>
internal sealed class PhraseWord
{
    private readonly (string Text, bool IsStem)[] _options;

    private PhraseWord(string pattern) =>
        _options = [.. pattern.Split('|').Select(o => o.EndsWith('*') ? (o[..^1], true) : (o, false))];

    /// <summary>Stands for any word.</summary>
    private bool IsAny { get; init; }

    /// <summary>Stands for a few words of any kind.</summary>
    public bool IsGap { get; private init; }

    /// <summary>The next word must not be one of these.</summary>
    public bool IsUnwanted { get; private init; }

    public static PhraseWord Of(string pattern) => pattern[0] == '!'
        ? new PhraseWord(pattern[1..]) { IsUnwanted = true }
        : new PhraseWord(pattern) { IsAny = pattern == "_", IsGap = pattern == ".." };

    public bool Matches(string word)
    {
        if (IsAny) return true;
        foreach (var (text, isStem) in _options)
            if (isStem ? word.StartsWith(text, StringComparison.Ordinal) : word == text) return true;
        return false;
    }
}
